"""The errors of a page's forms as one list, for the summary on top of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.translation import gettext as _

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One error: the id of the control it is about ("" if none), the label shown, the message."""

    target: str
    label: str
    message: str


@register.simple_tag
def form_errors(form: object = None, formsets: object = None) -> list[Problem]:
    """Return the errors of `form` and of every formset, in the order of the page.

    A single form among the formsets is called by its `title`. What is no form is passed over:
    base.html asks on every page, whatever it calls its context.
    """
    problems = list(_of_form(form)) if isinstance(form, BaseForm) else []
    for formset in formsets if isinstance(formsets, Iterable) else ():
        if isinstance(formset, BaseFormSet):
            problems += _of_formset(formset)
        elif isinstance(formset, BaseForm):
            problems += _of_form(formset, getattr(formset, "title", ""))
    return problems


def _of_form(form: BaseForm, prefix: str = "") -> Iterator[Problem]:
    for message in form.non_field_errors():
        yield Problem("", prefix, str(message))
    for field in form.visible_fields():
        for message in field.errors:
            label = " · ".join(part for part in (prefix, str(field.label)) if part)
            yield Problem(_target(field), label, str(message))
    if any(field.errors for field in form.hidden_fields()):
        # Nobody typed it, so neither its name nor Django's message would help.
        yield Problem("", prefix, _page_is_damaged())


def _of_formset(formset: BaseFormSet) -> Iterator[Problem]:
    if formset.is_bound and not formset.management_form.is_valid():
        yield Problem("", "", _page_is_damaged())
        return
    for message in formset.non_form_errors():
        yield Problem("", "", str(message))
    for number, form in enumerate(formset.forms, start=1):
        if form.errors:
            yield from _of_form(form, _("Row %(number)d") % {"number": number})


def _page_is_damaged() -> str:
    return _("A part of the page was lost. Reload it and try again.")


def _target(field: BoundField) -> str:
    """A group of radio buttons or check boxes has no id of its own: its first choice has."""
    return field.id_for_label or f"{field.auto_id}_0"
