"""Verdicts on many organizations at once: what `requirements` needs, read in six queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from django.db.models import Q

from branches.models import COMMITTEE_TITLES, Organization, Post, PostTitle
from branches.querysets import under
from meetings.holidays import breaks_of
from meetings.models import (
    Credit,
    HolidayNotice,
    Kind,
    KindsApart,
    Requirement,
)
from meetings.models import (
    Exemption as NamedExemption,
)
from meetings.requirements import (
    Exemption,
    Held,
    Life,
    Occasion,
    Rule,
    Stretch,
    Verdict,
    judged,
    stretches_of,
)

# A secretary alone, or with a deputy, is no committee (支部条例: below seven full members).
SEATS = COMMITTEE_TITLES - {PostTitle.SECRETARY.value, PostTitle.DEPUTY_SECRETARY.value}

type Periods = tuple[tuple[dt.date, dt.date | None], ...]


def compliance_of(
    organizations: Iterable[Organization],
    *,
    year: int,
    on: dt.date,
    statuses: tuple[str, ...],
    kinds: Sequence[str] = (),
) -> dict[int, list[Verdict]]:
    """Organization id → the verdicts of its year as they stand on the day.

    `statuses` are those of the records that count, `kinds` the ones asked about (all when empty).
    Six queries, whatever the number of organizations and records.
    """
    organizations = list(organizations)
    if not organizations:
        return {}
    about = list(kinds) or [kind.value for kind in Kind]
    rules = rules_in(year, kinds=about)
    # Whatever an activity counts as matters where kinds are kept apart.
    apart = _apart(organizations)
    wanted = set(about) | {kind for pairs in apart.values() for pair in pairs for kind in pair}
    held = _held(organizations, year=year, kinds=wanted)
    lives = lives_of(organizations)
    occasions = occasions_of(year)

    @cache
    def asked_of(kind: str, scopes: frozenset[str]) -> list[Stretch]:
        """What the year asks of all organizations of the kind that lie in these scopes."""
        fitting = [one for one in rules if one.organization_kind == kind and one.scope in scopes]
        return stretches_of(fitting, year=year, occasions=occasions)

    all_scopes = {rule.scope for rule in rules}
    return {
        one.pk: judged(
            asked_of(one.kind, frozenset(filter(one.path.startswith, all_scopes))),
            lives[one.pk],
            held.get(one.pk, ()),
            on=on,
            counting=frozenset(statuses),
            apart=set().union(
                *(pairs for path, pairs in apart.items() if one.path.startswith(path))
            ),
        )
        for one in organizations
    }


def rules_in(year: int, *, kinds: Iterable[str]) -> list[Rule]:
    """The rules in force on some day of the year, in the order of the kinds. One query.

    A reminder before New Year's Day falls due in the December before: so its rule counts in.
    """
    order = [kind.value for kind in Kind]
    rows = Requirement.objects.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gt=dt.date(year - 1, 12, 1)),
        effective_from__lte=dt.date(year, 12, 31),
        kind__in=list(kinds),
    ).select_related("scope")
    return [
        Rule(
            kind=row.kind,
            period=row.period,
            times=row.times,
            organization_kind=row.organization_kind,
            scope=row.scope.path if row.scope else "",
            effective_from=row.effective_from,
            effective_until=row.effective_until,
            months=frozenset(row.months),
            holidays=frozenset(row.holidays),
            source=row.source,
            pk=row.pk,
        )
        for row in sorted(rows, key=lambda row: (order.index(row.kind), row.effective_from))
    ]


def lives_of(organizations: Iterable[Organization]) -> dict[int, Life]:
    """Organization id → what judging it takes: its dates, committee, exemptions. Two queries."""
    organizations = list(organizations)
    pks = [one.pk for one in organizations]
    seats: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for pk, begun, ended in (
        Post.objects.filter(organization__in=pks, title__in=SEATS)
        .order_by("started_on")
        .values_list("organization", "started_on", "ended_on")
    ):
        seats[pk].append((begun, ended))
    named: dict[int, list[Exemption]] = defaultdict(list)
    for pk, kind, begun, ended, words in (
        NamedExemption.objects.filter(organization__in=pks)
        .order_by("started_on", "pk")
        .values_list("organization", "kind", "started_on", "ended_on", "reason")
    ):
        named[pk].append(Exemption(kind, begun, ended, words))
    return {
        one.pk: Life(
            kind=one.kind,
            path=one.path,
            founded_on=one.founded_on,
            closed_on=one.closed_on,
            committee=joined(seats[one.pk]),
            exemptions=tuple(named[one.pk]),
        )
        for one in organizations
    }


def joined(periods: Iterable[tuple[dt.date, dt.date | None]]) -> Periods:
    """Periods sorted by their start as the stretches that they cover together."""
    covered: list[tuple[dt.date, dt.date | None]] = []
    for begun, ended in periods:
        last = covered[-1] if covered else None
        if last is None or (last[1] is not None and begun > last[1]):
            covered.append((begun, ended))
        elif last[1] is not None and (ended is None or ended > last[1]):
            covered[-1] = (last[0], ended)
    return tuple(covered)


def occasions_of(year: int) -> list[Occasion]:
    """The holidays of a festival year with the day that each reminder is due. One query.

    A notice that was typed in takes the place of what is known of that holiday otherwise.
    """
    noticed: dict[dt.date, list[str]] = defaultdict(list)
    for holiday, due_on in HolidayNotice.objects.filter(year=year).values_list("holiday", "due_on"):
        noticed[due_on].append(holiday)
    typed = {holiday for holidays in noticed.values() for holiday in holidays}
    for one in breaks_of(year):
        noticed[one.due_on] += [holiday for holiday in one.holidays if holiday not in typed]
    return [
        Occasion(tuple(holidays), year, due_on)
        for due_on, holidays in sorted(noticed.items())
        if holidays
    ]


def _held(
    organizations: Sequence[Organization], *, year: int, kinds: Iterable[str]
) -> dict[int, list[Held]]:
    """Organization id → the records credited to it in the year, its holidays included. One query.

    A record of several kinds is one row here, so that a kind kept apart is seen beside the other.
    """
    paths = [one.path for one in organizations]
    rows = (
        Credit.objects.filter(
            # The stretch of the tree instead of each key: with a list of a thousand keys SQLite
            # looks for each of them beside every record of the year.
            organization__path__range=(min(paths), max(paths)),
            kind__in=list(kinds),
            activity__held_on__gte=dt.date(year - 1, 12, 1),
            activity__held_on__lte=dt.date(year, 12, 31),
        )
        .order_by()
        .values_list(
            "organization",
            "activity",
            "kind",
            "activity__held_on",
            "activity__status",
            "activity__holiday",
        )
    )
    found: dict[tuple[int, int], tuple[set[str], dt.date, str, str]] = {}
    for organization, activity, kind, held_on, status, holiday in rows:
        kept = found.setdefault((organization, activity), (set(), held_on, status, holiday))
        kept[0].add(kind)
    held: dict[int, list[Held]] = defaultdict(list)
    for (organization, activity), (kinds_of, held_on, status, holiday) in found.items():
        held[organization].append(
            Held(
                activity,
                frozenset(kinds_of),
                held_on,
                status,
                (holiday, festival_year(holiday, held_on)) if holiday else None,
            )
        )
    return held


def festival_year(holiday: str, held_on: dt.date) -> int:
    """A New Year reminder of December belongs to the year that then begins (formats.md §4)."""
    return held_on.year + (holiday == "new_year" and held_on.month == 12)


def _apart(organizations: Iterable[Organization]) -> dict[str, set[tuple[str, str]]]:
    """Path of a bureau → the pairs of kinds that it keeps apart. One query."""
    roots = {one.path[: Organization.steplen] for one in organizations}
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path, first, second in (
        KindsApart.objects.filter(under(roots, "scope__path"))
        .order_by()
        .values_list("scope__path", "first", "second")
    ):
        pairs[path].add((first, second))
    return pairs
