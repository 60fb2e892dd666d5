"""Form fields that every form builds on: each typed text passes through `branches.clean`."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from branches.clean import clean_line, clean_text

_MONTH = re.compile(r"^(1[89]\d{2}|20\d{2})(?:[-/.年])?(\d{1,2})月?$")
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


class CleanCharField(forms.CharField):
    """A text of one line."""

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_line(value) if isinstance(value, str) else value) or ""


class CleanTextField(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_text(value) if isinstance(value, str) else value) or ""


class DayField(forms.DateField):
    """A day; also as people write it: `2026年3月5日`, `2026/3/5`, full-width digits."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str):
            value = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
            if written := _DAY.match(value):
                value = "{}-{:0>2}-{:0>2}".format(*written.groups())
        return super().to_python(value)


class MonthField(forms.CharField):
    """A year and month, stored as `1980-05`; also `1980.5`, `1980年5月`, full-width digits."""

    default_error_messages = {"invalid": _("Write the year and the month, for example 1980-05.")}

    def to_python(self, value: Any) -> str:
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", clean_line(value or "")))
        if not text:
            return ""
        written = _MONTH.match(text)
        if not written or not 1 <= int(written[2]) <= 12:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return f"{written[1]}-{int(written[2]):02}"


class WholeNumberField(forms.IntegerField):
    """A whole number; full-width digits are read as digits."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(
            unicodedata.normalize("NFKC", value) if isinstance(value, str) else value
        )


class LongSelect(forms.Select):
    """A list to choose from that is written at once. A template for each option, as Django has
    it, is most of the time that a page takes when there are hundreds of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The same mark-up as of a select without groups."""
        chosen = set(self.format_value(value) or ())
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, " selected" if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        own = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html("<select{}>{}</select>", own, options)


class OrganizationChoiceField(forms.ModelChoiceField):
    """One organization out of a queryset already narrowed to the user, named by its label."""

    widget = LongSelect

    def label_from_instance(self, organization: Any) -> str:
        return organization.label


class OrganizationsChoiceField(forms.ModelMultipleChoiceField):
    """Several organizations out of a queryset already narrowed to the user."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, organization: Any) -> str:
        return organization.label

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:  # a key that SQLite cannot hold is a wrong choice
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": "–"},
            ) from error
