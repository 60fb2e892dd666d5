"""Forms of those who come onto the roster: admitted, or from outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.entry import NoteForm
from branches.forms.fields import CleanCharField, DayField, MonthField, OrganizationChoiceField
from branches.models import Organization


class _PersonForm(NoteForm):
    name = CleanCharField(label=_("Name"), max_length=100)
    birth_month = MonthField(
        label=_("Born in"),
        required=False,
        help_text=_("Year and month, 1980-05. By this people of one name are told apart."),
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=[("", "—"), ("男", _("Male")), ("女", _("Female"))],
    )
    ethnicity = CleanCharField(label=_("Ethnic group"), required=False, max_length=40)
    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        help_text=_("A branch, or a Party group of it."),
    )


class AdmitForm(_PersonForm):
    """A new probationary member."""

    happened_on = DayField(
        label=_("Admitted on"),
        help_text=_("The day on which the general meeting of the branch admitted the member."),
    )
    field_order = ("name", "birth_month", "gender", "ethnicity", "organization", "happened_on")


class TakeInForm(_PersonForm):
    """Somebody from outside who is not on the roster."""

    happened_on = DayField(
        label=_("Transferred in on"), help_text=_("From this day on the member belongs here.")
    )
    outside_unit = CleanCharField(label=_("From which organization"), max_length=200)
    joined_on = DayField(label=_("Admitted on"))
    converted_on = DayField(
        label=_("Converted on"),
        required=False,
        help_text=_("Leave it empty for a probationary member."),
    )
    is_conversion_date_unknown = forms.BooleanField(
        label=_("Full member, day of conversion not on file"), required=False
    )
    field_order = (
        "name",
        "birth_month",
        "gender",
        "ethnicity",
        "joined_on",
        "converted_on",
        "is_conversion_date_unknown",
        "outside_unit",
        "organization",
        "happened_on",
    )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("converted_on") and values.get("is_conversion_date_unknown"):
            self.add_error(
                "converted_on", _("The day of conversion is either known or not on file.")
            )
        return values
