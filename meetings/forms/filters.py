"""What the list of activities shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms import (
    CleanCharField,
    DayField,
    OrganizationChoiceField,
    WholeNumberField,
)
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.models import Holiday, Kind, Status

SORTS = {
    "-held_on": _("Latest first"),
    "held_on": _("Earliest first"),
    "title": _("By subject"),
    "status": _("By status"),
}
EARLIEST_YEAR, LATEST_YEAR = 1921, 2200


class ActivityFilterForm(forms.Form):
    """Filters, search and order of the list; each may be left out."""

    q = CleanCharField(label=_("Search"), required=False, max_length=100)
    year = WholeNumberField(
        label=_("Year"),
        required=False,
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR,
        localize=False,
    )
    day = DayField(label=_("Day"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Kind.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *Status.choices]
    )
    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    holiday = forms.ChoiceField(
        label=_("Before the holiday"), required=False, choices=[("", _("All")), *Holiday.choices]
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(SORTS.items()))

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
