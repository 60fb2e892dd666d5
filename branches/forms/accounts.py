"""What is typed about users, appointments and passwords."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.forms.fields import CleanCharField, DayField, OrganizationChoiceField
from branches.lockout import is_locked
from branches.models import Appointment, Organization, Role, User
from branches.querysets import OrganizationQuerySet, UserQuerySet

# Whoever reads the audit log is appointed by the superuser alone (docs/accounts.md).
ROLES = [(role.value, role.label) for role in Role if role != Role.AUDITOR]


class UserFilterForm(forms.Form):
    """Which users the list shows."""

    class State:
        ACTIVE = "active"
        WITHOUT = "without"
        INACTIVE = "inactive"

    q = CleanCharField(
        label=gettext_lazy("Name, pinyin or user name"), required=False, max_length=100
    )
    organization = OrganizationChoiceField(
        label=gettext_lazy("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("All"),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        choices=[("", gettext_lazy("All")), *Role.choices],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Account"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            (State.ACTIVE, gettext_lazy("Active")),
            (State.WITHOUT, gettext_lazy("Active, without an appointment")),
            (State.INACTIVE, gettext_lazy("Deactivated")),
        ],
    )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def narrow(self, users: UserQuerySet, *, shown: Any, on: dt.date) -> UserQuerySet:
        """The users that were asked for; `shown` are the appointments whoever asks may see."""
        wanted = self.cleaned_data
        in_force = shown.in_force(on)
        if text := wanted.get("q"):
            users = users.filter(
                Q(name__icontains=text) | Q(username__icontains=text) | Q(sort_key__icontains=text)
            )
        if organization := wanted.get("organization"):
            there = in_force.filter(organization__path__startswith=organization.path)
            users = users.filter(pk__in=there.values("user"))
        if role := wanted.get("role"):
            users = users.filter(pk__in=in_force.filter(role=role).values("user"))
        match wanted.get("state"):
            case self.State.INACTIVE:
                users = users.filter(is_active=False)
            case self.State.ACTIVE:
                users = users.filter(is_active=True)
            case self.State.WITHOUT:
                users = users.filter(is_active=True).exclude(pk__in=in_force.values("user"))
        return users


class UserNameForm(forms.ModelForm):
    """The person's name."""

    class Meta:
        model = User
        fields = ("name",)
        field_classes = {"name": CleanCharField}
        labels = {"name": gettext_lazy("Name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class UserForm(UserNameForm):
    """A new account."""

    class Meta(UserNameForm.Meta):
        fields = ("username", "name")  # type: ignore[assignment]
        field_classes = {"username": CleanCharField, "name": CleanCharField}
        labels = {"username": gettext_lazy("User name"), "name": gettext_lazy("Name")}
        help_texts = {
            "username": gettext_lazy(
                "What the person types to log in: letters and digits, for example the staff "
                "number. It cannot be changed later."
            )
        }
        error_messages = {
            "username": {"unique": gettext_lazy("Another account has this user name already.")}
        }

    def clean_username(self) -> str:
        return str(User.normalize_username(self.cleaned_data["username"]))


class AppointmentForm(forms.Form):
    """A role in an organization for a period."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    organization = OrganizationChoiceField(
        label=gettext_lazy("Party organization"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("The role holds there and in all organizations below."),
    )
    started_on = DayField(label=gettext_lazy("First day"))
    ended_on = DayField(
        label=gettext_lazy("Until (not including)"),
        required=False,
        help_text=gettext_lazy("Leave it empty while no end is known."),
    )

    def __init__(
        self,
        *args: Any,
        organizations: OrganizationQuerySet,
        may_appoint_auditors: bool,
        may_wait: bool = False,
        **kwargs: Any,
    ) -> None:
        """`may_wait`: the appointment may be left for later."""
        super().__init__(*args, **kwargs)
        self.may_wait = may_wait
        roles = list(Role.choices) if may_appoint_auditors else list(ROLES)
        none = ("", _("None for now") if may_wait else _("Choose"))
        self.fields["role"].choices = [none, *roles]  # type: ignore[attr-defined]
        self.fields["role"].required = not may_wait
        self.fields["started_on"].required = not may_wait
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        if may_appoint_auditors:
            self.fields["organization"].help_text = _(
                "The role holds there and in all organizations below. An auditor's is the whole "
                "site: leave it empty."
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        role, organization = given.get("role"), given.get("organization")
        if "organization" in self.errors or "role" in self.errors:
            return given
        if role and role != Role.AUDITOR and not organization:
            self.add_error("organization", _("Choose the organization of this role."))
        elif role == Role.AUDITOR and organization:
            self.add_error(
                "organization", _("An auditor is appointed for the whole site: leave this empty.")
            )
        elif organization and not role:
            self.add_error("role", _("Choose the role in this organization."))
        started_on, ended_on = given.get("started_on"), given.get("ended_on")
        if role and not started_on and "started_on" not in self.errors:
            self.add_error("started_on", _("Give the first day of the appointment."))
        if started_on and ended_on and ended_on <= started_on:
            self.add_error("ended_on", _("The end is a day after the first one."))
        return given


class EndForm(forms.Form):
    """The end of an appointment."""

    ended_on = DayField(
        label=gettext_lazy("Until (not including)"),
        help_text=gettext_lazy(
            "From this day on the user may no longer do anything there. Today: from the next "
            "page on."
        ),
    )

    def __init__(self, *args: Any, appointment: Appointment, today: dt.date, **kwargs: Any) -> None:
        # What was done up to yesterday was done in office; one to come can be withdrawn whole.
        self.earliest = max(today, appointment.started_on)
        super().__init__(*args, **kwargs)
        self.initial["ended_on"] = self.earliest

    def clean_ended_on(self) -> dt.date:
        ended_on: dt.date = self.cleaned_data["ended_on"]
        if ended_on < self.earliest:
            raise ValidationError(
                _("The end cannot lie before %(day)s.") % {"day": date_format(self.earliest)}
            )
        return ended_on


class NewPasswordForm(SetPasswordForm):
    """A new password, twice."""


class PasswordChangeForm(SetPasswordForm):
    """A new password for somebody who knows the old one."""

    old_password = forms.CharField(
        label=gettext_lazy("Old password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(request.user, *args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Asked for like a login, so that wrong ones count like failed logins."""
        old: str = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.username, password=old) != self.user:
            raise ValidationError(
                _("Too many wrong tries. Try again later.")
                if is_locked(self.request)
                else _("This is not your old password.")
            )
        return old
