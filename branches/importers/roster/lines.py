"""The two sheets of a roster workbook, read row by row."""

import datetime as dt
from dataclasses import dataclass, field

from branches.clean import comparable
from branches.importers.problems import Problem
from branches.importers.rows import Layout, Reading, Sheets, called
from branches.importers.values import (
    Cell,
    parse_code,
    parse_date,
    parse_line,
    parse_month,
    split_list,
)
from branches.models import OrganizationKind, PostTitle

ORGANIZATIONS = Layout(
    "党组织",
    required=("编码", "名称", "类别"),
    optional=("简称", "上级编码", "成立日期", "撤销日期"),
    other_names=called(
        编码="党组织编码 组织编码 党组织代码 组织代码 代码",
        名称="党组织名称 组织名称 党组织全称 全称 支部名称 党支部名称",
        简称="党组织简称",
        类别="党组织类别 组织类别 党组织类型 组织类型 类型",
        上级编码="上级党组织编码 上级组织编码 上级党组织 上级组织 上级党组织名称 隶属党组织 上级",
        成立日期="成立时间 建立日期 建立时间",
        撤销日期="撤销时间",
    ),
)
MEMBERS = Layout(
    "党员",
    required=("姓名", "党组织编码", "党员类别", "入党日期"),
    optional=(
        "性别",
        "民族",
        "出生年月",
        "转正日期",
        "党内职务",
        "任职日期",
        "转入日期",
        "转出日期",
        "备注",
    ),
    other_names=called(
        姓名="党员姓名 名字",
        党组织编码="所在支部 所在党支部 所属支部 所属党支部 所在党组织 所属党组织 党组织 党支部 "
        "支部 支部名称 党支部名称 党组织名称 所在支部名称 所在党支部名称 组织编码 党组织代码 "
        "支部编码",
        民族="族别",
        出生年月="出生日期 出生时间 出生年月日 生日",
        党员类别="党员类型 人员类别 类别",
        入党日期="入党时间 入党年月日 加入党组织日期 加入党组织时间 加入中共组织日期 "
        "加入中共组织时间",
        转正日期="转正时间 转为正式党员日期 转为正式党员时间 成为正式党员日期 成为正式党员时间",
        党内职务="党内任职 党务职务 支部职务 支部任职 现任党内职务",
        任职日期="任职时间 任现职日期 任现职时间",
        转入日期="转入时间 转入支部日期 转入支部时间 转入党组织日期 转入党组织时间",
        转出日期="转出时间 转出支部日期 转出支部时间 转出党组织日期 转出党组织时间",
        备注="说明 附注",
    ),
)
LAYOUTS = (ORGANIZATIONS, MEMBERS)

KIND_WORDS = {
    "党委": OrganizationKind.COMMITTEE,
    "党总支": OrganizationKind.GENERAL_BRANCH,
    "党支部": OrganizationKind.BRANCH,
    "党小组": OrganizationKind.GROUP,
}
TITLE_WORDS = {
    "书记": PostTitle.SECRETARY,
    "副书记": PostTitle.DEPUTY_SECRETARY,
    "组织委员": PostTitle.ORGANIZATION_OFFICER,
    "宣传委员": PostTitle.PUBLICITY_OFFICER,
    "纪检委员": PostTitle.DISCIPLINE_OFFICER,
    "委员": PostTitle.COMMITTEE_MEMBER,
    "党小组组长": PostTitle.GROUP_LEADER,
}
WORD_OF_KIND = {kind: word for word, kind in KIND_WORDS.items()}
WORD_OF_TITLE = {title.value: word for word, title in TITLE_WORDS.items()}
_FULL_WORDS = {"正式党员": True, "预备党员": False}


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """A row of the sheet 党组织. Blank cells are "" and None; `kind` is None when refused."""

    reading: Reading
    code: str
    name: str
    short_name: str
    kind: OrganizationKind | None
    parent_code: str
    founded_on: dt.date | None
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A row of the sheet 党员: a person and one period `[started_on, ended_on)`."""

    reading: Reading
    name: str
    birth_month: str
    code: str
    gender: str
    ethnicity: str
    is_full: bool | None
    joined_on: dt.date | None
    converted_on: dt.date | None
    titles: tuple[PostTitle, ...]
    post_since: dt.date | None
    started_on: dt.date | None
    ended_on: dt.date | None
    note: str
    person: tuple[str, str] = field(default=("", ""))

    @property
    def number(self) -> int:
        return self.reading.number

    @property
    def start(self) -> dt.date:
        """The first day of the period; only a sound row has one."""
        if self.started_on is None:
            raise ValueError("a row without a start was refused")
        return self.started_on


def person_key(name: str, birth_month: str) -> tuple[str, str]:
    """By which rows and members are one person; spellings of the interpunct are one."""
    return comparable(name), birth_month


def read_organizations(sheets: Sheets, problems: list[Problem]) -> list[OrganizationLine]:
    """The rows of 党组织; each code once, a second row with it is a problem."""
    lines: dict[str, OrganizationLine] = {}
    for row in sheets.get(ORGANIZATIONS.name, ()):
        reading = Reading(ORGANIZATIONS.name, row, problems)
        line = OrganizationLine(
            reading=reading,
            code=reading.value("编码", parse_code, required=True) or "",
            name=reading.line("名称", limit=200, required=True),
            short_name=reading.line("简称", limit=60),
            kind=reading.choice("类别", KIND_WORDS, required=True),
            parent_code=reading.value("上级编码", parse_code) or "",
            founded_on=reading.value("成立日期", parse_date),
            closed_on=reading.value("撤销日期", parse_date),
        )
        if len(line.code) > 40:
            reading.refuse("编码", "超过 40 个字")
        if line.founded_on and line.closed_on and line.closed_on <= line.founded_on:
            reading.refuse("撤销日期", "应晚于成立日期")
        if line.code in lines:
            reading.refuse("编码", f"与第 {lines[line.code].reading.number} 行的编码重复")
        elif line.code:
            lines[line.code] = line
    return list(lines.values())


def read_members(
    sheets: Sheets, known_codes: set[str], problems: list[Problem]
) -> list[MemberLine]:
    """The sound rows of 党员. A row that repeats another one is a problem."""
    lines = []
    seen: dict[tuple[str, ...], int] = {}
    for row in sheets.get(MEMBERS.name, ()):
        reading = Reading(MEMBERS.name, row, problems)
        cells = tuple(reading.raw(heading) for heading in MEMBERS.columns)
        # Without the column 姓名 rows of different people may look the same.
        if reading.raw("姓名") and cells in seen:
            reading.refuse("姓名", f"与第 {seen[cells]} 行完全相同")
            continue
        seen[cells] = reading.number
        line = _member_line(reading, known_codes)
        if reading.is_sound:
            lines.append(line)
    return lines


def _member_line(reading: Reading, known_codes: set[str]) -> MemberLine:
    name = reading.line("姓名", limit=100, required=True)
    birth_month = reading.value("出生年月", parse_month) or ""
    code = reading.value("党组织编码", parse_code, required=True) or ""
    joined_on = reading.value("入党日期", parse_date, required=True)
    moved_in = reading.value("转入日期", parse_date)
    line = MemberLine(
        reading=reading,
        name=name,
        birth_month=birth_month,
        code=code,
        gender=reading.line("性别", limit=10),
        ethnicity=reading.line("民族", limit=40),
        is_full=reading.choice("党员类别", _FULL_WORDS, required=True),
        joined_on=joined_on,
        converted_on=reading.value("转正日期", parse_date),
        titles=reading.value("党内职务", lambda cell: _titles(reading, cell)) or (),
        post_since=reading.value("任职日期", parse_date),
        started_on=moved_in or joined_on,
        ended_on=reading.value("转出日期", parse_date),
        note=reading.text("备注"),
        person=person_key(name, birth_month),
    )
    if code and code not in known_codes:
        reading.refuse("党组织编码", "没有这个编码的党组织")
    _check_days(line, moved_in)
    return line


def _titles(reading: Reading, cell: Cell) -> tuple[PostTitle, ...]:
    titles = []
    for word in split_list(parse_line(cell)):
        if word in TITLE_WORDS:
            titles.append(TITLE_WORDS[word])
        else:
            reading.refuse("党内职务", f"应为其中之一：{'、'.join(TITLE_WORDS)}", word)
    return tuple(dict.fromkeys(titles))


def _check_days(line: MemberLine, moved_in: dt.date | None) -> None:
    refuse = line.reading.refuse
    if line.joined_on and line.converted_on and line.converted_on < line.joined_on:
        refuse("转正日期", "早于入党日期")
    if line.joined_on and moved_in and moved_in < line.joined_on:
        refuse("转入日期", "早于入党日期")
    if line.started_on and line.ended_on and line.ended_on <= line.started_on:
        begin = "转入日期" if moved_in else "入党日期"
        refuse("转出日期", f"应晚于{begin}")
    elif line.titles and line.post_since and line.ended_on and line.ended_on <= line.post_since:
        refuse("任职日期", "应早于转出日期")
