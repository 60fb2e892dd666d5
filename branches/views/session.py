"""Logging in and out, each an entry of the audit log."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse

from branches.audit import Outcome, act, note
from branches.models import User


class LogIn(LoginView):
    """The login page."""

    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        with act("login", user=form.get_user()):
            return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        # The account that was tried. A name that no account has is not written down: people type
        # their password there. Looked for either way, so that both take the same time.
        tried = User.objects.filter(username=form.cleaned_data.get("username", "")).first()
        note("login", subject=tried or "", outcome=Outcome.DENIED)
        return super().form_invalid(form)


class LogOut(LogoutView):
    """Ends the session."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with act("logout"):
            return super().post(request, *args, **kwargs)
