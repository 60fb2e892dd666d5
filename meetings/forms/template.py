"""Keeping a filled form as a template."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from branches.audit import act, checksum
from branches.clean import clean_text
from branches.forms import CleanCharField, OrganizationChoiceField
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.forms.agenda import MOST_ITEMS
from meetings.models import EntryTemplate
from meetings.prefill import kept_in_template


class TemplateForm(forms.Form):
    """The name and the organization; what is kept comes from the form of the activity around."""

    kept_as = CleanCharField(
        label=_("Name of the template"),
        max_length=100,
        error_messages={"required": _("Give the template a name.")},
    )
    host = OrganizationChoiceField(
        queryset=Organization.objects.none(),
        error_messages={
            "required": _("Choose the host before you save a template."),
            "invalid_choice": _("Choose the host before you save a template."),
        },
    )

    def __init__(self, sent: QueryDict, *, hosts: OrganizationQuerySet) -> None:
        super().__init__(sent)
        self.sent = sent
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]

    def save(self, *, user: Any) -> EntryTemplate | None:
        """The template, or None and an error at `kept_as`. Only after `is_valid()`."""
        template = EntryTemplate(
            organization=self.cleaned_data["host"],
            name=self.cleaned_data["kept_as"],
            typed=kept_in_template(_clean(self.sent), _topics(self.sent)),
            created_by=user,
        )
        try:
            with act("template.create", organization=template.organization, user=user) as told:
                template.full_clean()
                template.save()
                told.created(template, name=checksum(template.name))
        except (IntegrityError, ValidationError):
            self.add_error("kept_as", _("There is a template of this name already."))
            return None
        return template


def _clean(sent: QueryDict) -> Mapping[str, list[str]]:
    return {name: [clean_text(str(one)) for one in values] for name, values in sent.lists()}


def _topics(sent: QueryDict) -> list[str]:
    numbers = range(MOST_ITEMS)
    return [clean_text(sent.get(f"agenda-{number}-topic", "")) for number in numbers]
