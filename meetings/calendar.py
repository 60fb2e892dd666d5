"""A month as weeks of days with what is on record. Pure: plain values in, plain values out."""

import calendar as months
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meetings.heat_map import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the month: how many records it has, and the first of them."""

    day: dt.date
    number: int
    shown: tuple[object, ...]

    @property
    def hidden(self) -> int:
        """How many records the page leaves to the list of the day."""
        return self.number - len(self.shown)


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None stands for the days of other months."""

    first: dt.date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    number: int

    @property
    def previous(self) -> dt.date | None:
        """The first day of the month before, None at the edge of what the site knows."""
        day = self.first - dt.timedelta(1)
        return day.replace(day=1) if day.year >= FIRST_YEAR else None

    @property
    def next(self) -> dt.date | None:
        """The first day of the month after, None at the edge of what the site knows."""
        day = (self.first + dt.timedelta(31)).replace(day=1)
        return day if day.year <= LAST_YEAR else None


def build_month(
    year: int,
    month: int,
    *,
    numbers: Mapping[dt.date, int],
    shown: Mapping[dt.date, Sequence[object]],
) -> Month:
    """The month from the number of records of each day and those of them that are shown."""

    def cell(number: int) -> DayCell | None:
        if not number:
            return None
        day = dt.date(year, month, number)
        return DayCell(day, numbers.get(day, 0), tuple(shown.get(day, ())))

    weeks = tuple(
        tuple(cell(number) for number in week)
        for week in months.Calendar(firstweekday=0).monthdayscalendar(year, month)
    )
    total = sum(one.number for week in weeks for one in week if one)
    return Month(dt.date(year, month, 1), weeks, total)
