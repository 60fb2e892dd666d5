"""What verdicts rest on: the rules, and what is known of an organization and its records."""

import datetime as dt
from dataclasses import dataclass

HOLIDAY = "HOLIDAY"  # the period of a requirement before holidays: see `Occasion`


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
