"""Generated bureaus and years, counted again by plain Python that shares nothing with the figures.

The recount knows the rules of counting and the generated world, no query and no registry.
"""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from branches.models import OrganizationKind
from meetings.models import (
    AttendanceState,
    Holiday,
    Kind,
    Status,
)
from meetings.querysets import ACCEPTED_AND_SUBMITTED, ACCEPTED_ONLY
from reports.figures import compute_figures
from tests.reports.figures.worlds import TREE, YEAR, Event, World, build, worlds


def below(world: World, top: int, day: dt.date) -> set[int]:
    """The organization and everything below it on the day, by walking up from each."""
    found = set()
    for index in range(len(TREE)):
        at: int | None = index
        while at is not None:
            if at == top:
                found.add(index)
            at = world.superior_on(at, day)
    return found


def within(world: World, top: int) -> set[int]:
    """The same on any day of YEAR: the tree changes on the days of moves alone."""
    days = [dt.date(YEAR, 1, 1), *(day for day, _, _ in world.moves if day.year == YEAR)]
    return set().union(*(below(world, top, day) for day in days))


def result_of(world: World, index: int, *, good: set[Status]) -> tuple[int, ...] | None:
    """The grades of YEAR of one organization: by the latest record that counts, else the ledger."""
    told = None
    for event in sorted(world.events, key=lambda event: event.day):  # a later entry breaks a tie
        looks_back = event.day.month <= 3
        if event.status in good and index in event.grades and event.day.year - looks_back == YEAR:
            told = event.grades[index]
    return told if told is not None else world.grades.get(index)


def recount(world: World, top: int, *, with_submitted: bool) -> dict[str, int | None]:
    """Every figure of YEAR for the organization, from the world and the rules alone."""
    good = {Status.ACCEPTED, Status.SUBMITTED} if with_submitted else {Status.ACCEPTED}
    ours = [event for event in world.events if counts_for(world, event, top, good)]
    this_year = [event for event in ours if event.day.year == YEAR]
    counts: dict[str, int | None] = {
        f"{kind.value.lower()}.count": len([event for event in this_year if kind in event.kinds])
        for kind in Kind
    }
    counts["activities.count"] = len(this_year)
    for holiday in Holiday.values:
        total = 0
        for event in ours:
            if Kind.INTEGRITY_EDUCATION in event.kinds and event.holiday == holiday:
                looks_ahead = holiday == "new_year" and event.day.month == 12
                total += event.day.year + looks_ahead == YEAR
        counts[f"integrity.{holiday}"] = total
    states = [
        state
        for event in world.events
        if event.status in good and event.day.year == YEAR
        for where, state in event.attendance.values()
        if where in below(world, top, event.day)
    ]
    present = states.count(AttendanceState.PRESENT)
    counts["attendance.expected"] = len(states) or None
    counts["attendance.present"] = present if states else None
    counts["attendance.rate"] = int(present * 100 / len(states) + 0.5) if states else None
    last = dt.date(YEAR, 12, 31)
    scope = below(world, top, last)
    here = [one for one in world.people if one.joined_on <= last and one.place_on(last) in scope]
    full = [one for one in here if one.converted_on is not None and one.converted_on <= last]
    counts["members.total"] = len(here)
    counts["members.full"] = len(full)
    counts["members.probationary"] = len(here) - len(full)
    counts["organizations.branches"] = sum(
        TREE[index][1] == OrganizationKind.BRANCH for index in within(world, top)
    )
    counts["materials.count"] = len({title for event in this_year for title in event.materials})
    problems = [
        (event.problem_due_on, event.problem_done_on)
        for event in world.events
        if event.problem_done_on is not False
        and event.status in good
        and event.day.year == YEAR
        and event.hosts[0] in below(world, top, event.day)
    ]
    counts["rectifications.opened"] = len(problems)
    in_time = [done is not None and done <= last for _due, done in problems]
    counts["rectifications.closed"] = sum(in_time)
    counts["rectifications.overdue"] = sum(
        due is not None and due.year <= YEAR and not is_done
        for (due, _done), is_done in zip(problems, in_time, strict=True)
    )
    rows = [result for index in scope if (result := result_of(world, index, good=good)) is not None]
    for column, grade in enumerate(
        ("excellent", "qualified", "basically_qualified", "unqualified")
    ):
        counts[f"appraisal.{grade}"] = sum(row[column] for row in rows) if rows else None
    return counts


def counts_for(world: World, event: Event, top: int, good: set[Status]) -> bool:
    """Whether the event is credited to the organization or to one below it on its day."""
    return event.status in good and bool(below(world, top, event.day) & set(event.hosts))


def branch_counts(world: World, top: int, branch: int, *, with_submitted: bool) -> dict[str, int]:
    """How often each kind counts for a branch while it stood at or below the top."""
    good = {Status.ACCEPTED, Status.SUBMITTED} if with_submitted else {Status.ACCEPTED}
    held = [
        event
        for event in world.events
        if event.day.year == YEAR
        and event.status in good
        and below(world, top, event.day) & below(world, branch, event.day) & set(event.hosts)
    ]
    return {kind.value: sum(kind in event.kinds for event in held) for kind in Kind}


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(world=worlds())
def test_every_figure_of_a_generated_year_equals_an_independent_recount(
    world: World,
) -> None:
    with transaction.atomic():
        tree = build(world)
        for index, organization in enumerate(tree):
            for statuses in (ACCEPTED_ONLY, ACCEPTED_AND_SUBMITTED):
                computed = compute_figures(organization, year=YEAR, statuses=statuses)
                counted = {key: figure.value for key, figure in computed.figures.items()}
                wide = statuses == ACCEPTED_AND_SUBMITTED
                assert counted == recount(world, index, with_submitted=wide)
                assert {row.organization_id: row.counts for row in computed.branches} == {
                    tree[branch].pk: branch_counts(world, index, branch, with_submitted=wide)
                    for branch in within(world, index)
                    if TREE[branch][1] == OrganizationKind.BRANCH
                }
                for one in computed.differences:
                    expected_sum = one.total - one.above_branches + one.counted_again
                    assert one.branch_sum == expected_sum
        transaction.set_rollback(True)
