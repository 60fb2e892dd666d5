"""Who is behind: organizations by kind or by period, and why a cell says what it says."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.compliance import compliance_of
from meetings.compliance_words import (
    REASONS,
    STATES,
    Tally,
    period_label,
    rule_label,
    tally_of,
    why,
)
from meetings.forms.compliance import FIRST_YEAR, ComplianceFilterForm
from meetings.forms.filters import LATEST_YEAR
from meetings.models import Activity, Kind, Requirement
from meetings.requirements import State, Verdict

PER_PAGE = 50

# A column: a kind, or a period of the chosen kind (its first day, unit and holidays).
type Column = tuple[Any, ...]


@require_safe
def compliance_list(request: HttpRequest) -> HttpResponse:
    """Organization × kind of a year, or × period when a kind is chosen. A cell opens the why."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    visible = Organization.objects.visible_to(request.user, on=today)
    form = ComplianceFilterForm(
        {"year": today.year} | request.GET.dict(), organizations=visible.order_by("path")
    )
    form.is_valid()
    wanted = form.cleaned_data
    year, kind = wanted.get("year") or today.year, wanted.get("kind") or ""
    organizations = _judged(visible, year, kind)
    if top := wanted.get("organization"):
        organizations = organizations.at_or_below(top)

    def verdicts(rows: Sequence[Organization]) -> dict[int, list[Verdict]]:
        return compliance_of(
            rows,
            year=year,
            on=today,
            statuses=form.statuses(),
            kinds=[kind] if kind else (),
        )

    shown: Any = organizations
    if state := wanted.get("state"):
        # Only the verdicts tell who is meant: all of the tree are judged before it is paged.
        everybody = list(organizations)
        found = verdicts(everybody)
        shown = [one for one in everybody if any(v.state == state for v in found[one.pk])]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    found = verdicts(rows)
    columns = _periods(found) if kind else _kinds(found)
    return render(
        request,
        "meetings/compliance_list.html",
        {
            "form": form,
            "year": year,
            "kind": Kind(kind) if kind else None,
            "columns": [
                (period_label(*column) if kind else Kind(column[0]).label, column[0])
                for column in columns
            ],
            "rows": [
                (one, [_cell(found[one.pk], column, kind) for column in columns]) for one in rows
            ],
            "page_obj": page,
            "states": list(STATES.items()),
            "today": today,
            "is_filtered": any(wanted.get(name) for name in ("kind", "organization", "state")),
        },
    )


@require_safe
def compliance_detail(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    """The verdicts of one organization, kind and year: rule, source, what counts and what not."""
    today = timezone.localdate()
    organization = access.get_organization(request.user, code, on=today)
    if kind not in Kind.values or not FIRST_YEAR <= year <= LATEST_YEAR:
        raise Http404
    form = ComplianceFilterForm(
        request.GET, organizations=Organization.objects.visible_to(request.user, on=today)
    )
    form.is_valid()
    verdicts = compliance_of(
        [organization], year=year, on=today, statuses=form.statuses(), kinds=[kind]
    )[organization.pk]
    verdicts = [one for one in verdicts if one.rule.kind == kind]
    records = _records(request.user, verdicts, on=today)
    may_record = access.may(request.user, Deed.RECORD, organization, on=today)
    return render(
        request,
        "meetings/compliance_detail.html",
        {
            "organization": organization,
            "year": year,
            "kind": Kind(kind),
            "verdicts": [
                {
                    "verdict": one,
                    "period": period_label(one.first, one.rule.period, one.holidays),
                    "label": STATES[one.state],
                    "why": why(one),
                    "rule": rule_label(one.rule),
                    "counting": [records.get(pk) for pk in one.counting],
                    "others": [(records.get(pk), REASONS[reason]) for pk, reason in one.others],
                    "may_start": may_record and one.state in (State.DUE, State.LATE),
                }
                for one in reversed(verdicts)
            ],
            "breadcrumbs": [
                (_("Who is behind"), reverse("compliance_list")),
                (organization.label, ""),
            ],
        },
    )


def _judged(visible: OrganizationQuerySet, year: int, kind: str) -> OrganizationQuerySet:
    """Organizations that a rule (on the kind, when one is chosen) may ask something of and that
    were there on some day of the year, in the order of the tree."""
    rules = Requirement.objects.filter(kind=kind) if kind else Requirement.objects.all()
    return (
        visible.filter(kind__in=rules.order_by().values("organization_kind"))
        .filter(
            Q(founded_on__isnull=True) | Q(founded_on__lt=dt.date(year + 1, 1, 1)),
            Q(closed_on__isnull=True) | Q(closed_on__gt=dt.date(year, 1, 1)),
        )
        .order_by("path")
    )


def _kinds(found: dict[int, list[Verdict]]) -> list[Column]:
    kinds = {verdict.rule.kind for verdicts in found.values() for verdict in verdicts}
    return [(kind.value,) for kind in Kind if kind.value in kinds]


def _periods(found: dict[int, list[Verdict]]) -> list[Column]:
    return sorted(
        {
            (one.first, one.rule.period, one.holidays)
            for verdicts in found.values()
            for one in verdicts
        }
    )


def _cell(verdicts: Sequence[Verdict], column: Column, kind: str) -> tuple[Tally, str, str] | None:
    """(tally, state in words, kind) of a cell; None where no rule asks anything."""
    if kind:
        own = [one for one in verdicts if (one.first, one.rule.period, one.holidays) == column]
    else:
        own = [one for one in verdicts if one.rule.kind == column[0]]
    tally = tally_of(own)
    return (tally, str(STATES[tally.state]), kind or column[0]) if tally else None


def _records(user: Any, verdicts: Sequence[Verdict], *, on: dt.date) -> dict[int, Activity]:
    pks = {pk for one in verdicts for pk in (*one.counting, *(pk for pk, _why in one.others))}
    return Activity.objects.visible_to(user, on=on).in_bulk(pks)
