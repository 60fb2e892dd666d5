"""The roster of the demo bureau: who belongs where from when to when, and the workbook rows.

Everything hangs on the year of the demo, so that any year shows transfers, conversions, an
admission and a change of secretary in the course of it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from zlib import crc32

from reports.demo.bureau import (
    ORGANIZATIONS,
    branch_of,
    founded_on,
    general_meeting_on,
    is_within,
)
from reports.demo.calendar import last_working_day_before, working_day
from reports.demo.people import PEOPLE_BY_CODE, SEATS_BY_CODE

Row = dict[str, str | dt.date]

GROUP_LEADER = "党小组组长"

# Quarter of the general meeting that admits the person, and of the one that converts them.
_ADMITTED_IN_QUARTER = {"凌子昂": 2, "皮星野": 2, "卢晓晨": 4}
_CONVERTED_IN_QUARTER = {"田恬": 2, "尤佳禾": 3, "史可欣": 4}


@dataclass(frozen=True, slots=True)
class Person:
    """One invented member. `birth` is "YYYY-MM"; name and birth together are unique."""

    name: str
    gender: str
    ethnicity: str
    birth: str
    joined_on: dt.date
    converted_on: dt.date | None

    def is_full_on(self, day: dt.date) -> bool:
        return self.converted_on is not None and self.converted_on <= day


@dataclass(frozen=True, slots=True)
class Period:
    """One row of the roster: `[started_on, ended_on)` in an organization, with posts held there."""

    person: Person
    code: str
    started_on: dt.date
    ended_on: dt.date | None = None
    titles: tuple[str, ...] = ()
    since: dt.date | None = None
    note: str = ""

    def covers(self, day: dt.date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Roster:
    """All periods: `memberships` in branches and groups, `seats` on the committees above."""

    memberships: tuple[Period, ...]
    seats: tuple[Period, ...]

    def members_on(self, day: dt.date, codes: Iterable[str]) -> list[Person]:
        """Members of the organizations and those below them on the day."""
        codes = tuple(codes)
        return [
            period.person
            for period in self.memberships
            if period.covers(day) and any(is_within(period.code, code) for code in codes)
        ]

    def committee_on(self, day: dt.date, code: str) -> list[tuple[str, Person]]:
        """First title and holder of each seat on the organization's own committee that day."""
        return [
            (period.titles[0], period.person)
            for period in (*self.seats, *self.memberships)
            if period.covers(day)
            and branch_of(period.code) == code
            and set(period.titles) - {GROUP_LEADER}
        ]

    def leader_on(self, day: dt.date, group: str) -> Person:
        """The leader of the Party group. StopIteration cannot happen: every group has one."""
        return next(
            period.person
            for period in self.memberships
            if period.covers(day) and period.code == group and GROUP_LEADER in period.titles
        )


@lru_cache
def build_roster(year: int) -> Roster:
    """The roster with the year's moves. KeyError outside the years of the calendar."""
    memberships = [
        _membership(year, code, line)
        for code, lines in PEOPLE_BY_CODE.items()
        for line in lines.strip().splitlines()
    ]
    _move(year, memberships)
    people = {period.person.name: period.person for period in memberships}
    term = _term_start(year)
    seats = tuple(
        Period(people[name], code, term, titles=(title,), since=term)
        for code, seats_there in SEATS_BY_CODE.items()
        for name, title in seats_there
    )
    return Roster(tuple(memberships), seats)


def roster_rows(year: int) -> dict[str, list[Row]]:
    """The roster as rows of the sheets 党组织 and 党员, heading → value ("" for an empty cell)."""
    roster = build_roster(year)
    return {
        "党组织": [
            {
                "编码": code,
                "名称": name,
                "简称": short,
                "类别": kind,
                "上级编码": parent,
                "成立日期": founded_on(year, code),
                "撤销日期": "",
            }
            for code, name, short, kind, parent in ORGANIZATIONS
        ],
        "党员": [_member_row(period) for period in (*roster.memberships, *roster.seats)],
    }


def _member_row(period: Period) -> Row:
    person = period.person
    return {
        "姓名": person.name,
        "党组织编码": period.code,
        "性别": person.gender,
        "民族": person.ethnicity,
        "出生年月": person.birth,
        "党员类别": "正式党员" if person.converted_on else "预备党员",
        "入党日期": person.joined_on,
        "转正日期": person.converted_on or "",
        "党内职务": "、".join(period.titles),
        "任职日期": period.since or "",
        "转入日期": "" if period.started_on == person.joined_on else period.started_on,
        "转出日期": period.ended_on or "",
        "备注": period.note,
    }


def _term_start(year: int) -> dt.date:
    """The committees took office in the spring two years before, so the term ends next year."""
    return dt.date(year - 2, 3, 18)


def _membership(year: int, code: str, line: str) -> Period:
    name, gender, age, years, titles, *ethnicity = line.split()
    seed = crc32(name.encode())
    branch = branch_of(code)
    converted_on: dt.date | None
    if name in _ADMITTED_IN_QUARTER:
        joined_on = general_meeting_on(year, branch, _ADMITTED_IN_QUARTER[name])
        converted_on = None
    elif name in _CONVERTED_IN_QUARTER:
        converted_on = general_meeting_on(year, branch, _CONVERTED_IN_QUARTER[name])
        # Probation lasts a year: the meeting that admitted them was on or before that day.
        joined_on = last_working_day_before(
            converted_on.replace(year=year - 1) + dt.timedelta(days=1)
        )
    else:
        joined_on = dt.date(year - int(years), 1 + seed % 12, 1 + seed // 12 % 28)
        converted_on = joined_on.replace(year=joined_on.year + 1)
    started_on = founded_on(year, code)
    if titles == "-" and seed % 3 == 0:
        started_on += dt.timedelta(days=40 + seed % 500)
    return Period(
        person=Person(
            name=name,
            gender=gender,
            ethnicity=ethnicity[0] if ethnicity else "汉族",
            birth=f"{year - int(age)}-{1 + seed // 336 % 12:02d}",
            joined_on=joined_on,
            converted_on=converted_on,
        ),
        code=code,
        started_on=max(started_on, joined_on),
        titles=() if titles == "-" else tuple(titles.split("、")),
        since=None if titles == "-" else _term_start(year),
    )


def _move(year: int, periods: list[Period]) -> None:
    """Play the moves of the year (and two of the year before) on the list, in place."""

    def close(name: str, code: str, day: dt.date, note: str = "") -> Period:
        """End the person's latest period there on the day; it is returned as ended."""
        index = max(
            i for i, one in enumerate(periods) if (one.person.name, one.code) == (name, code)
        )
        periods[index] = replace(periods[index], ended_on=day, note=note)
        return periods[index]

    def arrive(name: str, code: str, day: dt.date, note: str) -> None:
        index = next(i for i, one in enumerate(periods) if one.person.name == name)
        assert periods[index].code == code
        periods[index] = replace(periods[index], started_on=day, note=note)

    def transfer(name: str, old: str, new: str, day: dt.date) -> None:
        ended = close(name, old, day, note="局内调动")
        periods.append(Period(ended.person, new, day))

    def appoint(name: str, code: str, day: dt.date, *titles: str) -> None:
        ended = close(name, code, day, note="党内职务变动")
        periods.append(Period(ended.person, code, day, None, titles, day if titles else None))

    # The year before: one who left, and one who came from the centre.
    close("贝清扬", "YC-02", working_day(year - 1, 10, 9), "组织关系转至云川市审计局机关党委")
    arrive("邱实", "YC-03", working_day(year - 1, 9, 5), "由大数据中心调入")
    centre = next(one for one in periods if one.person.name == "邱实")
    periods.append(
        replace(
            centre,
            code="YC-05-01-2",
            started_on=founded_on(year, "YC-05-01-2"),
            ended_on=centre.started_on,
            note="局内调动",
        )
    )
    # In from outside, and out.
    arrive("钟毓", "YC-03", working_day(year, 2, 12), "由云川市统计局机关党委转入")
    arrive("乔远志", "YC-05-02-2", working_day(year, 5, 9), "由云川市交通运输局机关党委转入")
    arrive("佟喆", "YC-04", working_day(year, 10, 8), "由云川市公安局网安支队党支部转入")
    close("裴文彬", "YC-01-2", working_day(year, 3, 15), "组织关系转至云川市民政局机关党委")
    close("燕飞鸿", "YC-05-01-2", working_day(year, 8, 18), "组织关系转至青屿县数据局党支部")
    close("祁远山", "YC-02", working_day(year, 11, 4), "组织关系转至云川市发展和改革委员会机关党委")
    # Between the branches.
    transfer("邹沐阳", "YC-05-01-1", "YC-05-02-1", working_day(year, 4, 7))
    transfer("鲁一鸣", "YC-02", "YC-03", working_day(year, 6, 10))
    transfer("何知秋", "YC-05-02-2", "YC-01-2", working_day(year, 9, 6))
    # The secretary of the service branch moves on and the deputy takes over.
    change = working_day(year, 7, 3)
    transfer("陶景行", "YC-03", "YC-01-2", change)
    appoint("宋佩兰", "YC-03", change, "书记")
    # A new publicity officer and a new group leader.
    change = working_day(year, 9, 12)
    appoint("姚星禾", "YC-05-02-2", change)
    appoint("曹念一", "YC-05-02-2", change, "宣传委员")
    change = working_day(year, 5, 8)
    appoint("滕少康", "YC-01-1", change)
    appoint("岑雨薇", "YC-01-1", change, GROUP_LEADER)
