"""The titles that are offered."""

import datetime as dt

import pytest

from meetings.models import Kind
from meetings.title_pattern import title_for


@pytest.mark.parametrize(
    ("kinds", "day", "holiday", "title"),
    [
        (["THEMED_PARTY_DAY"], "2025-03-05", "", "3月主题党日"),
        (["GENERAL_MEETING"], "2025-03-31", "", "第一季度支部党员大会"),
        (["GENERAL_MEETING", "PARTY_LECTURE"], "2025-04-01", "", "第二季度支部党员大会暨党课"),
        (["DEMOCRATIC_APPRAISAL"], "2026-01-20", "", "2025年度民主评议党员"),
        (["ORGANIZATIONAL_LIFE_MEETING"], "2025-12-16", "", "2025年度组织生活会"),
        (["INTEGRITY_EDUCATION"], "2025-01-24", "春节", "春节节前廉政教育"),
        ([], "2025-01-24", "春节", ""),
    ],
)
def test_a_title_follows_kind_and_day(kinds: list[str], day: str, holiday: str, title: str) -> None:
    assert title_for(kinds, dt.date.fromisoformat(day), holiday=holiday) == title


def test_every_kind_has_a_title() -> None:
    assert all(title_for([kind.value], dt.date(2025, 3, 5)) for kind in Kind)
