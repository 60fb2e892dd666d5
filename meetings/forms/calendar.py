"""Which month, and whose."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from branches.forms import OrganizationChoiceField, WholeNumberField
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.heat_map import FIRST_YEAR, LAST_YEAR


class CalendarForm(forms.Form):
    """The month of a calendar and the organization whose records it shows."""

    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    year = WholeNumberField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        localize=False,
    )
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (month, date_format(dt.date(2024, month, 1), "F")) for month in range(1, 13)
        ]
