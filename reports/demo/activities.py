"""The demo year as rows of the activities workbook, heading → value ("" for an empty cell)."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache

from reports.demo.agenda import LIFE_RECTIFICATIONS, RECTIFICATIONS
from reports.demo.branch_year import branch_plans
from reports.demo.bureau import BRANCHES, branch_of
from reports.demo.bureau_year import bureau_plans
from reports.demo.minutes import speakers_needed, write_minutes
from reports.demo.people_there import PeopleThere, people_there
from reports.demo.plan import Diary, Planned, pick
from reports.demo.roster import Person, Roster, build_roster
from reports.demo.work import WORK

Row = dict[str, str | dt.date]


@lru_cache
def plan_year(year: int) -> tuple[Planned, ...]:
    """All activities of the year in order of time, from the reminder in December before it."""
    diary = Diary()
    plans = list(bureau_plans(year, diary))
    for branch in BRANCHES:
        plans.extend(branch_plans(year, branch, diary))
    return tuple(sorted(plans, key=lambda plan: (plan.day, not plan.is_morning, plan.key)))


@dataclass
class _Sheets:
    activities: list[Row] = field(default_factory=list)
    topics: list[Row] = field(default_factory=list)
    rectifications: list[Row] = field(default_factory=list)
    appraisals: list[Row] = field(default_factory=list)


def activity_rows(year: int, *, until: dt.date | None = None) -> dict[str, list[Row]]:
    """The year as rows of the sheets 活动, 议题, 整改 and 评议.

    `until` leaves out what lies after that day, for a year that is not over yet. KeyError
    outside the years of the calendar.
    """
    roster, sheets = build_roster(year), _Sheets()
    for number, plan in enumerate(plan_year(year), start=1):
        if until is not None and plan.day > until:
            continue
        key = f"{year}-{number:03d}"
        there = people_there(plan, roster)
        sheets.activities.append(_activity_row(key, plan, there, roster))
        sheets.topics.extend(_topic_rows(key, plan, there))
        sheets.rectifications.extend(_rectification_rows(key, plan, there, until))
        if "民主评议党员" in plan.kinds:
            sheets.appraisals.append(_appraisal_row(year, plan, roster))
    return {
        "活动": sheets.activities,
        "议题": sheets.topics,
        "整改": sheets.rectifications,
        "评议": sheets.appraisals,
    }


def _activity_row(key: str, plan: Planned, there: PeopleThere, roster: Roster) -> Row:
    start = _start(plan)
    speakers = [
        (person.name, WORK[_branch_on(plan.day, person, roster)])
        for person in there.speakers[: speakers_needed(plan)]
    ]
    return {
        "编号": key,
        "党组织编码": "、".join(plan.codes),
        "日期": plan.day,
        "开始时间": _clock(start),
        "结束时间": _clock(start + plan.minutes_length),
        "类型": "、".join(plan.kinds),
        "主题": plan.title,
        "地点": plan.place,
        "主持人": there.chair.name,
        "记录人": there.recorder.name,
        "主讲人": there.lecturer,
        "形式": plan.form,
        "学习内容": "、".join(f"《{title}》" for title in plan.materials),
        "廉政节点": plan.holiday,
        "学时": plan.hours,
        "缺席人员": there.absences_cell(),
        "列席人员": "、".join(there.guests),
        "内容": write_minutes(plan, there.chair.name, speakers),
        "决议": plan.decision,
        "可写入总结": plan.highlight,
    }


def _start(plan: Planned) -> int:
    """Minutes after midnight."""
    if plan.is_morning:
        return 9 * 60
    return 14 * 60 + pick((0, 30, 60), plan.key) + (60 if plan.minutes_length <= 60 else 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _branch_on(day: dt.date, person: Person, roster: Roster) -> str:
    return next(
        branch_of(period.code)
        for period in roster.memberships
        if period.person == person and period.covers(day)
    )


def _topic_rows(key: str, plan: Planned, there: PeopleThere) -> list[Row]:
    rows: list[Row] = []
    for position, topic in enumerate(plan.topics, start=1):
        # One abstention now and then; the others in favour.
        abstain = pick((0, 0, 0, 1), f"{plan.key}/{topic.topic}")
        rows.append(
            {
                "活动编号": key,
                "序号": str(position),
                "议题": topic.topic,
                "汇报人": there.reporters[position % len(there.reporters)].name,
                "讨论": topic.discussion,
                "决定": topic.decision,
                "赞成": str(there.voters_present - abstain) if topic.is_voted else "",
                "反对": "0" if topic.is_voted else "",
                "弃权": str(abstain) if topic.is_voted else "",
            }
        )
    return rows


def _rectification_rows(
    key: str, plan: Planned, there: PeopleThere, until: dt.date | None
) -> list[Row]:
    """Opened by the report on the inspection in April, and by the life meeting in December."""
    opened: list[tuple[str, str, int, int | None]] = []
    titles = [topic.topic for topic in plan.topics]
    # The small branch has no committee: it dealt with its two in the general meeting.
    if "研究专项检查问题整改" in titles or (
        plan.host == "YC-04" and "支部党员大会" in plan.kinds and plan.day.month == 6
    ):
        opened = [item[1:] for item in RECTIFICATIONS if item[0] == plan.host]
    elif "组织生活会" in plan.kinds:
        opened = [(*item[1:], None) for item in LIFE_RECTIFICATIONS if item[0] == plan.host]
    rows: list[Row] = []
    for number, (problem, measure, due, done) in enumerate(opened):
        done_on = plan.day + dt.timedelta(days=done) if done else None
        rows.append(
            {
                "活动编号": key,
                "问题": problem,
                "整改措施": measure,
                "责任人": there.reporters[number % len(there.reporters)].name,
                "期限": plan.day + dt.timedelta(days=due),
                "完成日期": done_on if done_on and (until is None or done_on <= until) else "",
            }
        )
    return rows


def _appraisal_row(year: int, plan: Planned, roster: Roster) -> Row:
    """Full members alone are graded; 优秀 stays within a third of them (支部条例 §18)."""
    graded = sum(person.is_full_on(plan.day) for person in roster.members_on(plan.day, [plan.host]))
    excellent = graded // 3 - (graded // 3 > 4)
    basically = 1 if plan.host == "YC-03" else 0
    return {
        "党组织编码": plan.host,
        "年度": str(year),
        "优秀": str(excellent),
        "合格": str(graded - excellent - basically),
        "基本合格": str(basically),
        "不合格": "0",
    }
