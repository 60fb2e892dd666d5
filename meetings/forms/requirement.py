"""Rules of a bureau, exemptions from them, kinds kept apart, and notices of holidays."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.forms import CleanCharField, DayField, OrganizationChoiceField, WholeNumberField
from branches.models import Organization, OrganizationKind
from branches.querysets import OrganizationQuerySet
from meetings.models import Exemption, Holiday, HolidayNotice, Kind, KindsApart, Period, Requirement

MONTHS = [(str(month), _("Month %(number)s") % {"number": month}) for month in range(1, 13)]


class RequirementForm(forms.ModelForm):
    """A bureau's own rule. Of the general rule of the same kind it takes the place in its tree."""

    scope = OrganizationChoiceField(
        label=_("Holds for"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        help_text=_("This organization and everything below it."),
    )
    times = WholeNumberField(label=_("Times at least"), min_value=1, max_value=400, initial=1)
    months = forms.MultipleChoiceField(
        label=_("Only in these months"),
        choices=MONTHS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all of them."),
    )
    holidays = forms.MultipleChoiceField(
        label=_("Only before these holidays"),
        choices=Holiday.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For rules before holidays. None ticked means all of them."),
    )
    effective_from = DayField(
        label=_("In force from"),
        help_text=_("Periods that began before this day stay with the rule before."),
    )
    source = CleanCharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Document and article, as it will stand beside every verdict."),
    )

    class Meta:
        model = Requirement
        fields = (
            "scope",
            "kind",
            "organization_kind",
            "period",
            "times",
            "months",
            "holidays",
            "effective_from",
            "source",
        )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["organization_kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *OrganizationKind.choices,
        ]

    def clean_months(self) -> list[int]:
        return [int(month) for month in self.cleaned_data["months"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        before_holidays = given.get("period") == Period.HOLIDAY
        if before_holidays and given.get("kind") not in (None, "", Kind.INTEGRITY_EDUCATION):
            self.add_error("period", gettext("Only integrity education is marked with a holiday."))
        if given.get("holidays") and not before_holidays:
            self.add_error("holidays", gettext("This rule is not one before holidays."))
        if given.get("months") and before_holidays:
            self.add_error("months", gettext("A rule before holidays follows their days."))
        return given


class EndForm(forms.Form):
    """The first day on which something no longer holds."""

    ended_on = DayField(label=_("Until (not including)"))

    def __init__(self, *args: Any, begun_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begun_on = begun_on

    def clean_ended_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ended_on"]
        if day <= self._begun_on:
            raise ValidationError(gettext("The end lies after the beginning."))
        return day


class ExemptionForm(forms.ModelForm):
    """An organization is not asked for a kind, or for anything, in a period."""

    organization = OrganizationChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none(), to_field_name="code"
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *Kind.choices], required=False
    )
    started_on = DayField(label=_("From"))
    ended_on = DayField(label=_("Until (not including)"), required=False)
    reason = CleanCharField(label=_("Reason"), max_length=200)

    class Meta:
        model = Exemption
        fields = ("organization", "kind", "started_on", "ended_on", "reason")

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        started_on, ended_on = given.get("started_on"), given.get("ended_on")
        if started_on and ended_on and ended_on <= started_on:
            self.add_error("ended_on", gettext("An exemption ends after it starts."))
        return given


class KindsApartForm(forms.ModelForm):
    """Two kinds that one activity does not satisfy together."""

    scope = OrganizationChoiceField(
        label=_("Holds for"), queryset=Organization.objects.none(), to_field_name="code"
    )
    first = forms.ChoiceField(
        label=_("An activity counts as"), choices=[("", _("Choose")), *Kind.choices]
    )
    second = forms.ChoiceField(
        label=_("and then not as"), choices=[("", _("Choose")), *Kind.choices]
    )

    class Meta:
        model = KindsApart
        fields = ("scope", "first", "second")

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].queryset = organizations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("second") and given.get("second") == given.get("first"):
            self.add_error("second", gettext("Choose two different kinds."))
        return given


class HolidayNoticeForm(forms.ModelForm):
    """The break of a holiday as the official notice has it."""

    first_day = DayField(label=_("First day off"))
    due_on = DayField(label=_("Last working day before"))

    class Meta:
        model = HolidayNotice
        fields = ("first_day", "due_on")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first_day, due_on = given.get("first_day"), given.get("due_on")
        if first_day and due_on and due_on >= first_day:
            self.add_error("due_on", gettext("The last working day lies before the first day off."))
        return given
