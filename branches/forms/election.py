"""The form of an election: who holds the posts of an organization from a day on."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.fields import CleanCharField, CleanTextField, DayField
from branches.models import Member, PostTitle

# Seats offered of each post; more where more people hold it now. A branch committee has three to
# five members, seven at most (支部条例).
SEATS = {PostTitle.DEPUTY_SECRETARY: 2, PostTitle.COMMITTEE_MEMBER: 3}

# Above this number of members the seats ask for names to be typed: a list of thousands for each of
# them would be a page of megabytes.
MOST_CHOICES = 200


class TypedMemberField(CleanCharField):
    """A member by name; where several bear it, by name and month of birth: 张伟 1980-05.

    The value is the key of the member, as of a choice, or "".
    """

    def __init__(self, members: Mapping[str, Member], **kwargs: Any) -> None:
        super().__init__(max_length=150, **kwargs)
        self.members = members

    def prepare_value(self, value: Any) -> Any:
        """The words for a key; what was typed stays as it was typed."""
        member = self.members.get(value)
        return _in_words(member) if member else value

    def clean(self, value: Any) -> str:
        """The key of the one member meant; an error where there is none or are several."""
        text = super().clean(value)
        if not text:
            return ""
        exact = [key for key, one in self.members.items() if _in_words(one) == text]
        named = exact or [key for key, one in self.members.items() if one.name == text]
        if not named:
            raise forms.ValidationError(
                _(
                    "No full member of this organization bears this name. Write it as it stands "
                    "on the roster."
                )
            )
        if len(named) > 1:
            raise forms.ValidationError(
                _("Several members bear this name. Write which one is meant: %(members)s")
                % {"members": "、".join(_in_words(self.members[key]) for key in named)}
            )
        return named[0]


def _in_words(member: Member) -> str:
    return f"{member.name} {member.birth_month}".strip()


class ElectionForm(forms.Form):
    """A member for every seat, filled with those who hold the posts now."""

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
        self.seats: dict[str, PostTitle] = {}
        held = Counter(title for title, _member in holders)
        for title in titles:
            now = [member for held_title, member in holders if held_title == title]
            for number in range(max(SEATS.get(title, 1), held[title])):
                name = f"{title.lower()}_{number + 1}"
                self.seats[name] = title
                self.fields[name] = self._seat(
                    label=title.label,
                    required=False,
                    initial=str(now[number].pk) if number < len(now) else "",
                )
        self.order_fields(["happened_on", *self.seats, "note"])

    def _seat(self, **given: Any) -> forms.Field:
        """A list of the members, or a name to type where the list would be too long."""
        if len(self.members) > MOST_CHOICES:
            return TypedMemberField(self.members, **given)
        choices = [("", _("Nobody")), *((pk, one.name) for pk, one in self.members.items())]
        return forms.ChoiceField(choices=choices, **given)

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
