"""What is typed: codes and, for what weakens an account, the password."""

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.forms.fields import CleanCharField
from branches.lockout import is_locked
from branches.models import User
from branches.two_factor.codes import counter_of

DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric"}


def _locked() -> ValidationError:
    return ValidationError(_("Too many wrong tries. Try again later."))


class _CodeField(CleanCharField):
    """Digits; full-width ones count, spaces and dashes between them do not matter."""

    def clean(self, value: Any) -> str:
        plain = unicodedata.normalize("NFKC", super().clean(value))
        return plain.replace(" ", "").replace("-", "")


class CodeForm(forms.Form):
    """A code of the app, or a recovery code, of somebody whose password was right."""

    code = _CodeField(
        label=gettext_lazy("Login code"),
        max_length=20,
        help_text=gettext_lazy(
            "The six digits that the authenticator app shows now. Without the phone: one of your "
            "recovery codes."
        ),
        widget=forms.TextInput(attrs=DIGITS | {"autofocus": True}),
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        """Which sort of code it was; asked for like a login, so that wrong ones count."""
        code: str = self.cleaned_data["code"]
        found = authenticate(self.request, username=self.user.username, second_code=code)
        if found is None and is_locked(self.request):
            raise _locked()
        if found is None:
            raise ValidationError(
                _("This code does not open the account. Each one works once: wait for the next.")
            )
        return str(found.code_given)  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """The password once more, before something changes."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        """Asked for like a login, so that wrong ones count."""
        typed: str = self.cleaned_data["password"]
        if authenticate(self.request, username=self.user.username, password=typed) != self.user:
            if is_locked(self.request):
                raise _locked()
            raise ValidationError(_("This is not your password."))
        return typed


class FirstCodeForm(forms.Form):
    """The code that shows that the app has taken the secret in. `counter` is its step of time."""

    code = _CodeField(
        label=gettext_lazy("Login code"),
        max_length=20,
        help_text=gettext_lazy("The six digits that the app shows now for this account."),
        widget=forms.TextInput(attrs=DIGITS),
    )

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret
        self.counter = 0

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        counter = counter_of(self.secret, code)
        if counter is None:
            raise ValidationError(
                _("This is not the code. Check that the clock of the phone is right and try again.")
            )
        self.counter = counter
        return code


class ActivateForm(PasswordForm, FirstCodeForm):
    """Both, for somebody who is logged in already."""

    field_order = ["code", "password"]
