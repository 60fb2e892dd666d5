"""People of the file: who is one person, where they belonged, which posts they held."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from branches.importers.roster.lines import MemberLine
from branches.importers.roster.organizations import SEAT_KINDS, TreePlan
from branches.models import PostTitle

# What the rows of one person have to agree on, where they say it at all.
_ONE_VALUE = {
    "joined_on": "入党日期",
    "converted_on": "转正日期",
    "gender": "性别",
    "ethnicity": "民族",
}


@dataclass(frozen=True, slots=True)
class PostPeriod:
    """A post as the file gives it, `[started_on, ended_on)`, with the row it comes from."""

    line: MemberLine
    code: str
    title: PostTitle
    started_on: dt.date
    ended_on: dt.date | None


@dataclass(slots=True)
class Person:
    """One person of the file. `first` is their first row; values are agreed over all rows."""

    first: MemberLine
    joined_on: dt.date
    converted_on: dt.date | None
    is_full: bool
    gender: str
    ethnicity: str
    notes: tuple[str, ...]
    lines: list[MemberLine] = field(default_factory=list)
    memberships: list[MemberLine] = field(default_factory=list)
    posts: list[PostPeriod] = field(default_factory=list)

    @property
    def is_conversion_date_unknown(self) -> bool:
        return self.is_full and self.converted_on is None


def gather_people(lines: list[MemberLine], tree: TreePlan) -> list[Person]:
    """Persons in the order of their first rows. Only sound rows come in."""
    by_person: dict[tuple[str, str], list[MemberLine]] = defaultdict(list)
    for line in lines:
        by_person[line.person].append(line)
    _check_unnamed_births(by_person)
    people = []
    for own in by_person.values():
        person = _agree(own)
        person.memberships = _memberships(own, tree)
        _check_overlaps(person.memberships)
        person.posts = _posts(own, tree)
        people.append(person)
    return people


def _check_unnamed_births(by_person: dict[tuple[str, str], list[MemberLine]]) -> None:
    """A row without 出生年月 beside one of the same name that has it: nobody can tell."""
    with_birth = {name: own[0] for (name, birth), own in by_person.items() if birth}
    for (name, birth), own in by_person.items():
        if not birth and name in with_birth:
            other = with_birth[name]
            own[0].reading.refuse(
                "出生年月", f"与第 {other.number} 行同名，须填出生年月以分清是否为同一人"
            )


def _agree(own: list[MemberLine]) -> Person:
    values: dict[str, Any] = {}
    for attribute, column in _ONE_VALUE.items():
        said = [line for line in own if getattr(line, attribute)]
        for line in said[1:]:
            if getattr(line, attribute) != getattr(said[0], attribute):
                line.reading.refuse(column, f"与第 {said[0].number} 行（同一人）不一致")
        values[attribute] = getattr(said[0], attribute) if said else None
    first = own[0]
    in_order = sorted(own, key=lambda line: line.start)
    return Person(
        first=first,
        lines=own,
        joined_on=values["joined_on"],
        converted_on=values["converted_on"],
        is_full=any(line.is_full for line in own),
        gender=values["gender"] or "",
        ethnicity=values["ethnicity"] or "",
        notes=tuple(dict.fromkeys(line.note for line in in_order if line.note)),
    )


def _memberships(own: list[MemberLine], tree: TreePlan) -> list[MemberLine]:
    """The rows that are memberships: all but the seats. A seat is a row with a post under a
    committee or general branch that overlaps a row in a branch or group."""
    low = [line for line in own if tree.places[line.code].kind not in SEAT_KINDS]
    return [
        line
        for line in own
        if not (tree.is_seat(line) and any(_overlap(line, other) for other in low))
    ]


def _check_overlaps(lines: list[MemberLine]) -> None:
    """Of every two rows that overlap the lower one in the sheet is refused, once."""
    for index, line in enumerate(lines):
        for other in lines[:index]:
            if not _overlap(line, other):
                continue
            if not line.birth_month:
                line.reading.refuse(
                    "出生年月",
                    f"与第 {other.number} 行同名且时期重叠：两个人须填出生年月以分清，"
                    "同一人的时期须首尾相接",
                )
            else:
                line.reading.refuse(
                    "转入日期" if line.reading.raw("转入日期") else "姓名",
                    f"与第 {other.number} 行（同一人）的时期重叠",
                )
            break


def _overlap(one: MemberLine, other: MemberLine) -> bool:
    return (other.ended_on is None or one.start < other.ended_on) and (
        one.ended_on is None or other.start < one.ended_on
    )


def _posts(own: list[MemberLine], tree: TreePlan) -> list[PostPeriod]:
    """Posts of all rows; rows that continue the same post (a move between two groups of one
    branch) give one period."""
    found: dict[tuple[str, PostTitle, dt.date], PostPeriod] = {}
    for line in own:
        for title in line.titles:
            is_leader = title == PostTitle.GROUP_LEADER
            code = line.code if is_leader else tree.home_of_posts(line.code)
            started_on = line.post_since or line.start
            key = (code, title, started_on)
            post = PostPeriod(line, code, title, started_on, line.ended_on)
            if key in found:
                ends = (found[key].ended_on, line.ended_on)
                latest = None if None in ends else max(end for end in ends if end)
                post = replace(found[key], ended_on=latest)
            found[key] = post
    return list(found.values())
