"""Terms of office 任期: begun by an election, put off by at most a year, ended.

机关条例 §5–7: a branch or general branch is elected for three years, a committee for five; early
or late by at most a year, with the approval of the superior.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import Effects
from branches.models import (
    Organization,
    OrganizationEvent,
    OrganizationEventKind,
    OrganizationKind,
    Term,
)
from branches.probation import years_after
from branches.services.organizations.rules import check_stands, locked

YEARS_OF_TERM: dict[str, int] = {
    OrganizationKind.COMMITTEE: 5,
    OrganizationKind.GENERAL_BRANCH: 3,
    OrganizationKind.BRANCH: 3,
}


def due_after(kind: str, started_on: dt.date) -> dt.date:
    """When the re-election after an election on the day is due. KeyError for a Party group."""
    return years_after(started_on, YEARS_OF_TERM[kind])


def longest_due(term: Term) -> dt.date:
    """The latest day to which the re-election may be put off."""
    return years_after(due_after(term.organization.kind, term.started_on), 1)


def begin_term(
    organization: Organization, *, number: int, on: dt.date, user: Any, reason: str = ""
) -> Term:
    """A committee elected on the day: its term begins, the one before ends.

    Raises ValidationError for a Party group, for a number or a day that does not follow upon the
    term before.
    """
    with act(
        "organization.term_begin", subject=organization, organization=organization, user=user
    ) as entry:
        organization = locked(organization)
        check_stands(organization, on=on)
        if organization.kind not in YEARS_OF_TERM:
            raise ValidationError(_("A Party group has no term of office."))
        effects = Effects()
        before = organization.terms.order_by("started_on").last()
        if before is not None:
            _check_follows(before, number=number, on=on)
            if before.ended_on is None:
                effects.change(before, ended_on=on)
        term = effects.create(
            Term(
                organization=organization,
                number=number,
                started_on=on,
                due_on=due_after(organization.kind, on),
            )
        )
        _enter(OrganizationEventKind.TERM_BEGAN, organization, on, reason, effects, user)
        entry.created(term, number=number, started_on=on, due_on=term.due_on)
    return term


def extend_term(term: Term, *, due_on: dt.date, on: dt.date, user: Any, reason: str) -> Term:
    """Put the re-election off to another day, approved on the day `on`; `reason` names the
    approval. Raises ValidationError beyond a year."""
    with act("organization.term_extend", organization=term.organization, user=user) as entry:
        organization = locked(term.organization)
        check_stands(organization, on=on)
        term = _locked_open(term)
        latest = longest_due(term)
        if not term.due_on < due_on <= latest:
            raise ValidationError(
                {
                    "due_on": _("Choose a day after %(due)s, at the latest %(latest)s.")
                    % {"due": date_format(term.due_on), "latest": date_format(latest)}
                }
            )
        if on < term.started_on:
            raise ValidationError({"on": _("The approval cannot be older than the term.")})
        before = term.due_on
        effects = Effects()
        effects.change(term, due_on=due_on)
        _enter(OrganizationEventKind.TERM_EXTENDED, organization, on, reason, effects, user)
        entry.changed(term, {"due_on": before}, {"due_on": due_on})
    return term


def end_term(term: Term, *, on: dt.date, user: Any, reason: str = "") -> Term:
    """End a term without a new one: the organization has no committee from the day on."""
    with act("organization.term_end", organization=term.organization, user=user) as entry:
        organization = locked(term.organization)
        check_stands(organization, on=on)
        term = _locked_open(term)
        if on <= term.started_on:
            raise ValidationError({"on": _("A term ends after it starts.")})
        effects = Effects()
        effects.change(term, ended_on=on)
        _enter(OrganizationEventKind.TERM_ENDED, organization, on, reason, effects, user)
        entry.changed(term, {"ended_on": None}, {"ended_on": on})
    return term


def _check_follows(before: Term, *, number: int, on: dt.date) -> None:
    last = before.ended_on or before.started_on
    if on < last or on == before.started_on:
        raise ValidationError(
            {
                "on": _("Term %(number)s is on record up to %(day)s: choose a later day.")
                % {"number": before.number, "day": date_format(last)}
            }
        )
    if number <= before.number:
        raise ValidationError(
            {"number": _("The term before has the number %(number)s.") % {"number": before.number}}
        )


def _locked_open(term: Term) -> Term:
    term = (
        Term.objects.select_for_update(of=("self",)).select_related("organization").get(pk=term.pk)
    )
    if term.ended_on is not None:
        raise ValidationError(_("This term has ended."))
    return term


def _enter(
    kind: OrganizationEventKind,
    organization: Organization,
    on: dt.date,
    reason: str,
    effects: Effects,
    user: Any,
) -> None:
    OrganizationEvent.objects.create(
        kind=kind,
        organization=organization,
        happened_on=on,
        reason=reason,
        effects=effects.as_json(),
        recorded_by=user,
    )
