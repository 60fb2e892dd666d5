"""Frozen results of counting. No database object leaves the figures package."""

from dataclasses import dataclass
from typing import Literal

# Which table the ids behind a figure belong to.
RecordKind = Literal["activity", "member", "rectification", "appraisal", "organization"]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is, for people: one place that screen, document and annex all read.

    `label` is also the name of the token in the text of a report, so it is unique. `unit` is
    the measure word; `wording` the 口径, in full sentences.
    """

    key: str
    label: str
    unit: str
    wording: str
    records: RecordKind = "activity"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number. `value` is None where there is no data, which is never the same as 0."""

    definition: Definition
    value: int | None
    records: tuple[int, ...]

    @property
    def text(self) -> str:
        """The number as printed: `12`, `96%`, or 未记录."""
        if self.value is None:
            return "未记录"
        return f"{self.value}%" if self.definition.unit == "%" else str(self.value)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of words from the records (titles, themes, holidays), as printed."""

    definition: Definition
    items: tuple[str, ...]
    records: tuple[int, ...]
    limit: int
    joiner: str = "、"
    # What stands for the items left out: 等 after names, nothing after clauses.
    rest: str = "等"

    @property
    def text(self) -> str:
        """The first `limit` items joined, and `rest` when some are left out."""
        shown = self.joiner.join(self.items[: self.limit])
        return shown + (self.rest if len(self.items) > self.limit else "")


@dataclass(frozen=True, slots=True)
class BranchRow:
    """The counts of one branch, by kind."""

    organization_id: int
    code: str
    name: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """Why the branches' counts of a kind do not add up to the total (rule 2).

    branch_sum = total - above_branches + counted_again
    """

    kind: str
    total: int
    branch_sum: int
    counted_again: int  # joint activities, once for each further branch
    above_branches: int  # credited to no branch: the committee's or general branch's own


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Everything counted for one organization (with those below it) and one year."""

    organization_id: int
    organization_code: str
    organization_name: str
    year: int
    statuses: tuple[str, ...]
    figures: dict[str, Figure]
    listings: dict[str, Listing]
    branches: tuple[BranchRow, ...]
    differences: tuple[Difference, ...]
    # activity id -> (expected, present), only where attendance was recorded
    attendance: dict[int, tuple[int, int]]

    def value(self, key: str) -> int | None:
        """The value of a figure. KeyError for an unknown key."""
        return self.figures[key].value

    def records(self, key: str) -> tuple[int, ...]:
        """The ids behind a figure or listing. KeyError for an unknown key."""
        return (self.figures.get(key) or self.listings[key]).records
