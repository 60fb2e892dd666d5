"""What is looked at before a record is handed in. Pure: facts in, findings out, integers only.

A finding names the field of the form that it is about and a rule; the words that people read
stand in `check_words`. Blocking ones stop the submission, warnings are shown and may stand.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from meetings.check_texts import not_among, says_passed
from meetings.quorum import has_quorum, is_carried, majority_needed, quorum_needed

COMMITTEE_BEFORE = 30  # days within which the committee prepares what a general meeting decides

type Said = str | int | dt.date


class Level(StrEnum):
    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check. `said` holds what the words of the rule need, `record` the id of
    another record that is named and may be opened."""

    level: Level
    rule: str
    field: str
    said: Mapping[str, Said] = dataclasses.field(default_factory=dict)
    record: int | None = None

    @property
    def is_blocking(self) -> bool:
        return self.level == Level.BLOCKING


@dataclass(frozen=True, slots=True)
class Meeting:
    """A general or committee meeting of one organization among the credits, with the heads that
    make its quorum. `kind` is the stored code."""

    kind: str
    organization: str
    expected: int
    present: int


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item: its decision and votes (None: not recorded)."""

    topic: str
    decision: str = ""
    ayes: int | None = None
    noes: int | None = None
    abstentions: int | None = None

    @property
    def votes(self) -> tuple[int, ...]:
        found = (self.ayes, self.noes, self.abstentions)
        return tuple(count for count in found if count is not None)


@dataclass(frozen=True, slots=True)
class Clash:
    """People who were at another record's activity at the same time; `title` is empty when that
    record lies outside the reader's scope."""

    names: tuple[str, ...]
    record: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Appraised:
    """The grades of one organization, and how many full members it had on the day."""

    organization: str
    field: str  # of its first number
    full: int
    excellent: int
    graded: int  # of all grades together


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at. `present` and `known` are names; `voters` and `meetings` are None
    and empty while attendance is not recorded."""

    today: dt.date
    held_on: dt.date
    recorded_on: dt.date | None = None  # None: imported, nobody knows when it was written down
    late_after: int = 15  # days
    kinds: frozenset[str] = frozenset()
    is_attended: bool = True
    meetings: tuple[Meeting, ...] = ()
    voters: int | None = None
    known: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    chair: str = ""
    recorder: str = ""
    lecturer: str = ""
    decision: str = ""
    agenda: tuple[Item, ...] = ()
    has_holiday: bool = False
    has_materials: bool = False
    clashes: tuple[Clash, ...] = ()
    twin: tuple[int, str, dt.date] | None = None  # id, subject and day of the other record
    appraised: tuple[Appraised, ...] = ()
    unprepared: tuple[str, ...] = ()  # organizations with a committee that did not meet before

    @property
    def has_decided(self) -> bool:
        return bool(self.decision) or any(item.decision or item.votes for item in self.agenda)


def check(facts: Facts) -> tuple[Finding, ...]:
    """Every finding, blocking ones first, each group in the order of the rules."""
    found = [finding for rule in RULES for finding in rule(facts)]
    return tuple(sorted(found, key=lambda finding: not finding.is_blocking))


def future_date(facts: Facts) -> Iterator[Finding]:
    if facts.held_on > facts.today:
        yield Finding(Level.BLOCKING, "future_date", "held_on", {"day": facts.held_on})


def quorum_missing(facts: Facts) -> Iterator[Finding]:
    """A committee without quorum cannot meet (支部条例 §12), a general meeting not vote (§11)."""
    for meeting in facts.meetings:
        if has_quorum(present=meeting.present, expected=meeting.expected):
            continue
        is_general = meeting.kind == "GENERAL_MEETING"
        yield Finding(
            Level.WARNING if is_general and not facts.has_decided else Level.BLOCKING,
            "quorum_missing_general" if is_general else "quorum_missing_committee",
            "attendance",
            {
                "organization": meeting.organization,
                "expected": meeting.expected,
                "present": meeting.present,
                "needed": quorum_needed(expected=meeting.expected),
            },
        )


def item_undecided(facts: Facts) -> Iterator[Finding]:
    for row, item in enumerate(facts.agenda):
        if item.votes and not item.decision:
            said: dict[str, Said] = {"number": row + 1, "topic": item.topic}
            yield Finding(Level.BLOCKING, "item_undecided", f"agenda-{row}-decision", said)


def votes_too_many(facts: Facts) -> Iterator[Finding]:
    for row, item in enumerate(facts.agenda):
        votes = sum(item.votes)
        if facts.voters is not None and votes > facts.voters:
            yield Finding(
                Level.BLOCKING,
                "votes_too_many",
                f"agenda-{row}-votes_for",
                {"number": row + 1, "votes": votes, "voters": facts.voters},
            )


def majority_missed(facts: Facts) -> Iterator[Finding]:
    """Of those expected with voting right (rule 9), where the decision says that it passed."""
    for row, item in enumerate(facts.agenda):
        if facts.voters is None or item.ayes is None or not says_passed(item.decision):
            continue
        if not is_carried(ayes=item.ayes, expected=facts.voters):
            yield Finding(
                Level.WARNING,
                "majority_missed",
                f"agenda-{row}-decision",
                {
                    "number": row + 1,
                    "ayes": item.ayes,
                    "voters": facts.voters,
                    "needed": majority_needed(expected=facts.voters),
                },
            )


def leader_absent(facts: Facts) -> Iterator[Finding]:
    if not facts.is_attended:
        return
    for name, text in (("chair", facts.chair), ("recorder", facts.recorder)):
        if missing := not_among(text, present=facts.present, known=facts.known):
            yield Finding(Level.WARNING, f"{name}_absent", name, {"names": "、".join(missing)})


def two_places(facts: Facts) -> Iterator[Finding]:
    for clash in facts.clashes:
        said = {"names": "、".join(clash.names), "title": clash.title}
        if clash.title:
            yield Finding(Level.WARNING, "two_places", "start_time", said, clash.record)
        else:
            yield Finding(Level.WARNING, "two_places_elsewhere", "start_time", said)


def same_minutes(facts: Facts) -> Iterator[Finding]:
    if facts.twin:
        record, title, day = facts.twin
        yield Finding(
            Level.WARNING, "same_minutes", "minutes", {"title": title, "day": day}, record
        )


def committee_missing(facts: Facts) -> Iterator[Finding]:
    if facts.has_decided:
        for organization in facts.unprepared:
            said: dict[str, Said] = {"organization": organization, "days": COMMITTEE_BEFORE}
            yield Finding(Level.WARNING, "committee_missing", "held_on", said)


def late_entry(facts: Facts) -> Iterator[Finding]:
    """A fact to be known, not a fault (rule 10)."""
    day = facts.recorded_on
    if day is not None and (day - facts.held_on).days > facts.late_after:
        said = {"held_on": facts.held_on, "recorded_on": day}
        yield Finding(Level.WARNING, "late_entry", "held_on", said)


def attendance_missing(facts: Facts) -> Iterator[Finding]:
    if not facts.is_attended:
        yield Finding(Level.WARNING, "attendance_missing", "attendance")


def too_many_graded(facts: Facts) -> Iterator[Finding]:
    """Every full member has one grade, a probationary one none (支部条例 §18), and 优秀 goes to at
    most a third of the full members."""
    for one in facts.appraised:
        said: dict[str, Said] = {"organization": one.organization, "full": one.full}
        if 3 * one.excellent > one.full:
            said |= {"excellent": one.excellent, "most": one.full // 3}
            yield Finding(Level.WARNING, "too_many_excellent", one.field, said)
        if one.graded > one.full:
            said |= {"graded": one.graded}
            yield Finding(Level.WARNING, "too_many_graded", one.field, said)


def detail_missing(facts: Facts) -> Iterator[Finding]:
    """What belongs to a kind and was left empty."""
    for kind, name, is_given in (
        ("INTEGRITY_EDUCATION", "holiday", facts.has_holiday),
        ("PARTY_LECTURE", "lecturer", bool(facts.lecturer)),
        ("GROUP_STUDY", "materials", facts.has_materials),
        ("DEMOCRATIC_APPRAISAL", "grades", bool(facts.appraised)),
    ):
        if kind in facts.kinds and not is_given:
            yield Finding(Level.WARNING, f"{name}_missing", name)


RULES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    future_date,
    quorum_missing,
    item_undecided,
    votes_too_many,
    majority_missed,
    leader_absent,
    two_places,
    same_minutes,
    committee_missing,
    late_entry,
    attendance_missing,
    too_many_graded,
    detail_missing,
)
