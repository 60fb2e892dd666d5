"""Places in the tree as periods: what a founding or a move writes into `Placement`.

An organization stood below every organization that its superior of the day stood below. So the
rows above the superior follow from the superiors alone, and a move is a new superior from a day
on, with the rows of everything below counted anew and only the differences written.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from branches.effects import Effects
from branches.models import SINCE_EVER, Organization, OrganizationKind, Placement

# Which kinds may stand directly above a kind; None is the root (domain of the tree: 党委 →
# 党总支 → 党支部 → 党小组, the middle ones optional). A committee may stand below a higher one.
MAY_STAND_BELOW: dict[OrganizationKind, tuple[OrganizationKind | None, ...]] = {
    OrganizationKind.COMMITTEE: (None, OrganizationKind.COMMITTEE),
    OrganizationKind.GENERAL_BRANCH: (None, OrganizationKind.COMMITTEE),
    OrganizationKind.BRANCH: (None, OrganizationKind.COMMITTEE, OrganizationKind.GENERAL_BRANCH),
    OrganizationKind.GROUP: (OrganizationKind.BRANCH,),
}


@dataclass(frozen=True, slots=True)
class Place:
    """At or below `ancestor_id` at this distance over `[started_on, ended_on)`."""

    ancestor_id: int
    distance: int
    started_on: dt.date
    ended_on: dt.date | None

    @property
    def last(self) -> dt.date:
        """The end, with the end of all days for an open one: to compare."""
        return self.ended_on or dt.date.max


Timelines = Mapping[int, Iterable[Place]]


def timeline_of(organization_id: int, superiors: Iterable[Place], above: Timelines) -> list[Place]:
    """Every place of an organization: itself, its superiors, and what those stood below.

    `superiors` are places at distance 1; `above` has the timeline of each of them. Periods that
    follow upon one another at the same distance are one.
    """
    found = [Place(organization_id, 0, SINCE_EVER, None)]
    for superior in superiors:
        for place in above[superior.ancestor_id]:
            start = max(superior.started_on, place.started_on)
            end = min(superior.last, place.last)
            if start < end:
                found.append(
                    Place(
                        place.ancestor_id,
                        place.distance + 1,
                        start,
                        None if end == dt.date.max else end,
                    )
                )
    return _joined(found)


def _joined(places: Iterable[Place]) -> list[Place]:
    joined: list[Place] = []
    for place in sorted(places, key=attrgetter("distance", "ancestor_id", "started_on")):
        before = joined[-1] if joined else None
        if (
            before
            and (before.ancestor_id, before.distance) == (place.ancestor_id, place.distance)
            and before.ended_on == place.started_on
        ):
            joined[-1] = Place(place.ancestor_id, place.distance, before.started_on, place.ended_on)
        else:
            joined.append(place)
    return joined


def place_new(organization: Organization, superior: Organization | None) -> None:
    """Write the places of an organization that has none yet. Two queries."""
    superiors = [Place(superior.pk, 1, SINCE_EVER, None)] if superior else []
    above = (
        {superior.pk: _places(Placement.objects.filter(organization=superior))} if superior else {}
    )
    Placement.objects.bulk_create(
        Placement(
            organization=organization,
            ancestor_id=place.ancestor_id,
            distance=place.distance,
            started_on=place.started_on,
            ended_on=place.ended_on,
        )
        for place in timeline_of(organization.pk, superiors, above)
    )


def replace(
    organization: Organization, superior: Organization, *, since: dt.date, effects: Effects
) -> None:
    """Stand the organization below the superior from the day on, and all below it with it.

    Places before the day stay. Three queries, and one or two for each row that changes.
    """
    own_and_below = Placement.objects.filter(ancestor=organization).values("organization")
    rows: dict[int, list[Placement]] = defaultdict(list)
    for row in Placement.objects.filter(organization__in=own_and_below):
        rows[row.organization_id].append(row)
    superiors = {
        pk: [_place(row) for row in placements if row.distance == 1]
        for pk, placements in rows.items()
    }
    superiors[organization.pk] = [
        Place(one.ancestor_id, 1, one.started_on, min(one.last, since))
        for one in superiors[organization.pk]
        if one.started_on < since
    ] + [Place(superior.pk, 1, since, None)]
    elsewhere = {one.ancestor_id for places in superiors.values() for one in places} - rows.keys()
    timelines: dict[int, list[Place]] = defaultdict(list)
    for row in Placement.objects.filter(organization__in=elsewhere):
        timelines[row.organization_id].append(_place(row))
    waiting = dict(superiors)
    while waiting:
        ready = [
            pk
            for pk, places in waiting.items()
            if not any(one.ancestor_id in waiting for one in places)
        ]
        if not ready:
            raise ValueError("the places of organizations make a circle")
        for pk in ready:
            timelines[pk] = timeline_of(pk, waiting.pop(pk), timelines)
    for pk, existing in rows.items():
        _write(pk, existing, timelines[pk], effects)


def settle(organizations: Iterable[int]) -> None:
    """Move those in the tree of today that stand elsewhere by their open place."""
    for placement in (
        Placement.objects.filter(
            organization__in=list(organizations), distance=1, ended_on__isnull=True
        )
        .order_by("pk")
        .select_related("ancestor")
    ):
        # Every move rewrites paths, so both ends are read anew.
        node = Organization.objects.get(pk=placement.organization_id)
        superior = Organization.objects.get(pk=placement.ancestor_id)
        if node.path[: -Organization.steplen] != superior.path:
            Organization.objects.move(node, superior, pos="last-child")


def superior_on(organization: Organization, *, on: dt.date) -> Placement | None:
    """The place directly below another organization on the day; None for a root. One query."""
    return (
        organization.placements.in_force(on).filter(distance=1).select_related("ancestor").first()
    )


def places_below(organizations: Iterable[Organization], *, on: dt.date) -> dict[int, set[int]]:
    """For each of the organizations what stood at or below it on the day. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    for above, organization_id in (
        Placement.objects.in_force(on)
        .filter(ancestor__in=list(organizations))
        .order_by()
        .values_list("ancestor", "organization")
    ):
        found[above].add(organization_id)
    return dict(found)


def _write(
    organization_id: int, existing: Iterable[Placement], wanted: Iterable[Place], effects: Effects
) -> None:
    """Write what differs. What ends is written before what begins or goes on after all (back to
    an earlier superior on the day it left it): one open place at a time."""
    missing = {(one.ancestor_id, one.distance, one.started_on): one for one in wanted}
    prolonged = []
    for row in existing:
        place = missing.pop((row.ancestor_id, row.distance, row.started_on), None)
        if place is None:
            effects.change(row, is_void=True)
        elif place.last > _place(row).last:
            prolonged.append((row, place.ended_on))
        elif place.ended_on != row.ended_on:
            effects.change(row, ended_on=place.ended_on)
    for row, ended_on in prolonged:
        effects.change(row, ended_on=ended_on)
    for place in missing.values():
        effects.create(
            Placement(
                organization_id=organization_id,
                ancestor_id=place.ancestor_id,
                distance=place.distance,
                started_on=place.started_on,
                ended_on=place.ended_on,
            )
        )


def _place(row: Placement) -> Place:
    return Place(row.ancestor_id, row.distance, row.started_on, row.ended_on)


def _places(rows: Iterable[Placement]) -> list[Place]:
    return [_place(row) for row in rows]
