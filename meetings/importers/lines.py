"""The sheets of an activity workbook, read row by row."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from branches.importers.problems import Problem
from branches.importers.rows import Layout, Reading, Sheets, called
from branches.importers.values import (
    BadValue,
    Cell,
    parse_code,
    parse_count,
    parse_date,
    parse_hours,
    parse_line,
    parse_text,
    parse_time,
    split_bracket,
    split_codes,
    split_list,
)
from meetings.importers.absences import Absence, parse_absences
from meetings.importers.words import HOLIDAY_WORDS, KIND_WORDS
from meetings.models import Holiday, Kind
from meetings.services import AgendaLine, GuestLine

ACTIVITIES = Layout(
    "活动",
    required=("党组织编码", "日期", "类型", "主题"),
    optional=(
        "编号",
        "开始时间",
        "结束时间",
        "地点",
        "主持人",
        "记录人",
        "主讲人",
        "形式",
        "学习内容",
        "廉政节点",
        "学时",
        "缺席人员",
        "列席人员",
        "内容",
        "决议",
        "可写入总结",
    ),
    other_names=called(
        编号="活动编号",
        党组织编码="党组织 党支部 支部 支部名称 党支部名称 党组织名称 组织名称 所在支部 所属支部 "
        "所在党支部 所属党支部 主办党组织 承办党组织 组织编码 党组织代码",
        日期="活动日期 会议日期 召开日期 开展日期 活动时间 会议时间 召开时间 开展时间 时间",
        开始时间="开始时刻",
        结束时间="结束时刻",
        类型="活动类型 会议类型 活动类别 会议类别",
        主题="活动主题 会议主题 标题 题目",
        地点="活动地点 会议地点",
        主持人="主持",
        记录人="记录 记录员",
        主讲人="授课人 主讲 讲课人",
        形式="活动形式 会议形式",
        学习内容="学习材料 学习资料 学习篇目",
        学时="学时数 学习时长",
        缺席人员="缺席 缺席情况 缺勤人员 请假人员",
        列席人员="列席",
        内容="会议内容 活动内容 主要内容 会议记录",
        决议="会议决议 形成决议",
        可写入总结="亮点 工作亮点",
    ),
)
AGENDA = Layout(
    "议题",
    required=("活动编号", "议题"),
    optional=("序号", "汇报人", "讨论", "决定", "赞成", "反对", "弃权"),
    is_required=False,
)
VOTES = ("赞成", "反对", "弃权")


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A row of the sheet 活动. `absences` is None when attendance was not recorded.

    Only a sound row has `held_on`; the first of `codes` is the host.
    """

    reading: Reading
    number: str
    codes: tuple[str, ...]
    held_on: dt.date | None
    start_time: dt.time | None
    end_time: dt.time | None
    kinds: tuple[Kind, ...]
    title: str
    place: str
    chair: str
    recorder: str
    lecturer: str
    form: str
    materials: tuple[str, ...]
    holiday: Holiday | None
    study_hours: Decimal | None
    absences: tuple[Absence, ...] | None
    guests: tuple[GuestLine, ...]
    minutes: str
    decision: str
    highlight: str


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A row of the sheet 议题; `order` is its 序号."""

    reading: Reading
    activity_number: str
    order: int | None
    line: AgendaLine


def read_activities(
    sheets: Sheets, problems: list[Problem], *, today: dt.date
) -> list[ActivityLine]:
    """All rows of 活动, sound or not. A day after `today` is a problem."""
    lines = []
    numbers: dict[str, int] = {}
    for row in sheets.get(ACTIVITIES.name, ()):
        line = _activity_line(Reading(ACTIVITIES.name, row, problems))
        if line.held_on and line.held_on > today:
            line.reading.refuse("日期", "日期晚于今天")
        if line.start_time and line.end_time and line.end_time <= line.start_time:
            line.reading.refuse("结束时间", "应晚于开始时间")
        if line.number in numbers:
            line.reading.refuse("编号", f"与第 {numbers[line.number]} 行的编号重复")
        elif line.number:
            numbers[line.number] = line.reading.number
        lines.append(line)
    return lines


def _activity_line(reading: Reading) -> ActivityLine:
    return ActivityLine(
        reading=reading,
        number=reading.value("编号", parse_code) or "",
        codes=tuple(reading.value("党组织编码", split_codes, required=True) or ()),
        held_on=reading.value("日期", parse_date, required=True),
        start_time=reading.value("开始时间", parse_time),
        end_time=reading.value("结束时间", parse_time),
        kinds=reading.value("类型", lambda cell: _kinds(reading, cell), required=True) or (),
        title=reading.line("主题", limit=300, required=True),
        place=reading.line("地点", limit=200),
        chair=reading.line("主持人", limit=100),
        recorder=reading.line("记录人", limit=100),
        lecturer=reading.line("主讲人", limit=100),
        form=reading.line("形式", limit=100),
        materials=reading.value("学习内容", _materials) or (),
        holiday=reading.choice("廉政节点", HOLIDAY_WORDS),
        study_hours=reading.value("学时", parse_hours),
        absences=reading.value("缺席人员", parse_absences),
        guests=reading.value("列席人员", _guests) or (),
        minutes=reading.text("内容"),
        decision=reading.text("决议"),
        highlight=reading.line("可写入总结", limit=300),
    )


def read_agenda(
    sheets: Sheets, activity_numbers: set[str], problems: list[Problem]
) -> dict[str, list[AgendaRow]]:
    """Rows of 议题 by the number of their activity, in the order of 序号, then of the sheet."""
    by_activity: dict[str, list[AgendaRow]] = {}
    for row in sheets.get(AGENDA.name, ()):
        reading = Reading(AGENDA.name, row, problems)
        votes = [reading.value(heading, parse_count) for heading in VOTES]
        agenda_row = AgendaRow(
            reading=reading,
            activity_number=read_activity_number(reading, activity_numbers, required=True),
            order=reading.value("序号", parse_count),
            line=AgendaLine(
                reading.line("议题", limit=300, required=True),
                reading.line("汇报人", limit=100),
                reading.text("讨论"),
                reading.text("决定"),
                *votes,
            ),
        )
        siblings = by_activity.setdefault(agenda_row.activity_number, [])
        twin = next(
            (one for one in siblings if agenda_row.order and one.order == agenda_row.order), None
        )
        if twin is not None and agenda_row.activity_number:
            reading.refuse("序号", f"与第 {twin.reading.number} 行的序号重复")
        siblings.append(agenda_row)
    for rows in by_activity.values():
        rows.sort(key=lambda one: (one.order is None, one.order or 0, one.reading.number))
    return by_activity


def read_activity_number(
    reading: Reading, activity_numbers: set[str], *, required: bool = False
) -> str:
    """The 活动编号 of a row below an activity; one that the sheet 活动 lacks is a problem."""
    number = reading.value("活动编号", parse_code, required=required) or ""
    if number and number not in activity_numbers:
        reading.refuse("活动编号", "工作表“活动”中没有这个编号")
        return ""
    return number


def _kinds(reading: Reading, cell: Cell) -> tuple[Kind, ...]:
    kinds = []
    for word in split_list(parse_text(cell)):
        if word in KIND_WORDS:
            kinds.append(KIND_WORDS[word])
        else:
            reading.refuse("类型", "没有这种活动类型", word)
    return tuple(dict.fromkeys(kinds))


def _materials(cell: Cell) -> tuple[str, ...]:
    """Titles in 《》 without it; a part that has none is a title itself."""
    titles = []
    for part in split_list(parse_text(cell)):
        titles += _bracketed(part) or [part]
    if any(len(title) > 300 for title in titles):
        raise BadValue("其中一项超过 300 个字")
    return tuple(dict.fromkeys(titles))


def _bracketed(text: str) -> list[str]:
    """What stands in the outermost 《》."""
    titles, depth, start = [], 0, 0
    for index, sign in enumerate(text):
        if sign == "《":
            depth += 1
            start = index + 1 if depth == 1 else start
        elif sign == "》" and depth:
            depth -= 1
            if depth == 0 and (title := text[start:index].strip()):
                titles.append(title)
    return titles


def _guests(cell: Cell) -> tuple[GuestLine, ...]:
    if parse_line(cell) == "无":
        return ()
    guests = [GuestLine(*split_bracket(part)) for part in split_list(parse_text(cell))]
    for guest in guests:
        if not guest.name:
            raise BadValue("括号前缺少姓名")
        if len(guest.name) > 100 or len(guest.unit) > 200:
            raise BadValue("姓名超过 100 个字，或单位超过 200 个字")
    return tuple(guests)
