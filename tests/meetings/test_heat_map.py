"""The year as squares and the month as weeks: pure, at their edges."""

import calendar
import datetime as dt

import pytest

from meetings.calendar import build_month
from meetings.heat_map import LEFT, SIDES, STEP, TOP, build_heat_map


@pytest.mark.parametrize("year", range(2019, 2034))
def test_every_day_of_a_year_has_its_square_in_its_weekdays_row(year: int) -> None:
    drawn = build_heat_map(year, {})
    assert len(drawn.squares) == 366 if calendar.isleap(year) else 365
    for square in drawn.squares:
        middle = square.y + square.side / 2 - TOP - SIDES[-1] / 2
        assert middle == square.day.weekday() * STEP
        assert square.x >= LEFT
        assert square.x + square.side <= drawn.width
        assert square.y + square.side <= drawn.height
    assert len({(one.x, one.y) for one in drawn.squares}) == len(drawn.squares)


def test_more_records_are_a_larger_square_up_to_three() -> None:
    days = [dt.date(2025, 3, day) for day in range(1, 6)]
    drawn = build_heat_map(2025, dict(zip(days, (1, 2, 3, 40, 0), strict=True)))
    sides = [one.side for one in drawn.squares if one.day in days]
    assert sides == [SIDES[1], SIDES[2], SIDES[3], SIDES[3], SIDES[0]]


def test_the_table_tells_the_same_as_the_squares() -> None:
    numbers = {dt.date(2025, 1, 1): 2, dt.date(2025, 12, 31): 1}
    drawn = build_heat_map(2025, numbers)
    assert (drawn.number, drawn.days) == (3, 2)
    assert len(drawn.months) == 12
    assert {day: number for month in drawn.months for day, number in month.days} == numbers


def test_a_month_is_whole_weeks_from_monday_with_its_days_once() -> None:
    month = build_month(2024, 2, numbers={dt.date(2024, 2, 29): 3}, shown={})
    assert {len(week) for week in month.weeks} == {7}
    days = [cell.day for week in month.weeks for cell in week if cell]
    assert days == [dt.date(2024, 2, day) for day in range(1, 30)]
    for week in month.weeks:
        for weekday, cell in enumerate(week):
            assert cell is None or cell.day.weekday() == weekday
    assert month.number == 3


def test_what_a_day_does_not_show_is_counted() -> None:
    day = dt.date(2025, 3, 5)
    month = build_month(2025, 3, numbers={day: 5}, shown={day: ["甲", "乙"]})
    [cell] = [cell for week in month.weeks for cell in week if cell and cell.number]
    assert (cell.shown, cell.hidden) == (("甲", "乙"), 3)


@pytest.mark.parametrize(
    ("year", "month", "before", "after"),
    [
        (2025, 1, dt.date(2024, 12, 1), dt.date(2025, 2, 1)),
        (2025, 12, dt.date(2025, 11, 1), dt.date(2026, 1, 1)),
        (1921, 1, None, dt.date(1921, 2, 1)),
        (2199, 12, dt.date(2199, 11, 1), None),
    ],
)
def test_a_month_knows_its_neighbours(
    year: int, month: int, before: dt.date | None, after: dt.date | None
) -> None:
    one = build_month(year, month, numbers={}, shown={})
    assert (one.previous, one.next) == (before, after)
