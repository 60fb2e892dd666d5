"""The form of an election: who holds the posts of an organization from a day on."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.fields import CleanTextField, DayField
from branches.models import Member, PostTitle

# Seats offered of each post; more where more people hold it now. A branch committee has three to
# five members, seven at most (支部条例).
SEATS = {PostTitle.DEPUTY_SECRETARY: 2, PostTitle.COMMITTEE_MEMBER: 3}


class ElectionForm(forms.Form):
    """A choice of a member for every seat, filled with those who hold the posts now."""

    happened_on = DayField(
        label=_("Elected on"),
        help_text=_("From this day on these hold the posts; whoever is not named holds none."),
    )
    note = CleanTextField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        titles: Sequence[PostTitle],
        members: Iterable[Member],
        holders: Sequence[tuple[PostTitle, Member]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        self.members = {str(one.pk): one for one in members}
        self.members |= {str(member.pk): member for _title, member in holders}
        choices = [("", _("Nobody")), *((pk, one.name) for pk, one in self.members.items())]
        self.seats: dict[str, PostTitle] = {}
        held = Counter(title for title, _member in holders)
        for title in titles:
            now = [member for held_title, member in holders if held_title == title]
            for number in range(max(SEATS.get(title, 1), held[title])):
                name = f"{title.lower()}_{number + 1}"
                self.seats[name] = title
                self.fields[name] = forms.ChoiceField(
                    label=title.label,
                    required=False,
                    choices=choices,
                    initial=str(now[number].pk) if number < len(now) else "",
                )
        self.order_fields(["happened_on", *self.seats, "note"])

    def clean_happened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is in the future. Record it when it has come."))
        return day

    def clean(self) -> dict[str, Any]:
        """One member does not take two seats of one post."""
        taken: set[tuple[PostTitle, str]] = set()
        for name, title in self.seats.items():
            chosen = self.cleaned_data.get(name)
            if chosen and (title, chosen) in taken:
                self.add_error(name, _("This member is named for this post above already."))
            taken.add((title, chosen or ""))
        return self.cleaned_data

    @property
    def holders(self) -> list[tuple[PostTitle, Member]]:
        """The members chosen, seat by seat."""
        return [
            (title, self.members[self.cleaned_data[name]])
            for name, title in self.seats.items()
            if self.cleaned_data.get(name)
        ]
