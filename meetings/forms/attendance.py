"""The attendance grid: everyone expected on the day, and what was ticked for each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from branches.clean import clean_line, comparable
from branches.models import Member, Organization
from branches.roster import Expected, committee_expected, posts_of
from meetings.attendance import Turnout
from meetings.expected import COMMITTEE_KINDS, expected_for
from meetings.models import AttendanceState, Kind
from meetings.nearest_names import Person
from meetings.quorum import has_quorum, quorum_needed
from meetings.services import LeaveLine

LONGEST_REASON = 200  # as the column
# Offered at a press; they are content of the record, so Chinese whatever the language of the page.
QUICK_REASONS = ("病假", "事假", "出差", "公差", "休假")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person of the grid; `state` is empty while nothing was ticked."""

    member_id: int
    name: str
    organization: str
    standing: str
    posts: tuple[str, ...]
    has_vote: bool
    on_committee: bool
    state: str
    reason: str
    sort_key: str = ""
    birth_month: str = ""  # of namesakes only, to tell them apart

    @property
    def keys(self) -> str:
        """What finds the person while typing: initials and pinyin, `oymy ouyangmingyue`."""
        syllables = self.sort_key.split()
        return f"{''.join(one[0] for one in syllables)} {''.join(syllables)}"


@dataclass(frozen=True, slots=True)
class GridQuorum:
    """Quorum of the meeting as ticked so far; `of` says whose: "vote" or "committee"."""

    of: str
    expected: int
    present: int

    @property
    def needed(self) -> int:
        return quorum_needed(expected=self.expected)

    @property
    def is_reached(self) -> bool:
        return has_quorum(present=self.present, expected=self.expected)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows, and whether they are a record or only a list so far."""

    rows: tuple[GridRow, ...]
    is_recorded: bool
    quorums: tuple[GridQuorum, ...] = ()
    is_joint: bool = False

    @property
    def shown(self) -> str:
        """Ids of the people listed: sent back, so that nobody is marked without being seen."""
        return ",".join(str(row.member_id) for row in self.rows)

    @property
    def quick_reasons(self) -> tuple[str, ...]:
        return QUICK_REASONS

    @property
    def people(self) -> tuple[Person, ...]:
        """Those listed, to read a pasted list against."""
        return tuple(
            Person(row.member_id, row.name, row.sort_key, row.birth_month) for row in self.rows
        )

    @property
    def turnout(self) -> Turnout:
        states = [row.state for row in self.rows]
        return Turnout(
            expected=len(states),
            present=states.count(AttendanceState.PRESENT),
            on_leave=states.count(AttendanceState.ON_LEAVE),
            absent=states.count(AttendanceState.ABSENT),
            voting_expected=sum(row.has_vote for row in self.rows),
        )


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a browser sent about attendance."""

    states: Mapping[int, str]
    reasons: Mapping[int, str]
    shown: frozenset[int] = frozenset()

    @property
    def exceptions(self) -> dict[int, LeaveLine]:
        """Those on leave or absent."""
        return {
            member_id: LeaveLine(AttendanceState(state), self.reasons.get(member_id, ""))
            for member_id, state in self.states.items()
            if state != AttendanceState.PRESENT
        }


def read_ticks(sent: Mapping[str, str]) -> Ticks:
    """`state-ID` and `reason-ID` of a form or an address; what makes no sense is passed over."""
    states: dict[int, str] = {}
    reasons: dict[int, str] = {}
    for name in sent:
        field, _dash, number = name.partition("-")
        if not (number.isascii() and number.isdigit()):
            continue
        if field == "state" and sent[name] in AttendanceState.values:
            states[int(number)] = sent[name]
        elif field == "reason" and (reason := clean_line(sent[name])):
            reasons[int(number)] = reason[:LONGEST_REASON]
    shown = sent.get("shown", "").split(",")
    return Ticks(
        states, reasons, frozenset(int(one) for one in shown if one.isascii() and one.isdigit())
    )


def grid_for(
    credits: Iterable[tuple[str, Organization]],
    *,
    on: dt.date,
    ticks: Ticks,
    is_recorded: bool,
) -> Grid:
    """Everyone expected, with what was ticked. Once recorded, whoever has no mark is present.

    At most eleven queries, whatever the number of people.
    """
    credits = list(credits)
    people = expected_for(credits, on=on)
    posts = posts_of([person.member_id for person in people], on=on)
    labels = {
        organization.pk: organization.label
        for organization in Organization.objects.filter(
            pk__in={person.organization_id for person in people}
        )
    }
    kinds = {kind for kind, _organization in credits}
    bodies = [organization for kind, organization in credits if kind in COMMITTEE_KINDS]
    seats = {one.member_id for one in committee_expected(bodies, on=on)} if bodies else set()
    births = _births_of_namesakes(people)
    unmarked = AttendanceState.PRESENT.value if is_recorded else ""
    rows = tuple(
        GridRow(
            member_id=person.member_id,
            name=person.name,
            organization=labels[person.organization_id],
            standing=person.standing.value,
            # A post in the branch and one in its group are often the same: said once.
            posts=tuple(
                dict.fromkeys(
                    str(title.label) for title, _organization in posts.get(person.member_id, ())
                )
            ),
            has_vote=person.has_vote,
            on_committee=person.member_id in seats,
            state=ticks.states.get(person.member_id, unmarked),
            reason=ticks.reasons.get(person.member_id, ""),
            sort_key=person.sort_key,
            birth_month=births.get(person.member_id, ""),
        )
        for person in people
    )
    return Grid(
        rows=rows,
        is_recorded=is_recorded,
        quorums=_quorums(rows, kinds=kinds),
        is_joint=len(labels) > 1,
    )


def _births_of_namesakes(people: Iterable[Expected]) -> dict[int, str]:
    people = list(people)
    times = Counter(comparable(person.name) for person in people)
    same = [person.member_id for person in people if times[comparable(person.name)] > 1]
    if not same:
        return {}
    return dict(Member.objects.filter(pk__in=same).values_list("pk", "birth_month"))


def _quorums(rows: tuple[GridRow, ...], *, kinds: set[str]) -> tuple[GridQuorum, ...]:
    counted = []
    if Kind.GENERAL_MEETING in kinds:
        counted.append(("vote", [row for row in rows if row.has_vote]))
    if kinds & COMMITTEE_KINDS:
        counted.append(("committee", [row for row in rows if row.on_committee]))
    return tuple(
        GridQuorum(
            of=of,
            expected=len(group),
            present=sum(row.state == AttendanceState.PRESENT for row in group),
        )
        for of, group in counted
    )


def list_changed() -> str:
    """Said when the people listed in the form are not those expected."""
    return _(
        "The day, the kind or the organizations changed, and with them who was expected. "
        "Check the list of names below and save again."
    )
