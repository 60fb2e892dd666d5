"""A thousand lives, recorded out of order and corrected: standing, voting right, expected people
and holders of posts on every day of a year, against a recount that knows no periods.

The services turn acts into periods with a beginning and an end. The recount walks from day to
day with the acts that were accepted and not undone, as one would with a paper card in hand.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from branches.models import (
    Member,
    MemberEvent,
    Organization,
    OrganizationKind,
    Post,
    PostTitle,
    Standing,
    StandingException,
)
from branches.roster import committee_expected, members_expected, posts_of
from branches.roster_book import RosterBook
from branches.services import people
from tests.factories import make_bureau, make_organization

pytestmark = pytest.mark.django_db

WORLDS, LIVES = 50, 20  # 1,000 lives
YEAR = dt.date(2025, 1, 1)
DAYS = 365
# Where one can belong, and below what each stands.
PLACES = ("D01", "D02", "D01-1", "D01-2")
WITHIN = {"D01": {"D01"}, "D02": {"D02"}, "D01-1": {"D01-1", "D01"}, "D01-2": {"D01-2", "D01"}}
BRANCH = {"D01": "D01", "D02": "D02", "D01-1": "D01", "D01-2": "D01"}
TITLES = (PostTitle.SECRETARY, PostTitle.COMMITTEE_MEMBER, PostTitle.GROUP_LEADER)
EFFECTS = ("NOT_EXPECTED", "NOT_VOTING")

# A day of the year (some of them twice: many acts should fall on one day), a kind of act, and
# numbers by which the act chooses.
ACTS = (
    "convert",
    "extend",
    "move",
    "move",
    "out",
    "in",
    "post",
    "post",
    "post end",
    "mark",
    "mark",
    "mark end",
    "gone",
    "undo",
    "undo",
)
act = st.tuples(
    st.sampled_from(ACTS),
    st.one_of(st.integers(0, DAYS - 1), st.sampled_from((90, 180, 270))),
    st.integers(0, 7),
    st.integers(0, 200),
)


@dataclass
class Card:
    """What was accepted about one person: entry → (day, act, details)."""

    member: Member
    lines: dict[int, tuple[int, str, Any]] = field(default_factory=dict)


def on(day: int) -> dt.date:
    return YEAR + dt.timedelta(days=day)


# -- the services at work


def begin(name: str, start: tuple[bool, int, int], places: dict[str, Organization]) -> Card:
    """A life begins: admitted on a day, or taken in as full member before the year."""
    is_new, day, place = start
    organization = places[PLACES[place]]
    if is_new:
        event = people.admit(
            organization=organization, happened_on=on(day - 500), name=name, user=None
        )
        return Card(event.member, {event.pk: (day - 500, "admit", PLACES[place])})
    event = people.take_in(
        organization=organization,
        happened_on=on(-30),
        outside_unit="外单位",
        name=name,
        joined_on=on(-4000),
        converted_on=on(-3600),
        user=None,
    )
    return Card(event.member, {event.pk: (-30, "take in", PLACES[place])})


def record(card: Card, deed: tuple[str, int, int, int], places: dict[str, Organization]) -> None:
    """One act of the services; what they accept goes onto the card."""
    kind, day, choice, length = deed
    member, when = card.member, {"happened_on": on(day), "user": None}
    place = PLACES[choice % 4]
    until = day + length if choice % 2 and length else None
    line: Any = None
    if kind == "undo":
        events = list(MemberEvent.objects.filter(member=member, corrects=None, correction=None))
        event = sorted(events, key=lambda one: -one.pk)[choice % len(events)]
        people.undo_entry(event, reason="错录", user=None)
        del card.lines[event.pk]
        return
    if kind == "convert":
        event = people.convert(member, **when)
    elif kind == "extend":
        event = people.extend_probation(member, ends_on=on(day + length), reason="—", **when)
    elif kind == "move":
        event, line = people.transfer(member, organization=places[place], **when), place
    elif kind == "in":
        event, line = (
            people.transfer_in(member, organization=places[place], outside_unit="外", **when),
            place,
        )
    elif kind == "out":
        event = people.transfer_out(member, outside_unit="外", **when)
    elif kind == "gone":
        leaves = people.leave if choice < 4 else people.decease
        event = leaves(member, **when, **({"reason": "退党"} if choice < 4 else {}))
    elif kind == "post":
        title = TITLES[choice % 3]
        event = people.begin_post(
            member,
            organization=places[place],
            title=title,
            until=None if until is None else on(until),
            **when,
        )
        line = (place, title, until)
    elif kind == "post end":
        posts = list(Post.objects.filter(member=member).select_related("organization", "member"))
        post = posts[choice % len(posts)]
        event = people.end_post(post, **when)
        line = (post.organization.code, post.title)
    elif kind == "mark":
        effect = EFFECTS[choice // 4]
        event = people.mark_exception(
            member,
            effect=StandingException.Effect(effect),
            until=None if until is None else on(until),
            reason="借调",
            **when,
        )
        line = (effect, until)
    else:
        rows = list(StandingException.objects.filter(membership__member=member))
        row = rows[choice % len(rows)]
        event, line = people.end_exception(row, **when), row.effect
    card.lines[event.pk] = (day, kind, line)


# -- the recount

# On one day: first what is given up, then where one goes, then what one is given.
TURNS = ("convert", "extend", "admit", "take in", "move", "out", "gone", "in")
THEN = ("post end", "mark end", "post", "mark")


@dataclass
class Today:
    """How one person stands on the day at hand."""

    place: str = ""
    is_full: bool = False
    is_admitted: bool = False
    posts: dict[tuple[str, str], int | None] = field(default_factory=dict)
    limits: dict[str, int | None] = field(default_factory=dict)

    def turn(self, kind: str, line: Any) -> None:
        if kind in ("admit", "take in"):
            self.is_admitted, self.is_full, self.place = True, kind == "take in", line
        elif kind == "convert":
            self.is_full = True
        elif kind in ("move", "in"):
            if self.place and BRANCH[self.place] != BRANCH[line]:
                self.limits.pop("NOT_EXPECTED", None)
            self.place = line
            self.posts = {key: end for key, end in self.posts.items() if key[0] in WITHIN[line]}
        elif kind in ("out", "gone"):
            self.place, self.posts, self.limits = "", {}, {}
        elif kind == "post":
            self.posts[line[0], line[1]] = line[2]
        elif kind == "post end":
            self.posts.pop(line, None)  # whoever goes the same day has given it up already
        elif kind == "mark":
            self.limits[line[0]] = line[1]
        elif kind == "mark end":
            self.limits.pop(line, None)


def recount(card: Card) -> list[Today]:
    """The person on each day of the year."""
    at: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for _entry, (day, kind, line) in sorted(card.lines.items()):
        at[day].append((kind, line))
    now, days = Today(), []
    for day in range(-520, DAYS):
        now.posts = {key: end for key, end in now.posts.items() if end != day}
        now.limits = {key: end for key, end in now.limits.items() if end != day}
        for kind, line in sorted(at[day], key=lambda one: (*TURNS, *THEN).index(one[0])):
            now.turn(kind, line)
        if day >= 0:
            days.append(
                Today(now.place, now.is_full, now.is_admitted, {**now.posts}, {**now.limits})
            )
    return days


# -- side by side


def expected_by(days: list[tuple[Member, Today]], code: str) -> dict[int, tuple[str, bool]]:
    """Who is expected at or below the organization: standing and vote by member."""
    return {
        member.pk: (
            Standing.FULL if one.is_full else Standing.PROBATIONARY,
            one.is_full and "NOT_VOTING" not in one.limits,
        )
        for member, one in days
        if one.place
        and (code == "D00" or code in WITHIN[one.place])
        and "NOT_EXPECTED" not in one.limits
    }


def committee_by(days: list[tuple[Member, Today]], code: str) -> set[int]:
    return {
        member.pk
        for member, one in days
        if "NOT_EXPECTED" not in one.limits
        and any(key[0] == code and key[1] != PostTitle.GROUP_LEADER for key in one.posts)
    }


def compare(cards: list[Card], bureau: Organization, places: dict[str, Organization]) -> None:
    everyone = {"D00": bureau} | places
    book = RosterBook(everyone.values())
    counted = [(card.member, recount(card)) for card in cards]
    members = [card.member.pk for card in cards]
    turns = {day for card in cards for day, _k, _l in card.lines.values()}
    for day in range(DAYS):
        days = [(member, one[day]) for member, one in counted]
        ways = [(book.members_expected, book.committee_expected)]
        if day in turns:  # what the database answers, on the days on which something turns
            ways.append((members_expected, committee_expected))
            held = posts_of(members, on=on(day))
            assert {
                pk: {(one.code, title) for title, one in posts} for pk, posts in held.items()
            } == {member.pk: set(one.posts) for member, one in days if one.posts}, day
        for belong, sit in ways:
            found = {
                one.member_id: (one.standing, one.has_vote) for one in belong([bureau], on=on(day))
            }
            assert found == expected_by(days, "D00"), day
            for code in ("D01", "D01-1"):
                found = {
                    one.member_id: (one.standing, one.has_vote)
                    for one in belong([everyone[code]], on=on(day))
                }
                assert found == expected_by(days, code), (day, code)
            assert {one.member_id for one in sit([places["D01"]], on=on(day))} == committee_by(
                days, "D01"
            ), day


life = st.tuples(
    st.tuples(st.booleans(), st.integers(0, 600), st.integers(0, 3)),
    st.lists(act, min_size=2, max_size=7),
)


@settings(
    max_examples=WORLDS,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
@given(st.lists(life, min_size=LIVES, max_size=LIVES))
def test_every_day_of_a_year_is_what_a_recount_from_day_to_day_finds(
    lives: list[tuple[tuple[bool, int, int], list[tuple[str, int, int, int]]]],
) -> None:
    with transaction.atomic():
        bureau, (first, second) = make_bureau()
        groups = [
            make_organization(code, parent=first, kind=OrganizationKind.GROUP)
            for code in PLACES[2:]
        ]
        places = dict(zip(PLACES, (first, second, *groups), strict=True))
        cards = []
        for number, (start, deeds) in enumerate(lives):
            card = begin(f"甲{number}", start, places)
            cards.append(card)
            for deed in deeds:
                try:
                    with transaction.atomic():
                        record(card, deed, places)
                except (ValidationError, ZeroDivisionError):
                    continue  # refused, or there was nothing to choose from
        compare(cards, bureau, places)
        transaction.set_rollback(True)
