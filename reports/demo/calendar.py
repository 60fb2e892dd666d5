"""Working days and festivals of any year from 2004 to 2041, by arithmetic and one small table.

Good enough for invented records: weekends and the customary breaks are free, make-up Saturdays
are left out. Real reminders use the official notices, not this module.
"""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

# Spring Festival, Dragon Boat and Mid-Autumn as MMDD: lunar dates, so they need a table.
_LUNAR = {
    2004: (122, 622, 928), 2005: (209, 611, 918), 2006: (129, 531, 1006),
    2007: (218, 619, 925), 2008: (207, 608, 914), 2009: (126, 528, 1003),
    2010: (214, 616, 922), 2011: (203, 606, 912), 2012: (123, 623, 930),
    2013: (210, 612, 919), 2014: (131, 602, 908), 2015: (219, 620, 927),
    2016: (208, 609, 915), 2017: (128, 530, 1004), 2018: (216, 618, 924),
    2019: (205, 607, 913), 2020: (125, 625, 1001), 2021: (212, 614, 921),
    2022: (201, 603, 910), 2023: (122, 622, 929), 2024: (210, 610, 917),
    2025: (129, 531, 1006), 2026: (217, 619, 925), 2027: (206, 609, 915),
    2028: (126, 528, 1003), 2029: (213, 616, 922), 2030: (203, 605, 912),
    2031: (123, 624, 1001), 2032: (211, 612, 919), 2033: (131, 601, 908),
    2034: (219, 620, 927), 2035: (208, 610, 916), 2036: (128, 530, 1004),
    2037: (215, 618, 924), 2038: (204, 607, 913), 2039: (124, 527, 1002),
    2040: (212, 614, 920), 2041: (201, 603, 910),
}  # fmt: skip

# Years for which the demo bureau can be made: the year before and the year after are needed too.
FIRST_YEAR, LAST_YEAR = 2005, 2040


@lru_cache
def festivals(year: int) -> dict[str, dt.date]:
    """The seven festivals of the year by Chinese name, in order of the calendar.

    KeyError outside 2004–2041. Qingming by the usual formula, valid for 2000–2099.
    """
    spring, dragon_boat, mid_autumn = (
        dt.date(year, mmdd // 100, mmdd % 100) for mmdd in _LUNAR[year]
    )
    short_year = year % 100
    qingming = int(short_year * 0.2422 + 4.81) - short_year // 4
    days = {
        "元旦": dt.date(year, 1, 1),
        "春节": spring,
        "清明": dt.date(year, 4, qingming),
        "五一": dt.date(year, 5, 1),
        "端午": dragon_boat,
        "中秋": mid_autumn,
        "国庆": dt.date(year, 10, 1),
    }
    return dict(sorted(days.items(), key=lambda pair: pair[1]))


# How many days before and after the festival's own day are free.
_BREAKS = {
    "元旦": (0, 0), "春节": (1, 6), "清明": (0, 0), "五一": (0, 4),
    "端午": (0, 0), "中秋": (0, 0), "国庆": (0, 6),
}  # fmt: skip


@lru_cache
def _free_days(year: int) -> frozenset[dt.date]:
    """Weekdays off in the year: the breaks, and the one day between a festival and a weekend."""
    free = set()
    for name, day in festivals(year).items():
        before, after = _BREAKS[name]
        free |= {day + dt.timedelta(days=shift) for shift in range(-before, after + 1)}
        if before == after == 0:
            # 调休: a Tuesday or Thursday festival is joined to the weekend.
            free |= {day + dt.timedelta(days={1: -1, 3: 1}.get(day.weekday(), 0))}
    return frozenset(free)


def is_working_day(day: dt.date) -> bool:
    if day.weekday() >= 5:
        return False
    # New Year's Eve may belong to the break of the year to come.
    return day not in _free_days(day.year) and day not in _free_days(
        min(day.year + 1, LAST_YEAR + 1)
    )


def working_days(year: int, month: int) -> list[dt.date]:
    """All working days of the month, in order (fourteen at the least)."""
    day, found = dt.date(year, month, 1), []
    while day.month == month:
        if is_working_day(day):
            found.append(day)
        day += dt.timedelta(days=1)
    return found


def working_day(year: int, month: int, nth: int) -> dt.date:
    """The nth working day of the month, counted from 1; the last one when there are fewer."""
    days = working_days(year, month)
    return days[min(nth, len(days)) - 1]


def last_working_day_before(day: dt.date) -> dt.date:
    day -= dt.timedelta(days=1)
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def reminders(year: int) -> Iterator[tuple[str, dt.date]]:
    """Festival and day of each reminder due before a break of the year.

    The one for 元旦 lies in December of the year before. Where Mid-Autumn and National Day share
    a break there is one reminder, kept under 国庆.
    """
    due = {name: last_working_day_before(day) for name, day in festivals(year).items()}
    for name, day in due.items():
        if not (name == "中秋" and day >= due["国庆"]):
            yield name, day
