"""What allauth is told of this site."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from branches.sealing import seal, unseal

OWNER = "TWO_FACTOR"


class SealingAdapter(DefaultMFAAdapter):
    """Secrets lie encrypted in the database."""

    def get_totp_issuer(self) -> str:
        """Under which name the app lists the account."""
        return _("Branch record book")

    def encrypt(self, text: str) -> str:
        return seal(text, owner=OWNER)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, owner=OWNER)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account of their own. Used where single sign-on brings no other adapter."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
