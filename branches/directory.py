"""Logging in with the password of the bureau's directory (LDAP), by django-auth-ldap.

Loaded only where LDAP_URL is set (config/settings.py); the packages are the extra `ldap`. The
directory says whether a password is right, nothing else: what somebody may do comes from
appointments. The site's own passwords are asked first and go on when the directory is away.
"""

import logging
import secrets
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django_auth_ldap.backend import LDAPBackend, ldap_error

from branches.audit import act
from branches.clean import clean_line
from branches.models import User
from branches.pinyin import sort_key_of

SERVICE = "ldap"
logger = logging.getLogger(__name__)


class DirectoryBackend(LDAPBackend):
    """A user of the directory; at the first login they get an account that sees nothing."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> User | None:
        """The user whose password the directory confirms.

        Never a superuser: who keeps the directory must not become who runs the site, nor learn
        what they type. It is asked with a password of chance then, so that the answer, and the
        time it takes, tell nothing about the account; so it is for a deactivated one.
        """
        if not username or not password:
            return None
        if User.objects.filter(_closed(), username=username).exists():
            password = secrets.token_urlsafe()
        user: User | None = super().authenticate(request, username=username, password=password)
        return user

    def get_or_build_user(self, username: str, ldap_user: Any) -> tuple[User, bool]:
        """The account of this user name, made where there is none.

        A directory takes Zhang and ZHANG for one. Only the name as it stands there opens the
        account: each way of writing would otherwise have tries of its own before the lock.
        """
        attributes = self.settings.USER_ATTR_MAP
        named = _first(ldap_user, attributes["username"])
        if named != username:
            raise ldap_user.AuthenticationFailed("the name is written otherwise in the directory")
        user = User.objects.filter(username=username).first()
        if user is None:
            return self._make(username, _first(ldap_user, attributes["name"]), ldap_user), False
        if User.objects.filter(_closed(), pk=user.pk).exists():
            raise ldap_user.AuthenticationFailed("this account does not log in by the directory")
        return user, False

    def get_user(self, user_id: int) -> User | None:
        """As with a password of the site: a deactivated account is out at the next request."""
        user = ModelBackend().get_user(user_id)
        assert user is None or isinstance(user, User)
        return user

    def _make(self, username: str, name: str, ldap_user: Any) -> User:
        user = User(username=username, name=name[:100], sort_key=sort_key_of(name[:100]))
        user.set_unusable_password()
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            logger.warning("A name of the directory is no user name of this site: %s", error)
            raise ldap_user.AuthenticationFailed("no usable user name") from error
        with act("user.create", user=user) as entry:
            user.save()
            entry.created(user, username=username, name=user.name, by=SERVICE)
        return user


def _closed() -> Q:
    return Q(is_superuser=True) | Q(is_active=False)


def _first(ldap_user: Any, attribute: str) -> str:
    return clean_line((ldap_user.attrs.get(attribute) or [""])[0])


def _note_that_it_failed(request: HttpRequest | None = None, **told: Any) -> None:
    """The library's way to say that the directory could not be asked; the login page tells it."""
    if request is not None:
        request.directory_failed = True  # type: ignore[attr-defined]


ldap_error.connect(_note_that_it_failed, dispatch_uid="branches.directory")
