"""Logging in through the bureau's own login service (OpenID Connect), by django-allauth.

Loaded only where SSO_SERVER_URL is set (config/settings.py); the package is the extra `sso`. The
service tells who somebody is, nothing else: what they may do comes from appointments.
"""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.audit import Outcome, act, note
from branches.clean import clean_line
from branches.models import User
from branches.pinyin import sort_key_of

SERVICE = "sso"  # the one service; its key in allauth's tables


class AccountAdapter(DefaultAccountAdapter):
    """The end of a login: as by password, an entry of the audit log and the start of the limits."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own by a form."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Log the user in; the session gets a new id."""
        with act("login", user=user) as entry:
            super().login(request, user)
            request.session["started"] = int(time.time())
            entry.noted(by=SERVICE)

    def get_login_stages(self) -> list[str]:
        """No step of allauth's own after the service: a second factor is the service's to ask."""
        return []

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None of allauth's messages: where one is needed, this site has its own words."""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Which account of this site somebody of the service is."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the service knows gets an account, which without an appointment sees nothing."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """The account that would be made: user name and name as the service tells them."""
        user: User = sociallogin.user
        user.username = User.normalize_username(clean_line(data.get("username") or ""))
        user.name = clean_line(data.get("name") or "")[:100]
        user.sort_key = sort_key_of(user.name)
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """At the first time, the account of that user name is taken, which the administrator may
        have made beforehand; afterwards the service's own key for the person counts.

        Never a superuser's: who keeps the service's directory must not become who runs the site.
        """
        user: User = sociallogin.user
        if not sociallogin.is_existing:
            found = User.objects.filter(username=user.username).first()
            if found is None:
                self._make(request, sociallogin)
                return
            user = found
        if user.is_superuser or not user.is_active:
            note("login", subject=user, outcome=Outcome.DENIED, by=SERVICE)
            _refuse(request, _("This account cannot log in here. Ask your administrator."))
        if not sociallogin.is_existing:
            with act("user.link_service", subject=user, user=user):
                sociallogin.connect(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Back to the login page, whatever went wrong on the way."""
        note("login", outcome=Outcome.DENIED, by=SERVICE)
        _refuse(request, _("The login service did not confirm the login. Try again."))

    def _make(self, request: HttpRequest, sociallogin: Any) -> None:
        """Store the new account, or refuse what is no user name."""
        user: User = sociallogin.user
        user.set_unusable_password()
        try:
            user.full_clean(exclude=["password"])
        except ValidationError:
            _refuse(request, _("The login service gave no usable user name. Ask its keeper."))
        with act("user.create", user=user) as entry:
            sociallogin.save(request)
            entry.created(user, username=user.username, name=user.name, by=SERVICE)


class _SignedAdapter(OpenIDConnectOAuth2Adapter):
    """As allauth's, but the signature of the identity is checked always: on an intranet the way
    to the service may be plain HTTP, where the connection itself proves nothing."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        self.did_fetch_access_token = False  # on which allauth leaves the check out
        claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> Any:
        login = super().complete_login(request, app, token, **more)
        login.account.extra_data = {}  # what else the service tells of a person is not kept
        return login


def _refuse(request: HttpRequest, words: str) -> None:
    messages.error(request, words)
    raise ImmediateHttpResponse(redirect("login"))


@login_not_required
@require_safe
def sso_start(request: HttpRequest) -> HttpResponse:
    """Off to the service; `?next=` is where to go afterwards, on this site alone."""
    view = OAuth2LoginView.adapter_view(_SignedAdapter(request, SERVICE))
    response: HttpResponse = view(request)
    return response


@login_not_required
@require_safe
def sso_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the service."""
    view = OAuth2CallbackView.adapter_view(_SignedAdapter(request, provider_id))
    response: HttpResponse = view(request)
    return response


urlpatterns = [
    path("sso/", sso_start, name="sso_start"),
    # The name by which allauth asks for it.
    path(
        "sso/callback/",
        sso_callback,
        {"provider_id": SERVICE},
        name="openid_connect_callback",
    ),
]
