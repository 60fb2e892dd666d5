"""The title that a record of a kind usually bears: offered, never forced. Pure.

A title is content of the record, so that it is Chinese whatever the language of the page.
"""

import datetime as dt
from collections.abc import Sequence

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
# Kind → (how often it is held, what it is called).
_NAMES = {
    "GENERAL_MEETING": ("QUARTER", "支部党员大会"),
    "COMMITTEE_MEETING": ("MONTH", "支部委员会会议"),
    "GROUP_MEETING": ("MONTH", "党小组会"),
    "PARTY_LECTURE": ("QUARTER", "党课"),
    "THEMED_PARTY_DAY": ("MONTH", "主题党日"),
    "GROUP_STUDY": ("MONTH", "集中学习"),
    "ORGANIZATIONAL_LIFE_MEETING": ("YEAR", "组织生活会"),
    "DEMOCRATIC_APPRAISAL": ("YEAR", "民主评议党员"),
    "PARTY_COMMITTEE_MEETING": ("MONTH", "党委会"),
    "INTEGRITY_EDUCATION": ("MONTH", "廉政教育"),
    "SPECIAL_SEMINAR": ("MONTH", "专题研讨"),
    "YOUTH_ACTIVITY": ("MONTH", "青年党员活动"),
    "HEART_TO_HEART_TALK": ("MONTH", "谈心谈话"),
}


def title_for(kinds: Sequence[str], day: dt.date, *, holiday: str = "") -> str:
    """`3月主题党日`, `第一季度支部党员大会暨党课`; empty without a kind.

    `holiday` is its Chinese name: `春节节前廉政教育`. The yearly meetings held in the first quarter
    look back on the year before.
    """
    named = [kind for kind in kinds if kind in _NAMES]
    if not named:
        return ""
    if holiday and named[0] == "INTEGRITY_EDUCATION":
        when = f"{holiday}节前"
    else:
        when = _when(_NAMES[named[0]][0], day)
    return when + "暨".join(_NAMES[kind][1] for kind in named[:2])


def _when(period: str, day: dt.date) -> str:
    if period == "QUARTER":
        return QUARTERS[(day.month - 1) // 3]
    if period == "YEAR":
        return f"{year_looked_at(day)}年度"
    return f"{day.month}月"


def year_looked_at(day: dt.date) -> int:
    """The year that a yearly meeting of that day is about: in the first quarter the one before."""
    return day.year if day.month > 3 else day.year - 1
