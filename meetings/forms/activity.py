"""The fields of an activity's own row, and what it counts as."""

import datetime as dt
import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.forms import (
    CleanCharField,
    CleanTextField,
    DayField,
    OrganizationChoiceField,
    OrganizationsChoiceField,
)
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.forms.activity_layout import layout_of
from meetings.forms.lines import read_guests, read_materials
from meetings.models import Holiday, Kind
from meetings.reading import label_of
from meetings.services import GuestLine

# 三会一课: the four kinds that every branch holds again and again.
CORE_KINDS = (
    Kind.GENERAL_MEETING,
    Kind.COMMITTEE_MEETING,
    Kind.GROUP_MEETING,
    Kind.PARTY_LECTURE,
)
KIND_CHOICES = [
    (
        gettext_lazy("Three meetings and one lesson"),
        [(kind.value, kind.label) for kind in CORE_KINDS],
    ),
    (
        gettext_lazy("Others"),
        [(kind.value, kind.label) for kind in Kind if kind not in CORE_KINDS],
    ),
]
NOT_RECORDED, RECORDED = "NOT_RECORDED", "RECORDED"


class HoursField(forms.DecimalField):
    """A number of hours; full-width digits are read as digits."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(
            unicodedata.normalize("NFKC", value) if isinstance(value, str) else value
        )


def _label(name: str) -> Any:
    return capfirst(label_of(name))


def _line(name: str, longest: int, *, help_text: Any = "", **attrs: Any) -> CleanCharField:
    return CleanCharField(
        label=_label(name),
        max_length=longest,
        required=name == "title",
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
    )


def _text(label: Any, rows: int, help_text: Any = "", **attrs: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows} | attrs),
    )


class KindChoices(forms.CheckboxSelectMultiple):
    """The kinds; the first one names the keys that lead to them (static/js/shortcuts.js)."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"] == CORE_KINDS[0]:
            option["attrs"]["aria-keyshortcuts"] = "Alt+K"
        return option


class ActivityForm(forms.Form):
    """An activity without its agenda and the marks of attendance."""

    held_on = DayField(label=_label("held_on"))
    start_time = forms.TimeField(
        label=_label("start_time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    end_time = forms.TimeField(
        label=_label("end_time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    host = OrganizationChoiceField(
        label=_label("host"),
        queryset=Organization.objects.none(),
        empty_label=gettext_lazy("Choose"),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Counts as"),
        choices=KIND_CHOICES,
        widget=KindChoices,
        help_text=gettext_lazy("One event may count as several kinds; it stays one record."),
        error_messages={"required": gettext_lazy("Choose at least one kind.")},
    )
    joint = OrganizationsChoiceField(
        label=gettext_lazy("Held together with"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=gettext_lazy(
            "A joint activity counts once for each organization that took part."
        ),
    )
    title = _line("title", 300, **{"aria-keyshortcuts": "Alt+B"})
    place = _line("place", 200)
    chair = _line("chair", 100)
    recorder = _line("recorder", 100)
    lecturer = _line("lecturer", 100, help_text=gettext_lazy("Who gave the Party lecture."))
    form = _line("form", 100, list="forms_of_activity")
    holiday = forms.ChoiceField(
        label=_label("holiday"),
        required=False,
        choices=[("", gettext_lazy("No holiday")), *Holiday.choices],
        help_text=gettext_lazy("For integrity education held before a holiday."),
    )
    study_hours = HoursField(
        label=_label("study_hours"), required=False, min_value=0, max_value=24, decimal_places=1
    )
    materials = _text(
        gettext_lazy("Study materials"), 3, gettext_lazy("One title a line, or in 《》.")
    )
    attendance = forms.ChoiceField(
        label=gettext_lazy("Attendance"),
        choices=[
            (NOT_RECORDED, gettext_lazy("Not recorded")),
            (
                RECORDED,
                gettext_lazy("Recorded: everyone expected was there, except those marked below"),
            ),
        ],
        initial=NOT_RECORDED,
        required=False,
        widget=forms.RadioSelect,
    )
    guests = _text(
        gettext_lazy("Guests"),
        3,
        gettext_lazy(
            "One person a line, with the unit in brackets. Guests never count in attendance."
        ),
    )
    minutes = _text(_label("minutes"), 10, **{"aria-keyshortcuts": "Alt+M"})
    decision = _text(_label("decision"), 4)
    highlight = _line(
        "highlight", 300, help_text=gettext_lazy("One line that the annual summary may quote.")
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    entry_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        hosts: OrganizationQuerySet,
        partners: OrganizationQuerySet,
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["joint"].queryset = partners  # type: ignore[attr-defined]
        self.fields["held_on"].widget.attrs["max"] = today.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        # Whoever sees one organization has nobody to join it with.
        is_alone = partners.count() < 2
        if is_alone:
            del self.fields["joint"]
        self.helper.layout = layout_of(is_alone=is_alone)

    def clean_held_on(self) -> dt.date | None:
        held_on: dt.date | None = self.cleaned_data["held_on"]
        if held_on and held_on > self.today:
            raise ValidationError(
                _("This day is still to come. Record an activity once it is over.")
            )
        return held_on

    def clean_attendance(self) -> str:
        return self.cleaned_data["attendance"] or NOT_RECORDED

    def clean_materials(self) -> tuple[str, ...]:
        return read_materials(self.cleaned_data["materials"])

    def clean_guests(self) -> tuple[GuestLine, ...]:
        return read_guests(self.cleaned_data["guests"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("start_time"), values.get("end_time")
        if start and end and end <= start:
            self.add_error("end_time", _("An activity ends after it starts."))
        host, held_on = values.get("host"), values.get("held_on")
        partners = [one for one in values.get("joint") or () if one != host]
        values["joint"] = partners
        if host:
            root = host.path[: Organization.steplen]
            if any(not one.path.startswith(root) for one in partners):
                self.add_error("joint", _("Organizations of another bureau cannot be joined."))
        if host and held_on:
            for name, one in [("host", host), *(("joint", one) for one in partners)]:
                if _is_closed(one, held_on):
                    self.add_error(
                        name,
                        _("“%(organization)s” did not exist on that day.")
                        % {"organization": one.label},
                    )
        return values

    def credits(self) -> tuple[tuple[str, Organization], ...]:
        """Each kind for each organization that took part; empty while one of them is missing."""
        values = getattr(self, "cleaned_data", {})
        if not values.get("host") or not values.get("kinds"):
            return ()
        organizations = [values["host"], *(values.get("joint") or ())]
        return tuple((kind, one) for kind in values["kinds"] for one in organizations)


def _is_closed(organization: Organization, day: dt.date) -> bool:
    founded, closed = organization.founded_on, organization.closed_on
    return bool((founded and founded > day) or (closed and closed <= day))
