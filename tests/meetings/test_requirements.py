"""What is still due, from rules and days alone, and the titles that are offered."""

import datetime as dt
import importlib

import pytest

from meetings.models import Kind, Period
from meetings.requirements import Rule, StillDue, period_of, still_due
from meetings.title_pattern import title_for

MONTHLY, QUARTERLY = Rule("GROUP_STUDY", "MONTH"), Rule("PARTY_LECTURE", "QUARTER")


@pytest.mark.parametrize(
    ("day", "period", "first", "after"),
    [
        ("2025-01-01", "MONTH", "2025-01-01", "2025-02-01"),
        ("2025-12-31", "MONTH", "2025-12-01", "2026-01-01"),
        ("2025-03-31", "QUARTER", "2025-01-01", "2025-04-01"),
        ("2025-10-01", "QUARTER", "2025-10-01", "2026-01-01"),
        ("2025-06-30", "HALF_YEAR", "2025-01-01", "2025-07-01"),
        ("2025-07-01", "YEAR", "2025-01-01", "2026-01-01"),
    ],
)
def test_a_period_runs_from_its_first_day_to_the_next_ones(
    day: str, period: str, first: str, after: str
) -> None:
    found = period_of(dt.date.fromisoformat(day), period)
    assert [one.isoformat() for one in found] == [first, after]


def test_what_the_month_before_held_meets_no_rule_of_this_month() -> None:
    held = [("GROUP_STUDY", dt.date(2025, 2, 28)), ("PARTY_LECTURE", dt.date(2025, 2, 28))]
    assert still_due([MONTHLY, QUARTERLY], held, on=dt.date(2025, 3, 1)) == [
        StillDue("GROUP_STUDY", "MONTH", 1, dt.date(2025, 3, 31))
    ]


def test_the_last_day_of_the_period_still_meets_the_rule() -> None:
    held = [("GROUP_STUDY", dt.date(2025, 3, 31))]
    assert still_due([MONTHLY], held, on=dt.date(2025, 3, 1)) == []


def test_a_rule_of_several_times_tells_how_many_are_missing() -> None:
    held = [("GROUP_STUDY", dt.date(2025, 3, 2))]
    [due] = still_due([Rule("GROUP_STUDY", "MONTH", 3)], held, on=dt.date(2025, 3, 5))
    assert due.missing == 2


def test_the_soonest_end_stands_first_and_yearly_rules_are_left_out() -> None:
    rules = [QUARTERLY, Rule("DEMOCRATIC_APPRAISAL", "YEAR"), MONTHLY]
    found = still_due(rules, [], on=dt.date(2025, 4, 10))
    assert [due.kind for due in found] == ["GROUP_STUDY", "PARTY_LECTURE"]


def test_each_default_requirement_names_its_source_and_a_kind_and_period_that_exist() -> None:
    module = importlib.import_module("meetings.migrations.0003_default_requirements")
    assert len({row[:3] for row in module.DEFAULTS}) == len(module.DEFAULTS) == 10
    assert all(kind in Kind.values and source for kind, _of, _period, source in module.DEFAULTS)
    assert {row[2] for row in module.DEFAULTS} <= set(Period.values)


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
