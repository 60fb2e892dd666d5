"""What the page of who is behind shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms import OrganizationChoiceField, WholeNumberField
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.compliance_words import STATES
from meetings.forms.filters import LATEST_YEAR
from meetings.models import Kind
from meetings.querysets import ACCEPTED_AND_SUBMITTED, ACCEPTED_ONLY
from meetings.requirements import State

FIRST_YEAR = 2008  # since then all seven festivals are public holidays


class ComplianceFilterForm(forms.Form):
    """Year, kind, tree, state, and which records count."""

    class Counted:
        ACCEPTED = "accepted"
        BOTH = "both"

    year = WholeNumberField(
        label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LATEST_YEAR, localize=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Kind.choices]
    )
    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    state = forms.ChoiceField(
        label=_("Only those with"),
        required=False,
        choices=[
            ("", _("All")),
            (State.LATE.value, STATES[State.LATE]),
            (State.DUE.value, STATES[State.DUE]),
        ],
    )
    counted = forms.ChoiceField(
        label=_("Records that count"),
        required=False,
        choices=[
            (Counted.BOTH, _("accepted and submitted")),
            (Counted.ACCEPTED, _("accepted only")),
        ],
    )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def statuses(self) -> tuple[str, ...]:
        """The statuses that count; both where nothing else was asked."""
        asked = self.cleaned_data.get("counted")
        return ACCEPTED_ONLY if asked == self.Counted.ACCEPTED else ACCEPTED_AND_SUBMITTED
