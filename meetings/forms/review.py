"""Forms of the steps of review: the version that was looked at, and what is said about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms import CleanCharField, CleanTextField, OrganizationChoiceField
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.snapshots import FIELDS, field_label


class StepForm(forms.Form):
    """A step without words."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    next = forms.ChoiceField(choices=[("home", "home")], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Several of these forms stand on one page: one id each cannot be promised.
        self.auto_id = f"id_{self.__class__.__name__.lower()}_%s"


class SubmitForm(StepForm):
    """Handing in; `anyway` once the warnings of the check were read."""

    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ReturnForm(StepForm):
    """Sending back, with what to correct."""

    comment = CleanTextField(
        label=_("What to correct"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what has to be corrected.")},
    )


class VoidForm(StepForm):
    """Voiding, with the reason."""

    reason = CleanCharField(
        label=_("Reason for voiding"),
        max_length=300,
        error_messages={"required": _("Give the reason for voiding the record.")},
    )


class ReviewForm(StepForm):
    """Sending back with comments on fields: `on_FIELD` for each, `comment` for the whole."""

    comment = CleanTextField(
        label=_("On the record as a whole"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_%s"
        for name in FIELDS:
            self.fields[f"on_{name}"] = CleanTextField(
                label=_("Comment on “%(field)s”") % {"field": field_label(name)},
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values.get("comment") and not self.on_fields:
            self.add_error("comment", _("Say what has to be corrected."))
        return values

    @property
    def on_fields(self) -> dict[str, str]:
        """Field name → what was said about it."""
        said = {name: self.cleaned_data.get(f"on_{name}", "") for name in FIELDS}
        return {name: text for name, text in said.items() if text}


class ReviewFilterForm(forms.Form):
    """Which of the records waiting for acceptance are listed."""

    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


def read_chosen(values: list[str]) -> dict[int, int]:
    """`ID-VERSION` of ticked boxes → version by id; what makes no sense is passed over."""
    pairs = (value.partition("-") for value in values)
    return {
        int(pk): int(version)
        for pk, _dash, version in pairs
        if pk.isascii()
        and pk.isdigit()
        and version.isascii()
        and version.isdigit()
        and len(pk) < 16
        and len(version) < 10
    }
