"""A planned activity of the demo year, and the diary that keeps people in one place at a time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from reports.demo.bureau import BRANCHES, COMMITTEE, GENERAL_BRANCH, branch_of
from reports.demo.calendar import is_working_day, working_days

WHOLE_BUREAU = (COMMITTEE, *BRANCHES)


@dataclass(frozen=True, slots=True)
class Topic:
    """An agenda item before reporter and votes are known."""

    topic: str
    discussion: str
    decision: str
    is_voted: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One activity without its people: who was there is settled by the roster of its day.

    `minutes_length` is how long it lasts; `facts` are the sentences that only it can have;
    `has_attendance` is False for what concerns a few people only.
    """

    codes: tuple[str, ...]
    day: dt.date
    kinds: tuple[str, ...]
    title: str
    facts: tuple[str, ...]
    minutes_length: int = 60
    form: str = ""
    place: str = ""
    materials: tuple[str, ...] = ()
    holiday: str = ""
    hours: str = ""
    lecturer: str = ""
    decision: str = ""
    highlight: str = ""
    topics: tuple[Topic, ...] = ()
    has_attendance: bool = True

    @property
    def host(self) -> str:
        return self.codes[0]

    @property
    def is_morning(self) -> bool:
        """What the bureau or the general branch holds is in the morning, branches meet after."""
        return is_morning(self.codes)

    @property
    def key(self) -> str:
        """Names the activity among all of the year: seed of every choice made for it."""
        return f"{self.day:%m%d}/{'+'.join(self.codes)}/{self.title}"


class Diary:
    """Days taken: one morning activity a day in the whole bureau, one afternoon in a branch."""

    def __init__(self) -> None:
        self._taken: dict[str, set[dt.date]] = defaultdict(set)

    def take(self, codes: Sequence[str], day: dt.date) -> dt.date:
        """Enter a day that is fixed by other things."""
        for lane in _lanes(codes):
            self._taken[lane].add(day)
        return day

    def find(self, codes: Sequence[str], year: int, month: int, nth: int) -> dt.date:
        """Take the first free working day from the nth of the month on, else the one before."""
        days = working_days(year, month)
        nth = min(nth, len(days))
        for day in (*days[nth - 1 :], *reversed(days[: nth - 1])):
            if not any(day in self._taken[lane] for lane in _lanes(codes)):
                return self.take(codes, day)
        raise ValueError(f"No free day for {codes} in {year}-{month:02d}")

    def find_before(self, codes: Sequence[str], day: dt.date) -> dt.date:
        """Take the last free working day on or before the day."""
        while not is_working_day(day) or any(day in self._taken[lane] for lane in _lanes(codes)):
            day -= dt.timedelta(days=1)
        return self.take(codes, day)


def is_morning(codes: Sequence[str]) -> bool:
    return codes[0] in (COMMITTEE, GENERAL_BRANCH)


def _lanes(codes: Sequence[str]) -> set[str]:
    return {"morning"} if is_morning(codes) else {branch_of(code) for code in codes}


def pick[T](options: Sequence[T], key: str) -> T:
    """One of the options, always the same for the same key."""
    return options[crc32(key.encode()) % len(options)]
