"""Forms of what happens to people: the shape of one dated entry each, no rule.

The names of the fields are those of the services' arguments, so that a refusal of the service
shows at its field.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.entry import NoteForm
from branches.forms.fields import CleanCharField, DayField, OrganizationChoiceField
from branches.models import Organization, Post, PostTitle, StandingException
from branches.probation import probation_over_on


class ConvertForm(NoteForm):
    happened_on = DayField(
        label=_("Full member from"),
        help_text=_(
            "Party standing counts from this day; usually the day on which probation ends."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.life and (over_on := probation_over_on(self.life.member)) <= self.today:
            self.initial.setdefault("happened_on", over_on)


class ExtendForm(NoteForm):
    happened_on = DayField(label=_("Decided on"))
    ends_on = DayField(
        label=_("Probation runs until"), help_text=_("One year longer than the first at most.")
    )
    reason = CleanCharField(label=_("Reason"), max_length=200)
    field_order = ("happened_on", "ends_on", "reason")


class TransferForm(NoteForm):
    organization = OrganizationChoiceField(
        label=_("New organization"),
        queryset=Organization.objects.none(),
        help_text=_("A branch, or a Party group of it. The old membership ends with it."),
    )
    happened_on = DayField(
        label=_("First day"),
        help_text=_("From this day on the member belongs to the new organization."),
    )
    field_order = ("organization", "happened_on")


class TransferInForm(NoteForm):
    outside_unit = CleanCharField(label=_("From which organization"), max_length=200)
    organization = OrganizationChoiceField(
        label=_("New organization"),
        queryset=Organization.objects.none(),
        help_text=_("A branch, or a Party group of it."),
    )
    happened_on = DayField(
        label=_("Transferred in on"), help_text=_("From this day on the member belongs here.")
    )
    field_order = ("outside_unit", "organization", "happened_on")


class TransferOutForm(NoteForm):
    outside_unit = CleanCharField(label=_("To which organization"), max_length=200)
    happened_on = DayField(
        label=_("Transferred out on"),
        help_text=_("From this day on the member does not belong here. Posts end too."),
    )
    field_order = ("outside_unit", "happened_on")


class LeaveForm(NoteForm):
    happened_on = DayField(
        label=_("First day"),
        help_text=_("From this day on not a member of the Party. Posts end too."),
    )
    reason = CleanCharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Resigned, removed from the rolls, expelled, and by which decision."),
    )
    field_order = ("happened_on", "reason")


class DeceaseForm(NoteForm):
    happened_on = DayField(label=_("Died on"))


class BeginPostForm(NoteForm):
    organization = OrganizationChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none()
    )
    title = forms.ChoiceField(label=_("Post"), choices=PostTitle.choices)
    happened_on = DayField(label=_("First day"))
    until = DayField(
        label=_("Until (not including)"),
        required=False,
        help_text=_("Only for a post that has ended already."),
    )
    field_order = ("organization", "title", "happened_on", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.life and self.life.last:
            self.initial.setdefault("organization", self.life.last.organization_id)

    def clean_title(self) -> PostTitle:
        return PostTitle(self.cleaned_data["title"])


class ExceptionForm(NoteForm):
    happened_on = DayField(label=_("First day"))
    until = DayField(
        label=_("Until (not including)"),
        required=False,
        help_text=_("Leave it empty while the end is open."),
    )
    reason = CleanCharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Secondment, long sick leave, a disciplinary measure: shown with the member."),
    )
    field_order = ("happened_on", "until", "reason")


class _OfOwnRowsForm(NoteForm):
    """An entry about one of the member's own rows, chosen by its key."""

    row_field = ""

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        field: Any = self.fields[self.row_field]
        field.choices = [(pk, self.label_of(row)) for pk, row in self.rows.items()]
        if len(self.rows) == 1:
            self.initial.setdefault(self.row_field, next(iter(self.rows)))

    def label_of(self, row: Any) -> str:
        """The words beside the row's button."""
        return str(row)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if chosen := values.get(self.row_field):
            values[self.row_field] = self.rows[chosen]
        return values


class EndPostForm(_OfOwnRowsForm):
    post = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    happened_on = DayField(label=_("Ended on"), help_text=_("The first day without the post."))
    row_field = "post"
    field_order = ("post", "happened_on")

    def label_of(self, row: Post) -> str:
        return f"{row.get_title_display()} · {row.organization.label}"


class EndExceptionForm(_OfOwnRowsForm):
    exception = forms.ChoiceField(label=_("Exception"), widget=forms.RadioSelect)
    happened_on = DayField(
        label=_("Ended on"), help_text=_("From this day on the member counts again.")
    )
    row_field = "exception"
    field_order = ("exception", "happened_on")

    def label_of(self, row: StandingException) -> str:
        return f"{row.get_effect_display()} · {row.reason}"


class UndoForm(forms.Form):
    """Why an entry is undone."""

    reason = CleanCharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Both entries stay in the timeline; the reason is shown beside them."),
    )
