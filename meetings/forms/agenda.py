"""The agenda as rows of a form: added, taken out, put in another order."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from branches.forms import CleanCharField, CleanTextField, WholeNumberField
from meetings.services import AgendaLine

MOST_ITEMS = 100
MOST_VOTES = 32_767  # what the column of a small number holds on every database


class VotesField(WholeNumberField):
    """A number of votes; left empty when nobody voted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=MOST_VOTES,
            required=False,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            **kwargs,
        )


class AgendaItemForm(forms.Form):
    """One agenda item."""

    topic = CleanCharField(label=_("Topic"), max_length=300, required=False)
    reporter = CleanCharField(label=_("Reporter"), max_length=100, required=False)
    discussion = CleanTextField(
        label=_("Discussion"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    decision = CleanTextField(
        label=_("Resolution"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    votes_for = VotesField(label=_("For"))
    votes_against = VotesField(label=_("Against"))
    votes_abstain = VotesField(label=_("Abstentions"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        says_something = any(
            values.get(name) not in (None, "") for name in AgendaLine.__dataclass_fields__
        )
        if says_something and not values.get("topic") and "topic" not in self.errors:
            self.add_error("topic", ValidationError(_("Name the topic of this agenda item.")))
        return values


class BaseAgendaFormSet(forms.BaseFormSet):
    """The agenda. Rows without a word are passed over."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Number")
        form.fields["DELETE"].label = _("Take this item out")

    def lines(self) -> tuple[AgendaLine, ...]:
        """The items that stay, in the order chosen. Only after `is_valid()`."""
        names = AgendaLine.__dataclass_fields__
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("topic") and not form.cleaned_data.get("DELETE")
        ]
        # Sorting is stable: rows without a number stay where they stand, after the others.
        kept.sort(key=lambda row: (row.get("ORDER") is None, row.get("ORDER") or 0))
        return tuple(AgendaLine(**{name: row[name] for name in names}) for row in kept)


AgendaFormSet = cast(
    type[BaseAgendaFormSet],
    forms.formset_factory(
        AgendaItemForm,
        formset=BaseAgendaFormSet,
        can_delete=True,
        can_order=True,
        extra=3,
        max_num=MOST_ITEMS,
        absolute_max=MOST_ITEMS + 20,  # what a form made by hand can make the server draw
        validate_max=True,
    ),
)
