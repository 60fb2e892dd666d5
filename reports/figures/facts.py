"""The rows that a year's figures are counted from: nine queries, whatever the size."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from branches.models import Member, Organization, OrganizationKind
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
    branches: tuple[tuple[int, str, str, str], ...]  # (id, path, code, label)
    credits: tuple[tuple[int, str, str], ...]  # (activity id, kind, path credited)


def last_year_with_records(organization: Organization, *, today: dt.date) -> int:
    """The latest year, up to today's, in which something was credited; today's when nothing was."""
    last = Credit.objects.filter(
        organization__path__startswith=organization.path, activity__held_on__lte=today
    ).aggregate(day=Max("activity__held_on"))["day"]
    return last.year if last else today.year


def load_facts(organization: Organization, *, year: int, statuses: tuple[str, ...]) -> Facts:
    """Read the year of an organization and those below it. `statuses`: which records count."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    counted = Activity.objects.countable(statuses)
    of_year = counted.in_year(year)

    credits = tuple(
        Credit.objects.filter(
            organization__path__startswith=organization.path, activity__in=of_year
        )
        .order_by("activity__held_on", "activity_id")
        .values_list("activity_id", "kind", "organization__path")
    )
    kinds_of: dict[int, set[str]] = defaultdict(set)
    by_kind: dict[str, dict[int, None]] = {kind: {} for kind in Kind.values}
    for activity_id, kind, _path in credits:
        kinds_of[activity_id].add(kind)
        by_kind[kind][activity_id] = None

    activities = tuple(
        ActivityFact(pk, title, form, highlight, frozenset(kinds_of[pk]))
        for pk, title, form, highlight in of_year.credited(organization=organization)
        .order_by("held_on", "pk")
        .values_list("pk", "title", "form", "highlight")
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
        Attendance.objects.filter(
            organization__path__startswith=organization.path, activity__in=of_year
        )
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
            activity__in=of_year,
            activity__credits__organization__path__startswith=organization.path,
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
        for pk, due_on, done_on in Rectification.objects.at_or_below(organization)
        .filter(Q(activity__isnull=True) | source_counts, opened_on__range=(first, last))
        .order_by("opened_on", "pk")
        .values_list("pk", "due_on", "done_on")
    )
    # One result for each organization: of the latest record that counts, or else the imported one.
    appraisals: dict[int, tuple[int, int, int, int, int]] = {}
    for organization_id, *result in (
        AppraisalResult.objects.at_or_below(organization)
        .filter(Q(activity__isnull=True) | source_counts, year=year)
        .order_by(
            "organization__path", F("activity__held_on").desc(nulls_last=True), "-activity_id"
        )
        .values_list("organization_id", "pk", *GRADES)
    ):
        appraisals.setdefault(organization_id, tuple(result))
    branches = tuple(
        (branch.pk, branch.path, branch.code, branch.label)
        for branch in Organization.objects.at_or_below(organization)
        .filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=last),
            Q(closed_on__isnull=True) | Q(closed_on__gt=first),
            kind=OrganizationKind.BRANCH,
        )
        .order_by("path")
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
        credits=credits,
    )
