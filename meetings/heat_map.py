"""A year as 7 × 53 squares, and the same as a table. Pure: plain values in, plain values out.

The number of records of a day is the size of its square, so that it reads without colour.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1921, 2199
STEP = 14  # from square to square, in units of the drawing
LEFT, TOP = 26, 18  # room for the weekdays and the months
SIDES = (3, 6, 9, 12)  # of the square for no record, one, two, three or more


@dataclass(frozen=True, slots=True)
class Square:
    """A day: where its square stands, how large it is, and how many records it tells."""

    day: dt.date
    number: int
    x: float
    y: float
    side: int
    level: int


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the table: its days with records and their numbers."""

    first: dt.date
    x: int  # where its name stands above the squares
    days: tuple[tuple[dt.date, int], ...]

    @property
    def number(self) -> int:
        """Records of the month."""
        return sum(number for _day, number in self.days)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The year's squares, its months, and the measures of the drawing."""

    year: int
    squares: tuple[Square, ...]
    months: tuple[MonthRow, ...]
    width: int
    height: int

    @property
    def number(self) -> int:
        """Records of the year."""
        return sum(square.number for square in self.squares)

    @property
    def days(self) -> int:
        """Days with records."""
        return sum(square.number > 0 for square in self.squares)


def build_heat_map(year: int, numbers: Mapping[dt.date, int]) -> HeatMap:
    """The year from the number of records of each of its days."""
    first = dt.date(year, 1, 1)
    lead = first.weekday()  # Monday is the first row
    squares = []
    columns: dict[int, int] = {}
    day = first
    while day.year == year:
        place = (day - first).days + lead
        column, row = divmod(place, 7)
        columns.setdefault(day.month, column)
        number = numbers.get(day, 0)
        level = min(number, len(SIDES) - 1)
        side = SIDES[level]
        rest = (SIDES[-1] - side) / 2  # squares are centred
        squares.append(
            Square(day, number, LEFT + column * STEP + rest, TOP + row * STEP + rest, side, level)
        )
        day += dt.timedelta(1)
    width = LEFT + (squares_column(squares[-1].day) + 1) * STEP
    months = tuple(
        MonthRow(
            dt.date(year, month, 1),
            LEFT + column * STEP,
            tuple(
                (one.day, one.number) for one in squares if one.number and one.day.month == month
            ),
        )
        for month, column in columns.items()
    )
    return HeatMap(year, tuple(squares), months, width, TOP + 7 * STEP)


def squares_column(day: dt.date) -> int:
    """The column, from 0, of a day: weeks begin on Monday, the first holds 1 January."""
    first = dt.date(day.year, 1, 1)
    return ((day - first).days + first.weekday()) // 7
