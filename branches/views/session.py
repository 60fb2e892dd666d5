"""Logging in and out, each an entry of the audit log."""

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.audit import Outcome, act, note
from branches.lockout import is_locked
from branches.models import User

DIRECTORY = "branches.directory.DirectoryBackend"  # the extra `ldap`


class LogIn(LoginView):
    """The login page."""

    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        is_on = bool(settings.SSO_SERVER_URL)
        return super().get_context_data(
            sso_name=is_on and (settings.SSO_NAME or _("Single sign-on")), **more
        )

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        if settings.TWO_FACTOR:
            from branches.two_factor.pending import hold_back  # the extra may not be installed

            held = hold_back(
                self.request,
                form.get_user(),
                on=timezone.localdate(),
                goes_to=self.get_success_url(),
            )
            if held is not None:
                return held
        with act("login", user=form.get_user()) as entry:
            response = super().form_valid(form)
            if self.request.session[BACKEND_SESSION_KEY] == DIRECTORY:
                entry.noted(by="ldap")
            # The absolute limit counts from here, whatever the session held before.
            self.request.session["started"] = int(time.time())
            return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        # The account that was tried. A name that no account has is not written down: people type
        # their password there. Looked for either way, so that both take the same time.
        tried = User.objects.filter(username=form.cleaned_data.get("username", "")).first()
        note("login", subject=tried or "", outcome=Outcome.DENIED)
        if not is_locked(self.request):
            if getattr(self.request, "directory_failed", False):  # branches/directory.py
                return self._without_the_directory(form)
            return super().form_invalid(form)
        # In place of "wrong": the same words for an account that exists and one that does not.
        form.errors.clear()
        form.add_error(None, _locked_for(settings.AXES_COOLOFF_TIME))
        response = super().form_invalid(form)
        response.status_code = 429
        return response

    def _without_the_directory(self, form: AuthenticationForm) -> HttpResponse:
        """The password may be right: the directory was not there to say so."""
        form.errors.clear()
        form.add_error(
            None,
            _(
                "The directory service cannot be reached right now. Passwords set on this site "
                "still work; with the directory's password, try again later."
            ),
        )
        response = super().form_invalid(form)
        response.status_code = 503
        return response


def _locked_for(time_off: dt.timedelta) -> str:
    minutes = round(time_off.total_seconds() / 60)
    return ngettext(
        "Too many failed tries. This account is locked for %(number)d minute for this address. "
        "Wait, or ask your administrator for a one-time link to set a new password.",
        "Too many failed tries. This account is locked for %(number)d minutes for this address. "
        "Wait, or ask your administrator for a one-time link to set a new password.",
        minutes,
    ) % {"number": minutes}


class LogOut(LogoutView):
    """Ends the session."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with act("logout"):
            return super().post(request, *args, **kwargs)
