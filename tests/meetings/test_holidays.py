"""The breaks of a year and the last working day before each, against the official notices."""

import pytest

from meetings.holidays import breaks_of


@pytest.mark.parametrize(
    ("year", "holidays", "first_day", "due_on"),
    [
        # New Year's Day on a Saturday: the break begins on it, the reminder is of December.
        (2023, ("new_year",), "2022-12-31", "2022-12-30"),
        (2025, ("new_year",), "2025-01-01", "2024-12-31"),
        # 26 January 2025 is a Sunday worked in exchange, and the 27th a Monday.
        (2025, ("spring_festival",), "2025-01-28", "2025-01-27"),
        # A Saturday worked in exchange is the last working day.
        (2026, ("spring_festival",), "2026-02-15", "2026-02-14"),
        (2024, ("mid_autumn",), "2024-09-15", "2024-09-14"),
        # Two festivals, one break, one reminder.
        (2023, ("mid_autumn", "national_day"), "2023-09-29", "2023-09-28"),
        (2025, ("national_day", "mid_autumn"), "2025-10-01", "2025-09-30"),
        (2024, ("national_day",), "2024-10-01", "2024-09-30"),
    ],
)
def test_a_reminder_is_due_on_the_last_working_day_before_the_break(
    year: int, holidays: tuple[str, ...], first_day: str, due_on: str
) -> None:
    [found] = [one for one in breaks_of(year) if one.holidays == holidays]
    assert (found.first_day.isoformat(), found.due_on.isoformat()) == (first_day, due_on)
    assert found.is_official


def test_a_year_without_a_notice_goes_by_festivals_and_weekdays_and_says_so() -> None:
    found = {one.holidays[0]: one for one in breaks_of(2031)}
    assert not any(one.is_official for one in found.values())
    assert found["spring_festival"].first_day.isoformat() == "2031-01-23"
    assert found["labour_day"].due_on.isoformat() == "2031-04-30"


@pytest.mark.parametrize("year", [2008, 2015, 2026, 2027, 2060, 2099])
def test_every_year_has_its_seven_holidays(year: int) -> None:
    assert sorted(name for one in breaks_of(year) for name in one.holidays) == [
        "dragon_boat",
        "labour_day",
        "mid_autumn",
        "national_day",
        "new_year",
        "qingming",
        "spring_festival",
    ]
