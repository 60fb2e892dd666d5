"""What the audit log is asked for."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from branches.acts import ACTS
from branches.forms.fields import CleanCharField, DayField
from branches.models import Outcome

# Days beyond these have no midnight in UTC that a database could compare with.
_A_DAY_OF_THE_LOG = [
    MinValueValidator(dt.date(2000, 1, 1)),
    MaxValueValidator(dt.date(2200, 12, 31)),
]


class AuditFilterForm(forms.Form):
    """Filters of the audit log; each may be left out."""

    since = DayField(label=_("From the day"), required=False, validators=_A_DAY_OF_THE_LOG)
    until = DayField(label=_("To (inclusive)"), required=False, validators=_A_DAY_OF_THE_LOG)
    who = CleanCharField(label=_("Who"), required=False, max_length=100)
    act = forms.ChoiceField(label=_("Act"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All")), *Outcome.choices]
    )
    organization = CleanCharField(
        label=_("Party organization (name or code)"), required=False, max_length=100
    )
    q = CleanCharField(label=_("Number of a record, address, page"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("All")), *ACTS.items()]  # type: ignore[attr-defined]
