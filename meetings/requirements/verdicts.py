"""What is found: a state for each rule and period, with the reason where there is one."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from meetings.requirements.facts import Rule


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
