"""Whether an organization held what a rule asks for, period by period, and why. Pure.

Rules, records and the organization's own dates come in; verdicts go out. Nothing is scored and
nobody ranked: a verdict says what was held, what was asked, by which rule, and what did not count.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Months of a period. A requirement before a holiday has no stretch of the calendar: see `Occasion`.
MONTHS = {"MONTH": 1, "QUARTER": 3, "HALF_YEAR": 6, "YEAR": 12}
HOLIDAY = "HOLIDAY"
COMMITTEE_MEETING = "COMMITTEE_MEETING"
ANNOUNCED_DAYS = 10  # before the day on which a holiday's reminder is due


class State(StrEnum):
    """What a verdict comes to."""

    DONE = "DONE"
    DUE = "DUE"  # the period runs
    LATE = "LATE"  # the period is over
    EXEMPT = "EXEMPT"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class Reason(StrEnum):
    """Why a verdict is exempt or does not apply, or why a record does not count."""

    NO_COMMITTEE = "NO_COMMITTEE"
    FOUNDED_WITHIN = "FOUNDED_WITHIN"
    DISSOLVED_WITHIN = "DISSOLVED_WITHIN"
    NAMED = "NAMED"  # by the administrator, with words of its own
    NOT_YET_FOUNDED = "NOT_YET_FOUNDED"
    DISSOLVED = "DISSOLVED"
    DRAFT = "DRAFT"
    RETURNED = "RETURNED"
    VOID = "VOID"
    NOT_YET_ACCEPTED = "NOT_YET_ACCEPTED"
    COMBINED = (
        "COMBINED"  # counts for another kind that the bureau does not let it be combined with
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """So many activities of a kind within each period, in force `[effective_from, _until)`.

    `organization_kind` is the kind it is for, `scope` the path of the tree it is limited to ("" for
    everywhere). `months` limits a rule to the periods that hold one of these months (1–12),
    `holidays` one before holidays to these; empty means all.
    """

    kind: str
    period: str
    times: int = 1
    organization_kind: str = "BRANCH"
    scope: str = ""
    effective_from: dt.date = dt.date.min
    effective_until: dt.date | None = None
    months: frozenset[int] = frozenset()
    holidays: frozenset[str] = frozenset()
    source: str = ""
    pk: int = 0

    def is_in_force(self, day: dt.date) -> bool:
        return self.effective_from <= day and (
            self.effective_until is None or day < self.effective_until
        )


@dataclass(frozen=True, slots=True)
class Exemption:
    """Named by the administrator: `[started_on, ended_on)`, of one kind or ("") of all."""

    kind: str
    started_on: dt.date
    ended_on: dt.date | None
    words: str


@dataclass(frozen=True, slots=True)
class Life:
    """What there is to know of an organization. `committee`: periods in which it had one."""

    kind: str
    path: str
    founded_on: dt.date | None = None
    closed_on: dt.date | None = None
    committee: tuple[tuple[dt.date, dt.date | None], ...] = ()
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A record credited to the organization. `holiday` is (key, festival year) or None."""

    pk: int
    kinds: frozenset[str]
    held_on: dt.date
    status: str
    holiday: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """A break of a festival year, and the last working day before it.

    Two festivals may share a break (国庆 and 中秋 of 2025): one reminder serves both.
    """

    holidays: tuple[str, ...]
    year: int
    due_on: dt.date

    def is_marked(self, record: Held) -> bool:
        """Whether the record says that it was held for it, whatever its own day."""
        return (
            record.holiday is not None
            and record.holiday[0] in self.holidays
            and record.holiday[1] == self.year
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule, one period. `[first, after)` is the period, `due_on` its last day to be in time.

    `counting` are the keys of the records that count, `others` those of the period that do not,
    each with the reason. `words` are those of a named exemption.
    """

    rule: Rule
    first: dt.date
    after: dt.date
    due_on: dt.date
    state: State
    counting: tuple[int, ...] = ()
    others: tuple[tuple[int, Reason], ...] = ()
    reason: Reason | None = None
    words: str = ""
    holidays: tuple[str, ...] = ()

    @property
    def held(self) -> int:
        return len(self.counting)

    @property
    def missing(self) -> int:
        return max(0, self.rule.times - self.held)


def period_of(day: dt.date, period: str) -> tuple[dt.date, dt.date]:
    """`[first day, first day of the next)` of the period around the day. KeyError: no such one."""
    months = MONTHS[period]
    first = (day.month - 1) // months * months
    after = first + months
    return dt.date(day.year, first + 1, 1), dt.date(day.year + after // 12, after % 12 + 1, 1)


def verdicts_of(
    rules: Iterable[Rule],
    life: Life,
    held: Iterable[Held],
    *,
    year: int,
    on: dt.date,
    counting: frozenset[str],
    occasions: Iterable[Occasion] = (),
    apart: frozenset[tuple[str, str]] = frozenset(),
) -> list[Verdict]:
    """The verdicts of a year as they stand on the day, for periods that have begun by then.

    `counting` are the statuses that count (rule 6 of the counting rules). `apart` are pairs of
    kinds that one activity may not satisfy together in this bureau: it then counts for the first
    of the two. In the order of the rules, then of the calendar.
    """
    rules, records = list(rules), sorted(held, key=lambda one: (one.held_on, one.pk))
    found = []
    for kind in dict.fromkeys(rule.kind for rule in rules):
        of_kind = [
            rule for rule in rules if rule.kind == kind and rule.organization_kind == life.kind
        ]
        for rule, first, after, due_on, occasion in _stretches(of_kind, life, year, occasions):
            if occasion is None and first > on:
                continue
            if occasion is not None and on < due_on - dt.timedelta(days=ANNOUNCED_DAYS):
                continue
            within = [
                one
                for one in records
                if kind in one.kinds
                and (first <= one.held_on < after if occasion is None else occasion.is_marked(one))
            ]
            found.append(
                _judged(
                    Verdict(
                        rule,
                        first,
                        after,
                        due_on,
                        State.DUE,
                        holidays=occasion.holidays if occasion else (),
                    ),
                    life,
                    within,
                    on=on,
                    counting=counting,
                    rivals=frozenset(first for first, second in apart if second == kind),
                )
            )
    return found


def rule_on(rules: Iterable[Rule], life: Life, day: dt.date) -> Rule | None:
    """Of rules of one kind the one that holds for the organization on the day.

    The rule whose scope lies nearest goes before a wider one, a later one before an earlier.
    """
    fitting = [rule for rule in rules if rule.is_in_force(day) and life.path.startswith(rule.scope)]
    return max(fitting, key=lambda rule: (len(rule.scope), rule.effective_from), default=None)


def _stretches(
    rules: Sequence[Rule], life: Life, year: int, occasions: Iterable[Occasion]
) -> list[tuple[Rule, dt.date, dt.date, dt.date, Occasion | None]]:
    """(rule, first, after, due on, occasion) of the year, each by the rule of its first day.

    A change of rule in July leaves what began before July to the old one.
    """
    found: list[tuple[Rule, dt.date, dt.date, dt.date, Occasion | None]] = []
    for rule in rules:
        if rule.period == HOLIDAY:
            for one in occasions:
                asked = not rule.holidays or rule.holidays.intersection(one.holidays)
                if asked and one.year == year and rule_on(rules, life, one.due_on) is rule:
                    after = one.due_on + dt.timedelta(days=1)
                    found.append((rule, one.due_on, after, one.due_on, one))
            continue
        months = MONTHS[rule.period]
        for month in range(1, 13, months):
            first, after = period_of(dt.date(year, month, 1), rule.period)
            if rule.months and not rule.months.intersection(range(month, month + months)):
                continue
            if rule_on(rules, life, first) is rule:
                found.append((rule, first, after, after - dt.timedelta(days=1), None))
    return sorted(found, key=lambda one: (one[1], one[2]))


def _judged(
    verdict: Verdict,
    life: Life,
    within: Sequence[Held],
    *,
    on: dt.date,
    counting: frozenset[str],
    rivals: frozenset[str],
) -> Verdict:
    counted, others = [], []
    for one in within:
        reason = _why_not(one, counting, rivals)
        if reason is None:
            counted.append(one.pk)
        else:
            others.append((one.pk, reason))
    reason, words = None, ""
    if len(counted) >= verdict.rule.times:
        state = State.DONE
    elif (outside := _outside(verdict, life)) is not None:
        state, reason = State.NOT_APPLICABLE, outside
    elif (exempt := _exempt(verdict, life)) is not None:
        state, (reason, words) = State.EXEMPT, exempt
    else:
        state = State.LATE if on > verdict.due_on else State.DUE
    return Verdict(
        verdict.rule,
        verdict.first,
        verdict.after,
        verdict.due_on,
        state,
        tuple(counted),
        tuple(others),
        reason,
        words,
        verdict.holidays,
    )


def _why_not(record: Held, counting: frozenset[str], rivals: frozenset[str]) -> Reason | None:
    if record.status not in counting:
        return Reason.NOT_YET_ACCEPTED if record.status == "SUBMITTED" else Reason(record.status)
    return Reason.COMBINED if rivals & record.kinds else None


def _outside(verdict: Verdict, life: Life) -> Reason | None:
    """The organization was not there in any part of the period."""
    if life.founded_on is not None and life.founded_on >= verdict.after:
        return Reason.NOT_YET_FOUNDED
    if life.closed_on is not None and life.closed_on <= verdict.first:
        return Reason.DISSOLVED
    return None


def _exempt(verdict: Verdict, life: Life) -> tuple[Reason, str] | None:
    """A part of a period is not asked for what the whole of it would have to hold."""
    for one in life.exemptions:
        if one.kind in ("", verdict.rule.kind) and _overlap(
            one.started_on, one.ended_on, verdict.first, verdict.after
        ):
            return Reason.NAMED, one.words
    if life.founded_on is not None and life.founded_on > verdict.first:
        return Reason.FOUNDED_WITHIN, ""
    if life.closed_on is not None and life.closed_on < verdict.after:
        return Reason.DISSOLVED_WITHIN, ""
    if verdict.rule.kind == COMMITTEE_MEETING and not any(
        begun <= verdict.first and (ended is None or ended >= verdict.after)
        for begun, ended in life.committee
    ):
        return Reason.NO_COMMITTEE, ""
    return None


def _overlap(begun: dt.date, ended: dt.date | None, first: dt.date, after: dt.date) -> bool:
    return begun < after and (ended is None or ended > first)
