"""What is still due in the period that runs, by the rules in force. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

# Months of a period. Before each holiday is no stretch of the calendar and is judged elsewhere.
_MONTHS = {"MONTH": 1, "QUARTER": 3, "HALF_YEAR": 6, "YEAR": 12}


@dataclass(frozen=True, slots=True)
class Rule:
    """So many activities of the kind within each period (`MONTH`, `QUARTER`, …)."""

    kind: str
    period: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class StillDue:
    """A rule that the period at hand has not met yet. `last_day` is the period's own."""

    kind: str
    period: str
    missing: int
    last_day: dt.date


def period_of(day: dt.date, period: str) -> tuple[dt.date, dt.date]:
    """`[first day, first day of the next)` of the period around the day. KeyError: no such one."""
    months = _MONTHS[period]
    first = (day.month - 1) // months * months
    after = first + months
    return dt.date(day.year, first + 1, 1), dt.date(day.year + after // 12, after % 12 + 1, 1)


def still_due(
    rules: Iterable[Rule],
    held: Iterable[tuple[str, dt.date]],
    *,
    on: dt.date,
    periods: frozenset[str] = frozenset({"MONTH", "QUARTER"}),
) -> list[StillDue]:
    """Rules of the given periods with fewer activities `held` (kind, day) than they ask for.

    The soonest end first, then in the order of the rules.
    """
    held = list(held)
    found = []
    for rule in rules:
        if rule.period not in periods:
            continue
        first, after = period_of(on, rule.period)
        done = sum(kind == rule.kind and first <= day < after for kind, day in held)
        if done < rule.times:
            last_day = after - dt.timedelta(days=1)
            found.append(StillDue(rule.kind, rule.period, rule.times - done, last_day))
    return sorted(found, key=lambda due: due.last_day)
