"""What every form of an entry about a member has: a day that has come, and room for a note."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.fields import CleanTextField, DayField
from branches.querysets import OrganizationQuerySet
from branches.services.people.life import Life


class ActForm(forms.Form):
    """One entry of a day that is not in the future.

    `life` is None where the person comes onto the roster; `organizations` are those whose roster
    the user keeps.
    """

    happened_on = DayField(label=_("Date"))

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        organizations: OrganizationQuerySet,
        life: Life | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.life = life
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        if "organization" in self.fields:
            self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def clean_happened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is in the future. Record it when it has come."))
        return day


class NoteForm(ActForm):
    """An entry with room for a note."""

    note = CleanTextField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    field_order: Sequence[str] = ("happened_on",)
