"""Tables of words: what the lists of a handover are made of."""

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.models import Organization

SHORT = 12  # characters: 2026年11月24日 are 11


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, the page it leads to, more lines below it, and a word that presses."""

    text: str
    url: str = ""
    lines: tuple[str, ...] = ()
    tag: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it is to stay on one line: a day, a name, a number."""
        return len(self.text) <= SHORT and not self.lines


@dataclass(frozen=True, slots=True)
class Table:
    """A heading with its rows; the first cell of each names it. `empty` stands for no rows.

    `more` rows are left out, and stand at `more_url`.
    """

    slug: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    more: int = 0
    more_url: str = ""

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return len(self.rows) + self.more

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """The rows with the heading beside each cell, as a narrow screen shows them."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def without_own_name(table: Table, organization: Organization) -> Table:
    """Without the column of organizations, unless some row is of another one."""
    name = _("Party organization")
    at = table.columns.index(name) if name in table.columns else 0
    if not at or any(row[at].text != organization.label for row in table.rows):
        return table
    return replace(
        table,
        columns=table.columns[:at] + table.columns[at + 1 :],
        rows=tuple(row[:at] + row[at + 1 :] for row in table.rows),
    )


def organization_cell(organization: Organization | None) -> Cell:
    """Its short name, not a link: the page is about it."""
    return Cell(organization.label if organization else "–")


def day_text(day: dt.date | None) -> str:
    """A day in words, a dash for none."""
    return date_format(day, "DATE_FORMAT") if day else "–"


def overdue_tag(is_overdue: bool) -> str:
    """The word beside a day that is over."""
    return _("overdue") if is_overdue else ""


def listed_at(name: str, organization: Organization) -> str:
    """The address of a list, narrowed to the organization."""
    return f"{reverse(name)}?{urlencode({'organization': organization.code})}"
