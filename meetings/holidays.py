"""The public holidays of a year, their breaks, and the last working day before each.

Official breaks come from the notices of the State Council as `chinesecalendar` keeps them. Beyond
its last year the day of the festival is known but the notice is not out: the break is then taken
to begin on the festival itself, and says so.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from meetings.requirements import Occasion

NEW_YEAR = "new_year"
# The names of both packages for the holidays that the records know (models.Holiday).
_OFFICIAL = {
    "New Year's Day": NEW_YEAR,
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "qingming",
    "Labour Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national_day",
}
_EXPECTED = {
    "元旦": NEW_YEAR,
    "春节": "spring_festival",
    "清明节": "qingming",
    "劳动节": "labour_day",
    "端午节": "dragon_boat",
    "中秋节": "mid_autumn",
    "国庆节": "national_day",
}


@dataclass(frozen=True, slots=True)
class Break:
    """Days off in a row. `due_on` is the last working day before them."""

    holidays: tuple[str, ...]
    year: int
    first_day: dt.date
    due_on: dt.date
    is_official: bool

    @property
    def occasion(self) -> Occasion:
        return Occasion(self.holidays, self.year, self.due_on)


@cache
def breaks_of(year: int) -> tuple[Break, ...]:
    """The breaks of a festival year in the order of the calendar."""
    official = _is_known(year)
    days = _official_days(year) if official else _expected_days(year)
    found: dict[dt.date, list[str]] = defaultdict(list)
    for holiday, day in sorted(days.items(), key=lambda one: one[1]):
        first = day
        while official and not _is_workday(first - dt.timedelta(days=1)):
            first -= dt.timedelta(days=1)
        # Festivals whose days off touch share the break and its reminder.
        found[first].append(holiday)
    return tuple(
        Break(tuple(holidays), year, first, _workday_before(first), official)
        for first, holidays in sorted(found.items())
    )


def _official_days(year: int) -> dict[str, dt.date]:
    """Holiday → the first day off that bears its name."""
    import chinese_calendar

    found: dict[str, dt.date] = {}
    day = dt.date(year, 1, 1)
    while day.year == year:
        is_off, name = chinese_calendar.get_holiday_detail(day)
        if is_off and name in _OFFICIAL:
            found.setdefault(_OFFICIAL[name], day)
        day += dt.timedelta(days=1)
    return found


def _expected_days(year: int) -> dict[str, dt.date]:
    """Holiday → the day of the festival, by the calendar alone."""
    import holidays

    found: dict[str, dt.date] = {}
    calendar = holidays.country_holidays("CN", years=year, language="zh_CN")
    for day in sorted(calendar):
        for name in calendar.get_list(day):
            if name in _EXPECTED:
                found.setdefault(_EXPECTED[name], day)
    return found


def _workday_before(day: dt.date) -> dt.date:
    day -= dt.timedelta(days=1)
    while not _is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def _is_workday(day: dt.date) -> bool:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the notice of that year is not out
        return day.weekday() < 5


def _is_known(year: int) -> bool:
    import chinese_calendar

    try:
        chinese_calendar.is_workday(dt.date(year, 12, 31))
    except NotImplementedError:
        return False
    return True
