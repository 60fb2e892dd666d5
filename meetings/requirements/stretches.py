"""Where a year asks for something: the periods and the breaks, each with the rule in force."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetings.requirements.facts import HOLIDAY, Life, Occasion, Rule

MONTHS = {"MONTH": 1, "QUARTER": 3, "HALF_YEAR": 6, "YEAR": 12}  # of a period
ANNOUNCED_DAYS = 10  # before the day on which a holiday's reminder is due


@dataclass(frozen=True, slots=True)
class Stretch:
    """A rule and what it asks about: `[first, after)`, or what is held for the occasion.

    Nothing is said of it before `asked_from`; `due_on` is the last day to be in time.
    """

    rule: Rule
    first: dt.date
    after: dt.date
    due_on: dt.date
    asked_from: dt.date
    occasion: Occasion | None = None


def period_of(day: dt.date, period: str) -> tuple[dt.date, dt.date]:
    """`[first day, first day of the next)` of the period around the day. KeyError: no such one."""
    months = MONTHS[period]
    first = (day.month - 1) // months * months
    after = first + months
    return dt.date(day.year, first + 1, 1), dt.date(day.year + after // 12, after % 12 + 1, 1)


def rules_for(rules: Iterable[Rule], life: Life) -> list[Rule]:
    """Those that are for its kind of organization and reach its place in the tree."""
    return [
        rule
        for rule in rules
        if rule.organization_kind == life.kind and life.path.startswith(rule.scope)
    ]


def stretches_of(
    rules: Sequence[Rule], *, year: int, occasions: Iterable[Occasion] = ()
) -> list[Stretch]:
    """The stretches of a year for the organizations that these rules are for.

    In the order in which kinds come first in the rules, then of the calendar. Whose rules are
    equal, their stretches are: they are worked out once for all branches of a bureau.
    """
    occasions = list(occasions)
    found = []
    for kind in dict.fromkeys(rule.kind for rule in rules):
        of_kind = [rule for rule in rules if rule.kind == kind]
        stretches = [
            stretch
            for rule in of_kind
            for stretch in (
                _before_holidays(rule, year, occasions)
                if rule.period == HOLIDAY
                else _periods(rule, year)
            )
            # A change of rule in July leaves what began before July to the old one.
            if _rule_on(of_kind, stretch.first) is rule
        ]
        found += sorted(stretches, key=lambda one: (one.first, one.after))
    return found


def _rule_on(rules: Iterable[Rule], day: dt.date) -> Rule | None:
    """Of rules of one kind the one that holds on the day.

    The rule whose scope lies nearest goes before a wider one, a later one before an earlier.
    """
    in_force = [rule for rule in rules if rule.is_in_force(day)]
    return max(in_force, key=lambda rule: (len(rule.scope), rule.effective_from), default=None)


def _periods(rule: Rule, year: int) -> list[Stretch]:
    months = MONTHS[rule.period]
    found = []
    for month in range(1, 13, months):
        if rule.months and not rule.months.intersection(range(month, month + months)):
            continue
        first, after = period_of(dt.date(year, month, 1), rule.period)
        found.append(Stretch(rule, first, after, after - dt.timedelta(days=1), first))
    return found


def _before_holidays(rule: Rule, year: int, occasions: Iterable[Occasion]) -> list[Stretch]:
    """One for each break that the rule asks about; it begins and ends with the day it is due."""
    return [
        Stretch(
            rule,
            one.due_on,
            one.due_on + dt.timedelta(days=1),
            one.due_on,
            one.due_on - dt.timedelta(days=ANNOUNCED_DAYS),
            one,
        )
        for one in occasions
        if one.year == year and (not rule.holidays or rule.holidays.intersection(one.holidays))
    ]
