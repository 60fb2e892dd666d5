"""Those expected as of the day, in worlds where moves, conversions, exceptions and posts begin or
end on the day itself, against a count that knows neither the models nor the queries."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.models import Member, Organization, Post, PostTitle, StandingException
from meetings.expected import expected_for
from meetings.models import Attendance, Kind
from tests.factories import make_activity, make_bureau

pytestmark = pytest.mark.django_db

START = dt.date(2025, 3, 1)
DAYS = st.integers(0, 4)  # few days, so that bounds fall on the asked day again and again
PERIODS = st.tuples(DAYS, st.one_of(st.none(), DAYS)).filter(
    lambda one: one[1] is None or one[0] < one[1]
)


@dataclass(frozen=True)
class Life:
    """One person in days after START: membership from `since` in `first`, from `moved` on in the
    other branch, gone with `left`."""

    joined: int
    converted: int | None
    is_unknown: bool
    first: int
    since: int
    moved: int | None
    left: int | None
    exception: tuple[str, tuple[int, int | None]] | None  # in the first membership
    post: tuple[int, str, tuple[int, int | None]] | None

    def periods(self) -> list[tuple[int, int, int | None]]:
        """(branch, from, until) of each membership."""
        cuts = [one for one in (self.moved, self.left) if one is not None]
        if self.moved is None:
            return [(self.first, self.since, self.left)]
        return [(self.first, self.since, min(cuts)), (1 - self.first, self.moved, self.left)]


def holds(period: tuple[int, int | None], day: int) -> bool:
    return period[0] <= day and (period[1] is None or day < period[1])


@st.composite
def lives(draw: st.DrawFn) -> Life:
    joined, since = draw(DAYS), draw(DAYS)
    is_unknown = draw(st.booleans())
    moved = draw(st.none() | st.integers(since + 1, 6))
    last = since if moved is None else moved
    effect = st.tuples(st.sampled_from(["NOT_EXPECTED", "NOT_VOTING"]), PERIODS)
    title = st.sampled_from([PostTitle.SECRETARY.value, PostTitle.GROUP_LEADER.value])
    return Life(
        joined=joined,
        converted=None if is_unknown else draw(st.none() | st.integers(joined, 6)),
        is_unknown=is_unknown,
        first=draw(st.integers(0, 1)),
        since=since,
        moved=moved,
        left=draw(st.none() | st.integers(last + 1, 8)),
        exception=draw(st.none() | effect),
        post=draw(st.none() | st.tuples(st.integers(0, 1), title, PERIODS)),
    )


def recount(
    life: Life, day: int, *, branch: int, of_committee: bool
) -> tuple[int, str, bool] | None:
    """(branch belonged to, standing, vote) of a person expected; None of one who is not."""
    if life.joined > day:
        return None
    is_full = life.is_unknown or (life.converted is not None and life.converted <= day)
    at = [n for n, (_b, since, until) in enumerate(life.periods()) if holds((since, until), day)]
    effect = ""
    if at == [0] and life.exception and holds(life.exception[1], day):
        effect = life.exception[0]
    if effect == "NOT_EXPECTED":
        return None
    belongs = life.periods()[at[0]][0] if at else None
    if of_committee:
        post = life.post
        if not post or post[0] != branch or post[1] == "GROUP_LEADER" or not holds(post[2], day):
            return None
    elif belongs != branch:
        return None
    standing = "FULL" if is_full else "PROBATIONARY"
    return (branch if belongs is None else belongs), standing, is_full and effect != "NOT_VOTING"


def on(day: int | None) -> dt.date | None:
    return None if day is None else START + dt.timedelta(days=day)


def write(lives_: list[Life], branches: list[Organization]) -> list[Member]:
    members = []
    for number, life in enumerate(lives_):
        member = Member.objects.create(
            name=f"甲{number}",
            joined_on=on(life.joined),
            converted_on=on(life.converted),
            is_conversion_date_unknown=life.is_unknown,
        )
        memberships = [
            member.memberships.create(
                organization=branches[branch], started_on=on(since), ended_on=on(until)
            )
            for branch, since, until in life.periods()
        ]
        if life.exception:
            effect, (since, until) = life.exception
            StandingException.objects.create(
                membership=memberships[0],
                effect=effect,
                started_on=on(since),
                ended_on=on(until),
                reason="测试",
            )
        if life.post:
            branch, title, (since, until) = life.post
            Post.objects.create(
                member=member,
                organization=branches[branch],
                title=title,
                started_on=on(since),
                ended_on=on(until),
            )
        members.append(member)
    return members


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(lives(), min_size=1, max_size=4), DAYS, st.integers(0, 1), st.booleans())
def test_attendance_is_that_of_the_day_whatever_began_or_ended_on_it(
    people: list[Life], day: int, branch: int, of_committee: bool
) -> None:
    kind = Kind.COMMITTEE_MEETING if of_committee else Kind.GROUP_STUDY
    with transaction.atomic():
        _bureau, branches = make_bureau()
        members = write(people, branches)
        held_on = START + dt.timedelta(days=day)
        told = {
            member.pk: (branches[found[0]].pk, *found[1:])
            for member, life in zip(members, people, strict=True)
            if (found := recount(life, day, branch=branch, of_committee=of_committee))
        }
        expected = expected_for([(kind.value, branches[branch])], on=held_on)
        assert {
            one.member_id: (one.organization_id, one.standing.value, one.has_vote)
            for one in expected
        } == told
        if told:
            make_activity(branches[branch], kind, absent={}, held_on=held_on)
            rows = Attendance.objects.values_list("member", "organization", "standing", "has_vote")
            assert {member: tuple(rest) for member, *rest in rows} == told
        transaction.set_rollback(True)
