"""Attendance of one activity in numbers: expected, present, quorum, votes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q

from branches.models import Member, Organization
from branches.placing import places_below
from branches.roster import seats_of
from meetings.expected import COMMITTEE_KINDS
from meetings.models import Activity, Attendance, AttendanceState, Credit, Kind, Status
from meetings.quorum import has_quorum, quorum_needed


@dataclass(frozen=True, slots=True)
class Turnout:
    """Persons of one activity. Guests are not among them (rule 5)."""

    expected: int
    present: int
    on_leave: int
    absent: int
    voting_expected: int

    @property
    def rate(self) -> Fraction | None:
        """Present ÷ expected; None when nobody was expected (rule 4)."""
        return Fraction(self.present, self.expected) if self.expected else None

    @property
    def percent(self) -> str:
        """The rate as `93.8%`, or an empty text."""
        return f"{float(self.rate * 100):.1f}%" if self.rate is not None else ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether a meeting of one organization could decide (支部条例 §11, §12)."""

    kind: Kind
    organization: Organization
    expected: int
    present: int

    @property
    def needed(self) -> int:
        return quorum_needed(expected=self.expected)

    @property
    def is_reached(self) -> bool:
        return has_quorum(present=self.present, expected=self.expected)


def turnout_of(rows: Iterable[Attendance]) -> Turnout | None:
    """Numbers of the rows of one activity; None when attendance was not recorded. No query."""
    rows = list(rows)
    if not rows:
        return None
    states = [row.state for row in rows]
    return Turnout(
        expected=len(rows),
        present=states.count(AttendanceState.PRESENT),
        on_leave=states.count(AttendanceState.ON_LEAVE),
        absent=states.count(AttendanceState.ABSENT),
        voting_expected=sum(row.has_vote for row in rows),
    )


def attendance_by_year(member: Member, user: Any, *, on: dt.date) -> dict[int, tuple[int, int]]:
    """(expected, present) of a member by year, of the records the user sees that are not void.
    One query."""
    rows = (
        member.attendances.filter(
            activity__in=Activity.objects.visible_to(user, on=on)
            .exclude(status=Status.VOID)
            .order_by()
            .values("pk")
        )
        .order_by()
        .values_list("activity__held_on__year")
        .annotate(
            expected=Count("pk"), present=Count("pk", filter=Q(state=AttendanceState.PRESENT))
        )
    )
    return {year: (expected, present) for year, expected, present in rows}


def quorums_of(
    credits: Iterable[Credit], rows: Iterable[Attendance], *, on: dt.date
) -> list[Quorum]:
    """Quorum of each general and committee meeting among the credits, in their order.

    One query when there is a general meeting, three when there is a committee meeting.
    """
    rows, credits = list(rows), list(credits)
    if not rows:
        return []
    committees = [one.organization for one in credits if one.kind in COMMITTEE_KINDS]
    seats = seats_of(committees, on=on) if committees else {}
    general = [one.organization for one in credits if one.kind == Kind.GENERAL_MEETING]
    stood_below = places_below(general, on=on) if general else {}
    found = []
    for credit in credits:
        if credit.kind in COMMITTEE_KINDS:
            holders = seats.get(credit.organization_id, set())
            counted = [row for row in rows if row.member_id in holders]
        elif credit.kind == Kind.GENERAL_MEETING:
            below = stood_below[credit.organization_id]
            counted = [row for row in rows if row.has_vote and row.organization_id in below]
        else:
            continue
        found.append(
            Quorum(
                kind=Kind(credit.kind),
                organization=credit.organization,
                expected=len(counted),
                present=sum(row.state == AttendanceState.PRESENT for row in counted),
            )
        )
    return found
