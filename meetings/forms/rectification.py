"""Forms of rectification: opening and correcting, closing, opening again, the filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms import (
    CleanCharField,
    CleanTextField,
    DayField,
    OrganizationChoiceField,
    WholeNumberField,
)
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.forms.filters import EARLIEST_YEAR, LATEST_YEAR
from meetings.models import Rectification
from meetings.services.rectify import CORRECTABLE

LONGEST = 2000


def _text(label: Any, **options: Any) -> CleanTextField:
    return CleanTextField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


class RectificationForm(forms.Form):
    """What is wrong, what to do, who sees to it, and by when."""

    organization = OrganizationChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none(), empty_label=None
    )
    problem = _text(_("Problem"), error_messages={"required": _("Name the problem.")})
    measure = _text(_("Measure"), required=False)
    owner = CleanCharField(label=_("Responsible"), max_length=100, required=False)
    due_on = DayField(
        label=_("Due on"),
        error_messages={"required": _("Say by when it is to be done.")},
    )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class CorrectionForm(RectificationForm):
    """The same of one that is open: with what was seen when the form was opened."""

    def __init__(self, *args: Any, rectification: Rectification, **kwargs: Any) -> None:
        stored = {name: getattr(rectification, name) for name in CORRECTABLE}
        kwargs["initial"] = stored | {f"seen_{name}": value for name, value in stored.items()}
        super().__init__(*args, organizations=Organization.objects.none(), **kwargs)
        del self.fields["organization"]
        # One brought in without a due day may stay without.
        self.fields["due_on"].required = rectification.due_on is not None
        for name in CORRECTABLE:
            field = DayField if name == "due_on" else CleanTextField
            hidden = (
                forms.DateInput(attrs={"type": "hidden"}, format="%Y-%m-%d")
                if name == "due_on"
                else forms.HiddenInput()
            )
            self.fields[f"seen_{name}"] = field(required=False, widget=hidden)

    @property
    def seen(self) -> dict[str, Any]:
        """What stood there when the form was opened."""
        return {name: self.cleaned_data[f"seen_{name}"] for name in CORRECTABLE}

    @property
    def now(self) -> dict[str, Any]:
        """What is to stand there."""
        return {name: self.cleaned_data[name] for name in CORRECTABLE}


class CloseForm(forms.Form):
    """What was done, and when."""

    done_on = DayField(
        label=_("Done on"), error_messages={"required": _("Say on which day it was done.")}
    )
    done_note = _text(_("What was done"), error_messages={"required": _("Say what was done.")})


class ReopenForm(forms.Form):
    """Why it is not done after all."""

    reason = _text(
        _("Reason for opening it again"),
        error_messages={"required": _("Give the reason for opening it again.")},
    )


class RectificationFilterForm(forms.Form):
    """What the list of rectifications shows."""

    class State:
        OPEN = "open"
        OVERDUE = "overdue"
        DONE = "done"

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (State.OPEN, _("Open")),
            (State.OVERDUE, _("Overdue")),
            (State.DONE, _("Done")),
        ],
    )
    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    year = WholeNumberField(
        label=_("Year opened"),
        required=False,
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR,
        localize=False,
    )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
