"""What the home page shows: records waiting, this month by kind, the year by organization."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F

from branches.models import Organization
from branches.querysets import stood_below_one_of, under
from meetings.models import Credit, Kind, Status
from meetings.querysets import ActivityQuerySet


@dataclass(frozen=True, slots=True)
class YearCount:
    """Distinct activities of a year credited to an organization or to one below it."""

    accepted: int
    submitted: int


def month_by_kind(paths: Iterable[str], *, on: dt.date) -> list[tuple[Kind, int]]:
    """(kind, activities) of the day's month below the paths, void ones left out. One query."""
    found = dict(
        Credit.objects.filter(
            under(paths, "organization__path"),
            activity__held_on__year=on.year,
            activity__held_on__month=on.month,
        )
        .exclude(activity__status=Status.VOID)
        .order_by()
        .values_list("kind")
        .annotate(Count("activity", distinct=True))
    )
    return [(kind, found[kind.value]) for kind in Kind if kind.value in found]


def year_by_organization(
    organizations: Iterable[Organization], *, year: int
) -> list[tuple[Organization, YearCount]]:
    """Records of the year for each organization (rule 2: a joint activity is one for each).

    What moved counts where it stood on the day of the record. One query.
    """
    organizations = list(organizations)
    counts: dict[tuple[int, str], int] = {
        (above, status): activities
        for above, status, activities in Credit.objects.filter(
            stood_below_one_of(organizations, on=F("activity__held_on")),
            activity__held_on__gte=dt.date(year, 1, 1),
            activity__held_on__lt=dt.date(year + 1, 1, 1),
            activity__status__in=(Status.ACCEPTED, Status.SUBMITTED),
        )
        .order_by()
        .values_list("organization__placements__ancestor", "activity__status")
        .annotate(Count("activity", distinct=True))
    }
    return [
        (
            organization,
            YearCount(
                accepted=counts.get((organization.pk, Status.ACCEPTED.value), 0),
                submitted=counts.get((organization.pk, Status.SUBMITTED.value), 0),
            ),
        )
        for organization in organizations
    ]


def waiting(activities: ActivityQuerySet, *statuses: Status) -> ActivityQuerySet:
    """Records in the given states, oldest first, with their credits."""
    return (
        activities.filter(status__in=statuses)
        .select_related("host")
        .prefetch_related("credits__organization")
        .order_by("held_on", "pk")
    )


def voided_since(activities: ActivityQuerySet, since: dt.datetime) -> ActivityQuerySet:
    """Records voided after that moment, the latest first, with their credits.

    A void record cannot be changed, so its last change is the voiding.
    """
    return (
        activities.filter(status=Status.VOID, updated_at__gte=since)
        .select_related("host")
        .prefetch_related("credits__organization")
        .order_by("-updated_at", "-pk")
    )
