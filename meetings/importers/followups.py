"""The sheets 整改 and 评议: what follows from activities."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q

from branches.importers.problems import Problem
from branches.importers.rows import Layout, Reading, Sheets
from branches.importers.values import (
    FIRST_YEAR,
    BadValue,
    Cell,
    parse_code,
    parse_count,
    parse_date,
)
from branches.models import Organization
from meetings.importers.lines import read_activity_number
from meetings.models import AppraisalResult, Rectification, Status

RECTIFICATIONS = Layout(
    "整改",
    required=("问题",),
    optional=("活动编号", "整改措施", "责任人", "期限", "完成日期"),
    is_required=False,
)
APPRAISALS = Layout(
    "评议",
    required=("党组织编码", "年度"),
    optional=("优秀", "合格", "基本合格", "不合格"),
    is_required=False,
)
GRADES = {
    "优秀": "excellent",
    "合格": "qualified",
    "基本合格": "basically_qualified",
    "不合格": "unqualified",
}


@dataclass(frozen=True, slots=True)
class RectificationRow:
    """A row of 整改; `activity_number` is "" when it belongs to no activity."""

    reading: Reading
    activity_number: str
    problem: str
    measure: str
    owner: str
    due_on: dt.date | None
    done_on: dt.date | None

    @property
    def content(self) -> dict[str, object]:
        """What the row says, by the names of the model's fields."""
        return {
            "problem": self.problem,
            "measure": self.measure,
            "owner": self.owner,
            "due_on": self.due_on,
            "done_on": self.done_on,
        }


def read_rectifications(
    sheets: Sheets, activity_numbers: set[str], problems: list[Problem], *, today: dt.date
) -> list[RectificationRow]:
    """All rows of 整改, sound or not."""
    rows = []
    for row in sheets.get(RECTIFICATIONS.name, ()):
        reading = Reading(RECTIFICATIONS.name, row, problems)
        one = RectificationRow(
            reading=reading,
            activity_number=read_activity_number(reading, activity_numbers),
            problem=reading.text("问题", required=True),
            measure=reading.text("整改措施"),
            owner=reading.line("责任人", limit=100),
            due_on=reading.value("期限", parse_date),
            done_on=reading.value("完成日期", parse_date),
        )
        if one.done_on and one.done_on > today:
            reading.refuse("完成日期", "日期晚于今天")
        rows.append(one)
    return rows


def plan_loose_rectifications(
    rows: list[RectificationRow], hosts: set[Organization], *, today: dt.date
) -> list[Rectification]:
    """Rows without 活动编号: the rectifications that are new.

    The sheet names no organization, so the file's only one is meant. `opened_on` is the
    earliest day the row tells, or today.
    """
    loose = [one for one in rows if not one.reading.raw("活动编号")]
    if len(hosts) != 1:
        for one in loose:
            one.reading.refuse("活动编号", "文件涉及的党组织不止一个或没有，须填活动编号")
        return []
    (organization,) = hosts
    # Rows without an activity are few; those of one organization fit in memory.
    known = list(Rectification.objects.filter(organization=organization, activity=None))
    new = []
    for one in loose:
        same = [rectification for rectification in known if rectification.problem == one.problem]
        if any(_says_the_same(rectification, one) for rectification in same):
            continue
        if same:
            one.reading.refuse("问题", "此整改已导入，内容与系统中的不同；请在系统中修改")
        else:
            one.reading.mark_new()
            days = [day for day in (one.due_on, one.done_on, today) if day]
            new.append(Rectification(organization=organization, opened_on=min(days), **one.content))
    return new


def _says_the_same(rectification: Rectification, row: RectificationRow) -> bool:
    return all(getattr(rectification, name) == value for name, value in row.content.items())


def plan_appraisals(
    sheets: Sheets,
    organizations: dict[str, Organization],
    problems: list[Problem],
    *,
    today: dt.date,
) -> tuple[list[AppraisalResult], int, list[Reading]]:
    """New results, the number of those known already, and the rows. One query.

    A row that an accepted record says already is known; what drafts say decides nothing yet.
    """

    def parse_year(cell: Cell) -> int:
        year = parse_count(cell)
        if not FIRST_YEAR <= year <= today.year + 1:
            raise BadValue(f"年度应在 {FIRST_YEAR} 到 {today.year + 1} 之间")
        return year

    known = {
        (one.organization_id, one.year): one
        for one in AppraisalResult.objects.filter(
            Q(activity__isnull=True) | Q(activity__status=Status.ACCEPTED),
            organization__in=[one.pk for one in organizations.values()],
        ).order_by(F("activity__held_on").asc(nulls_last=True))  # the imported one comes last
    }
    seen: dict[tuple[int, int], int] = {}
    new, unchanged = [], 0
    readings = []
    for row in sheets.get(APPRAISALS.name, ()):
        reading = Reading(APPRAISALS.name, row, problems)
        readings.append(reading)
        code = reading.value("党组织编码", parse_code, required=True) or ""
        organization = organizations.get(code)
        if code and organization is None:
            reading.refuse("党组织编码", "没有这个编码的党组织")
        year = reading.value("年度", parse_year, required=True)
        counts = {
            name: reading.value(heading, parse_count) or 0 for heading, name in GRADES.items()
        }
        if organization is None or year is None:
            continue
        key = (organization.pk, year)
        if key in seen:
            reading.refuse("年度", f"与第 {seen[key]} 行重复（同一党组织同一年度）")
            continue
        seen[key] = reading.number
        old = known.get(key)
        if old is None:
            reading.mark_new()
            new.append(AppraisalResult(organization=organization, year=year, **counts))
        elif all(getattr(old, name) == count for name, count in counts.items()):
            unchanged += 1
        else:
            reading.refuse("年度", "系统中已有这一年度的评议结果，内容不同；请在系统中修改")
    return new, unchanged, readings
