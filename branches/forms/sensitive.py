"""Forms of the sensitive fields."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.forms.fields import CleanCharField
from branches.models import SensitiveField
from branches.personal_numbers import is_id_number, is_phone_number, plain_number


def _check_id_number(number: str) -> None:
    if not is_id_number(number):
        raise forms.ValidationError(
            gettext(
                "This is not an ID number: 18 characters are needed, and the last one must fit "
                "the others. Compare it with the card."
            )
        )


def _check_phone(number: str) -> None:
    if not is_phone_number(number):
        raise forms.ValidationError(
            gettext(
                "This is not a phone number: give the 11 digits of a mobile phone, or the area "
                "code and number of a fixed one."
            )
        )


CHECKS = {SensitiveField.ID_NUMBER: _check_id_number, SensitiveField.PHONE: _check_phone}


class SensitiveSettingsForm(forms.Form):
    """Which sensitive fields a bureau keeps."""

    fields_on = forms.MultipleChoiceField(
        label=_("Fields that are kept"),
        choices=SensitiveField.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def wanted(self) -> list[SensitiveField]:
        return [SensitiveField(code) for code in self.cleaned_data["fields_on"]]


class SensitiveValuesForm(forms.Form):
    """The values of one member: an empty field leaves what is kept, a tick erases it.

    What is kept is never sent to the browser, so the fields always open empty.
    """

    def __init__(
        self, *args: Any, fields_on: Sequence[SensitiveField], kept: set[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._fields_on = fields_on
        for field in fields_on:
            self.fields[field.value] = CleanCharField(
                label=field.label,
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                help_text=_("On file already. Leave it empty to keep what is there.")
                if field in kept
                else "",
            )
            if field in kept:
                self.fields[f"erase_{field.value}"] = forms.BooleanField(
                    label=gettext("Erase the kept %(field)s") % {"field": field.label},
                    required=False,
                )

    def clean(self) -> dict[str, Any]:
        for field in self._fields_on:
            number = plain_number(self.cleaned_data.get(field.value, ""))
            try:
                if number:
                    CHECKS[field](number)
                    if self.cleaned_data.get(f"erase_{field.value}"):
                        raise forms.ValidationError(
                            gettext("Either give a new value or erase the kept one.")
                        )
            except forms.ValidationError as error:
                self.add_error(field.value, error)
            self.cleaned_data[field.value] = number
        return self.cleaned_data

    def changes(self) -> dict[SensitiveField, str]:
        """Field → new value, "" to erase; fields left alone are not in it."""
        given = self.cleaned_data
        return {
            field: given[field.value]
            for field in self._fields_on
            if given[field.value] or given.get(f"erase_{field.value}")
        }


class SensitiveExportForm(forms.Form):
    """What a file in clear is to hold, and what for."""

    fields_wanted = forms.MultipleChoiceField(
        label=_("Fields in the file"), widget=forms.CheckboxSelectMultiple
    )
    purpose = CleanCharField(
        label=_("What the file is for"),
        max_length=200,
        help_text=_("Kept in the audit log together with your name."),
    )

    def __init__(self, *args: Any, fields_on: Sequence[SensitiveField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_wanted"].choices = [  # type: ignore[attr-defined]
            (field.value, field.label) for field in fields_on
        ]

    def wanted(self) -> list[SensitiveField]:
        return [SensitiveField(code) for code in self.cleaned_data["fields_wanted"]]
