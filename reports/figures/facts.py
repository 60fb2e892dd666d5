"""The rows that a year is counted from: nine queries whatever the size, ten where one moved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from branches.models import Member, Organization, OrganizationKind, Placement
from branches.querysets import PlacementQuerySet, stood_below
from meetings.models import (
    GRADES,
    Activity,
    AppraisalResult,
    Attendance,
    AttendanceState,
    Credit,
    Kind,
    Rectification,
    StudyMaterial,
)
from meetings.querysets import ActivityQuerySet


@dataclass(frozen=True, slots=True)
class ActivityFact:
    """What the figures need to know of one activity."""

    pk: int
    title: str
    form: str
    highlight: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Plain rows of one organization's year. Ids are in the order of the calendar."""

    activities: tuple[ActivityFact, ...]
    # kind -> ids of the distinct activities credited with it to the organization or below
    by_kind: dict[str, tuple[int, ...]]
    # holiday -> ids, of that festival year
    by_holiday: dict[str, tuple[int, ...]]
    # (activity id, expected, present), only where attendance was recorded
    attendance: tuple[tuple[int, int, int], ...]
    full_members: tuple[int, ...]
    probationary_members: tuple[int, ...]
    # title -> ids of the activities in which it was studied, in the order first studied
    materials: dict[str, tuple[int, ...]]
    # (id, done by the year's end, due by the year's end and not done by then)
    rectifications: tuple[tuple[int, bool, bool], ...]
    # (id, excellent, qualified, basically qualified, unqualified)
    appraisals: tuple[tuple[int, int, int, int, int], ...]
    branches: tuple[tuple[int, str, str], ...]  # (id, code, label)
    # (activity id, kind, ids of the branches that the organization credited stood at or below)
    credits: tuple[tuple[int, str, tuple[int, ...]], ...]


def last_year_with_records(organization: Organization, *, today: dt.date) -> int:
    """The latest year, up to today's, in which something was credited; today's when nothing was."""
    last = Credit.objects.filter(
        stood_below(organization, on=F("activity__held_on")), activity__held_on__lte=today
    ).aggregate(day=Max("activity__held_on"))["day"]
    return last.year if last else today.year


def load_facts(organization: Organization, *, year: int, statuses: tuple[str, ...]) -> Facts:
    """Read the year of an organization and those below it. `statuses`: which records count."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    counted = Activity.objects.countable(statuses)
    of_year = counted.in_year(year)

    # Whatever is counted below an organization stood below it on its day: what moved left its
    # earlier records behind.
    on_its_day = F("activity__held_on")
    credits: list[tuple[int, str, int]] = []  # (activity id, kind, organization credited)
    kinds_of: dict[int, set[str]] = defaultdict(set)
    by_kind: dict[str, dict[int, None]] = {kind: {} for kind in Kind.values}
    words: dict[int, list[str]] = {}
    # The words of an activity come with each of its credits: cheaper than asking once more which
    # activities are credited.
    for pk, kind, credited, *words_of_activity in (
        Credit.objects.filter(stood_below(organization, on=on_its_day), activity__in=of_year)
        .order_by("activity__held_on", "activity_id")
        .values_list(
            "activity_id",
            "kind",
            "organization_id",
            "activity__title",
            "activity__form",
            "activity__highlight",
        )
    ):
        credits.append((pk, kind, credited))
        kinds_of[pk].add(kind)
        by_kind[kind][pk] = None
        words[pk] = words_of_activity
    activities = tuple(
        ActivityFact(pk, title, form, highlight, frozenset(kinds_of[pk]))
        for pk, (title, form, highlight) in words.items()
    )
    by_holiday: dict[str, list[int]] = defaultdict(list)
    for pk, holiday in (
        counted.of_festival_year(year)
        .credited(Kind.INTEGRITY_EDUCATION, organization=organization)
        .order_by("held_on", "pk")
        .values_list("pk", "holiday")
    ):
        by_holiday[holiday].append(pk)

    attendance = tuple(
        Attendance.objects.filter(stood_below(organization, on=on_its_day), activity__in=of_year)
        .values("activity_id")
        .annotate(
            expected=Count("pk"),
            present=Count("pk", filter=Q(state=AttendanceState.PRESENT)),
        )
        .order_by("activity__held_on", "activity_id")
        .values_list("activity_id", "expected", "present")
    )

    full: list[int] = []
    probationary: list[int] = []
    for pk, converted_on, is_unknown in (
        Member.objects.belonging_to(organization, on=last)
        .order_by("sort_key", "pk")
        .values_list("pk", "converted_on", "is_conversion_date_unknown")
    ):
        is_full = is_unknown or (converted_on is not None and converted_on <= last)
        (full if is_full else probationary).append(pk)

    materials: dict[str, list[int]] = defaultdict(list)
    # Credits are joined, not nested within `of_year`: a planner without statistics (right after a
    # large import) made of the doubly nested form a loop over whole tables.
    for title, activity_id, _held_on, _position in (
        StudyMaterial.objects.filter(
            stood_below(organization, on=on_its_day, field="activity__credits__organization"),
            activity__in=of_year,
        )
        .order_by("activity__held_on", "activity_id", "position")
        .values_list("title", "activity_id", "activity__held_on", "position")
        .distinct()
    ):
        materials[title].append(activity_id)

    # EXISTS by key, not IN: a list of what counts would be of every year there is.
    source_counts = Exists(counted.filter(pk=OuterRef("activity")))
    rectifications = tuple(
        (
            pk,
            is_done := done_on is not None and done_on <= last,
            not is_done and due_on is not None and due_on <= last,
        )
        for pk, due_on, done_on in Rectification.objects.stood_below(
            organization, on=F("opened_on")
        )
        .filter(Q(activity__isnull=True) | source_counts, opened_on__range=(first, last))
        .order_by("opened_on", "pk")
        .values_list("pk", "due_on", "done_on")
    )
    # One result for each organization: of the latest record that counts, or else the imported one.
    appraisals: dict[int, tuple[int, int, int, int, int]] = {}
    for organization_id, *result in (
        AppraisalResult.objects.stood_below(organization, on=last)
        .filter(Q(activity__isnull=True) | source_counts, year=year)
        .order_by(
            "organization__path", F("activity__held_on").desc(nulls_last=True), "-activity_id"
        )
        .values_list("organization_id", "pk", *GRADES)
    ):
        appraisals.setdefault(organization_id, tuple(result))
    stood_here = Placement.objects.overlapping(first, last).filter(ancestor=organization)
    branches = tuple(
        (pk, code, short_name or name)
        for pk, code, name, short_name in Organization.objects.named_on(last)
        .filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=last),
            Q(closed_on__isnull=True) | Q(closed_on__gt=first),
            pk__in=stood_here.values("organization"),
            kind=OrganizationKind.BRANCH,
        )
        .exclude(closed_on=F("founded_on"))
        .order_by("path")
        .values_list("pk", "code", "name_then", "short_name_then")
    )
    return Facts(
        activities=activities,
        by_kind={kind: tuple(ids) for kind, ids in by_kind.items()},
        by_holiday={holiday: tuple(ids) for holiday, ids in by_holiday.items()},
        attendance=attendance,
        full_members=tuple(full),
        probationary_members=tuple(probationary),
        materials={title: tuple(ids) for title, ids in materials.items()},
        rectifications=rectifications,
        appraisals=tuple(appraisals.values()),
        branches=branches,
        credits=_with_branches(credits, of_year, stood_here, branches, first=first, last=last),
    )


def _with_branches(
    credits: Iterable[tuple[int, str, int]],
    of_year: ActivityQuerySet,
    stood_here: PlacementQuerySet,
    branches: Iterable[tuple[int, str, str]],
    *,
    first: dt.date,
    last: dt.date,
) -> tuple[tuple[int, str, tuple[int, ...]], ...]:
    """The credits with the branches at or above the organization credited, on the activity's day.

    One query, and another one for the days of activities of organizations that moved within
    `[first, last]`.
    """
    counted = {pk for pk, _code, _label in branches}
    places: dict[int, list[tuple[int, dt.date, dt.date]]] = defaultdict(list)
    for organization_id, branch_id, started_on, ended_on in (
        Placement.objects.overlapping(first, last)
        .filter(
            ancestor__kind=OrganizationKind.BRANCH,
            organization__in=stood_here.values("organization"),
        )
        .order_by()
        .values_list("organization", "ancestor", "started_on", "ended_on")
    ):
        if branch_id in counted:
            places[organization_id].append((branch_id, started_on, ended_on or dt.date.max))
    moved = {
        pk
        for pk, periods in places.items()
        if any(start > first or end <= last for _branch, start, end in periods)
    }
    settled = {
        pk: tuple(branch for branch, _start, _end in periods)
        for pk, periods in places.items()
        if pk not in moved
    }
    day_of: dict[int, dt.date] = {}
    if moved:
        day_of = dict(of_year.filter(credits__organization__in=moved).values_list("pk", "held_on"))
    return tuple(
        (
            pk,
            kind,
            tuple(branch for branch, start, end in places[credited] if start <= day_of[pk] < end)
            if credited in moved
            else settled.get(credited, ()),
        )
        for pk, kind, credited in credits
    )
