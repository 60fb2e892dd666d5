"""The year of probation, and how far it may be moved."""

import datetime as dt

from branches.models import Member


def probation_over_on(member: Member) -> dt.date:
    """The day on which probation is over: one year after admission, or the day to which it was
    extended (Party Constitution §7)."""
    return member.probation_ends_on or years_after(member.joined_on, 1)


def longest_probation(member: Member) -> dt.date:
    """The latest day to which probation may run: it is extended by one year at most
    (Party Constitution §7)."""
    return years_after(member.joined_on, 2)


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day of a later year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
