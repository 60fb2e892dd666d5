"""Forms of figures and annual reports: the shape of the input, no more."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
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
from reports.composer import Bound, SectionDraft, UnknownToken, unknown_tokens
from reports.models import AnnualReport, PlanItem

# A speech pasted whole still fits; a book does not (pdf.md: paragraph length is bounded).
LONGEST_SECTION = 20_000


class YearForm(forms.Form):
    """Whose figures, of which year, and which records they count."""

    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        empty_label=None,
    )
    year = WholeNumberField(label=_("Year"))
    include = forms.ChoiceField(
        label=_("Records counted"),
        required=False,
        choices=[("", _("Accepted")), ("submitted", _("Accepted and submitted"))],
    )

    def __init__(
        self, *args: Any, organizations: OrganizationQuerySet, years: Iterable[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        choices = [(year, str(year)) for year in years]
        self.fields["year"] = forms.TypedChoiceField(label=_("Year"), choices=choices, coerce=int)


class StepForm(forms.Form):
    """A step taken on the report as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """Title, issuing organ, date, which records count, and the words of each section.

    `sections` are shown as they are given; `bounds` names the tokens there are.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = CleanCharField(label=_("Title"), max_length=200)
    organ = CleanCharField(label=_("Issuing organ"), max_length=200)
    dated_on = DayField(
        label=_("Date of the document"),
        required=False,
        help_text=_("May stay open until the document is approved."),
    )
    includes_submitted = forms.ChoiceField(
        label=_("Records counted"),
        choices=[("", _("Accepted")), ("submitted", _("Accepted and submitted"))],
        required=False,
        help_text=_("A final report counts accepted records only."),
    )

    def __init__(
        self,
        posted: Any,
        *,
        report: AnnualReport,
        sections: Iterable[SectionDraft],
        bounds: Mapping[str, Bound],
    ) -> None:
        initial = {
            "version": report.version,
            "title": report.title,
            "organ": report.organ,
            "dated_on": report.dated_on,
            "includes_submitted": "submitted" if report.includes_submitted else "",
        }
        super().__init__(posted, initial=initial)
        self.bounds = bounds
        self.sections = list(sections)
        for position, section in enumerate(self.sections):
            self._add_section(position, section)

    def _add_section(self, position: int, section: SectionDraft) -> None:
        number = {"number": position}
        if section.heading or position:
            self.fields[f"heading_{section.key}"] = CleanCharField(
                label=gettext("Heading of section %(number)d") % number,
                required=False,
                max_length=200,
                initial=section.heading,
            )
        self.fields[f"body_{section.key}"] = CleanTextField(
            label=gettext("Text of section %(number)d") % number
            if position
            else gettext("Text of the preamble"),
            required=False,
            max_length=LONGEST_SECTION,
            initial=section.body,
            widget=forms.Textarea(
                attrs={"rows": min(14, 3 + len(section.body) // 40), "data-tokens": ""}
            ),
        )
        # What the page showed: tells a changed section from one whose draft moved meanwhile.
        self.fields[f"shown_{section.key}"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=digest_of(section)
        )

    def clean_includes_submitted(self) -> bool:
        return bool(self.cleaned_data["includes_submitted"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for section in self.sections:
            for name in (f"heading_{section.key}", f"body_{section.key}"):
                for unknown in unknown_tokens(cleaned.get(name) or "", self.bounds):
                    self.add_error(name, _unknown(unknown))
        return cleaned

    @property
    def own(self) -> dict[str, Any]:
        """The report's own values, as `services.save_text` takes them."""
        names = ("title", "organ", "dated_on", "includes_submitted")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def typed(self) -> list[SectionDraft]:
        """Every section as it stands in the form, valid or not."""
        return [
            SectionDraft(
                section.key,
                self._value(f"heading_{section.key}"),
                self._value(f"body_{section.key}"),
            )
            for section in self.sections
        ]

    @property
    def changed_texts(self) -> dict[str, tuple[str, str]]:
        """(heading, body) of the sections that the person changed."""
        return {
            section.key: (section.heading, section.body)
            for section in self.typed
            if digest_of(section) != self.cleaned_data.get(f"shown_{section.key}")
        }

    def _value(self, name: str) -> str:
        if name not in self.fields:
            return ""
        cleaned = getattr(self, "cleaned_data", {})
        if name in cleaned:
            return cleaned[name]
        return str(self.fields[name].to_python(self[name].value() or ""))


def digest_of(section: SectionDraft) -> str:
    """A short mark of a section's words."""
    return hashlib.sha256(f"{section.heading}\n{section.body}".encode()).hexdigest()[:16]


def _unknown(token: UnknownToken) -> str:
    name = "{" + token.name + "}"
    if token.nearest:
        nearest = "、".join("{" + near + "}" for near in token.nearest)
        return gettext("%(name)s is not a figure. Nearest: %(nearest)s.") % {
            "name": name,
            "nearest": nearest,
        }
    return gettext("%(name)s is not a figure. Choose one from the list of figures.") % {
        "name": name
    }


class PlanItemForm(forms.ModelForm):
    """One row of the plan."""

    text = CleanCharField(label=_("What is planned"), max_length=300)
    target = WholeNumberField(
        label=_("How many times"), required=False, min_value=1, max_value=1000
    )
    owner = CleanCharField(label=_("Responsible"), required=False, max_length=100)
    thread = forms.TypedChoiceField(
        label=_("Thread"),
        choices=PlanItem.Thread.choices,
        coerce=int,
        initial=PlanItem.Thread.FIRST,
    )
    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label="–",
    )

    class Meta:
        model = PlanItem
        fields = ["thread", "text", "kind", "target", "quarter", "owner", "organization"]

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        for name in ("kind", "quarter"):  # "no choice" is an answer here, not an invitation
            _blank, *choices = self.fields[name].choices  # type: ignore[attr-defined]
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


PlanFormSet = forms.formset_factory(
    PlanItemForm, extra=1, can_delete=True, max_num=100, absolute_max=120, validate_max=True
)
