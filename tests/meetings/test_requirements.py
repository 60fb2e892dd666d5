"""Verdicts on a branch's year, worked out by hand: every rule, every edge."""

import datetime as dt
import importlib

import pytest

from meetings.models import Kind, Period
from meetings.requirements import (
    Exemption,
    Held,
    Life,
    Occasion,
    Reason,
    Rule,
    State,
    Verdict,
    verdicts_of,
)

STUDY = Rule("GROUP_STUDY", "MONTH")
MEETING = Rule("GENERAL_MEETING", "QUARTER")
LECTURE = Rule("PARTY_LECTURE", "QUARTER")
COMMITTEE = Rule("COMMITTEE_MEETING", "MONTH")
INTEGRITY = Rule("INTEGRITY_EDUCATION", "HOLIDAY")
BRANCH = Life("BRANCH", "00010001")
COUNTING = frozenset({"ACCEPTED", "SUBMITTED"})
YEAR_END = dt.date(2026, 1, 1)


def day(text: str) -> dt.date:
    """ "0305" is 5 March 2025; "20260101" another year."""
    return dt.datetime.strptime(text if len(text) == 8 else f"2025{text}", "%Y%m%d").date()  # noqa: DTZ007


def held(on: str, *kinds: str, status: str = "ACCEPTED", pk: int = 1, **more: tuple) -> Held:
    return Held(pk, frozenset(kinds or {"GROUP_STUDY"}), day(on), status, **more)


def judged(
    *records: Held,
    rules: list[Rule] | None = None,
    life: Life = BRANCH,
    on: dt.date = YEAR_END,
    **more: object,
) -> list[Verdict]:
    given = {"year": 2025, "on": on, "counting": COUNTING} | more
    return verdicts_of(rules or [STUDY], life, records, **given)  # type: ignore[arg-type]


def states(verdicts: list[Verdict]) -> str:
    """A letter a verdict: done, due (u), late, exempt, not applicable."""
    letters = {"DONE": "d", "DUE": "u", "LATE": "l", "EXEMPT": "e", "NOT_APPLICABLE": "n"}
    return "".join(letters[verdict.state] for verdict in verdicts)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("20241231", ""),  # nothing of the year has begun
        ("0101", "u"),
        ("0131", "u"),  # the last day is still in time
        ("0201", "lu"),
        ("1231", "lllllllllllu"),
        ("20260101", "llllllllllll"),
    ],
)
def test_a_month_is_due_while_it_runs_and_late_from_the_day_after(on: str, expected: str) -> None:
    assert states(judged(on=day(on))) == expected


@pytest.mark.parametrize(
    ("on", "month"),
    [("0101", 1), ("0131", 1), ("0201", 2), ("0228", 2), ("0630", 6), ("0701", 7), ("1231", 12)],
)
def test_a_record_counts_in_the_month_of_its_own_day(on: str, month: int) -> None:
    done = [one.first.month for one in judged(held(on)) if one.state == State.DONE]
    assert done == [month]


@pytest.mark.parametrize("on", ["20241231", "20260101"])
def test_a_record_of_another_year_is_not_among_the_years_records(on: str) -> None:
    verdicts = judged(held(on))
    assert states(verdicts) == "l" * 12
    assert not any(one.others or one.counting for one in verdicts)


def test_a_leap_day_belongs_to_its_february() -> None:
    leap = Held(1, frozenset({"GROUP_STUDY"}), dt.date(2024, 2, 29), "ACCEPTED")
    verdicts = verdicts_of(
        [STUDY], BRANCH, [leap], year=2024, on=dt.date(2024, 2, 29), counting=COUNTING
    )
    assert states(verdicts) == "ld"
    assert verdicts[1].due_on == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("0331", "dlll"), ("0401", "ldll"), ("0630", "ldll"), ("0930", "lldl"), ("1001", "llld")],
)
def test_quarters_end_with_march_june_september_december(on: str, expected: str) -> None:
    assert states(judged(held(on, "PARTY_LECTURE"), rules=[LECTURE])) == expected


def test_two_of_three_times_are_not_done_and_tell_what_is_missing() -> None:
    thrice = Rule("GROUP_STUDY", "YEAR", times=3)
    [verdict] = judged(held("0105"), held("0205", pk=2), rules=[thrice])
    assert (verdict.state, verdict.held, verdict.missing) == (State.LATE, 2, 1)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("DRAFT", Reason.DRAFT),
        ("RETURNED", Reason.RETURNED),
        ("VOID", Reason.VOID),
    ],
)
def test_a_record_that_does_not_count_is_named_with_the_reason(status: str, reason: Reason) -> None:
    [january, *_rest] = judged(held("0105", status=status, pk=7))
    assert january.state == State.LATE
    assert january.others == ((7, reason),)


def test_with_accepted_records_alone_a_submitted_one_waits() -> None:
    [january, *_rest] = judged(held("0105", status="SUBMITTED"), counting=frozenset({"ACCEPTED"}))
    assert january.others == ((1, Reason.NOT_YET_ACCEPTED),)


def test_a_record_accepted_after_the_period_counts_for_the_period_of_its_day() -> None:
    before = judged(held("0105", status="SUBMITTED"), counting=frozenset({"ACCEPTED"}))
    after = judged(held("0105"), counting=frozenset({"ACCEPTED"}))
    assert (before[0].state, after[0].state) == (State.LATE, State.DONE)


def test_one_activity_of_several_kinds_satisfies_each() -> None:
    verdicts = judged(
        held("0305", "GROUP_STUDY", "PARTY_LECTURE"), rules=[STUDY, LECTURE], on=day("0331")
    )
    assert [(one.rule.kind, one.state) for one in verdicts] == [
        ("GROUP_STUDY", State.LATE),
        ("GROUP_STUDY", State.LATE),
        ("GROUP_STUDY", State.DONE),
        ("PARTY_LECTURE", State.DONE),
    ]


def test_kinds_that_a_bureau_keeps_apart_are_not_satisfied_together() -> None:
    apart = frozenset({("GROUP_STUDY", "PARTY_LECTURE")})
    both = held("0105", "GROUP_STUDY", "PARTY_LECTURE", pk=3)
    verdicts = judged(both, rules=[STUDY, LECTURE], on=day("0131"), apart=apart)
    assert states(verdicts) == "du"
    assert verdicts[1].others == ((3, Reason.COMBINED),)


def test_a_branch_founded_within_a_month_is_asked_from_the_next_one_on() -> None:
    verdicts = judged(life=Life("BRANCH", "0001", founded_on=day("0315")))
    assert states(verdicts) == "nne" + "l" * 9
    assert verdicts[2].reason == Reason.FOUNDED_WITHIN


def test_founded_on_the_first_of_the_month_it_is_asked_for_the_whole_of_it() -> None:
    assert states(judged(life=Life("BRANCH", "0001", founded_on=day("0301")))) == "nn" + "l" * 10


def test_what_it_held_in_the_month_of_its_founding_counts() -> None:
    verdicts = judged(held("0320"), life=Life("BRANCH", "0001", founded_on=day("0315")))
    assert states(verdicts)[:3] == "nnd"


def test_a_branch_dissolved_within_a_month_is_not_asked_for_it() -> None:
    verdicts = judged(life=Life("BRANCH", "0001", closed_on=day("0315")))
    assert states(verdicts) == "ll" + "e" + "n" * 9
    assert verdicts[2].reason == Reason.DISSOLVED_WITHIN


def test_dissolved_with_the_end_of_a_month_it_is_asked_for_that_month() -> None:
    assert states(judged(life=Life("BRANCH", "0001", closed_on=day("0401")))) == "lll" + "n" * 9


def test_a_committee_lost_in_may_is_asked_for_until_april() -> None:
    life = Life("BRANCH", "0001", committee=((dt.date(2020, 1, 1), day("0520")),))
    verdicts = judged(rules=[COMMITTEE], life=life)
    assert states(verdicts) == "llll" + "e" * 8
    assert verdicts[4].reason == Reason.NO_COMMITTEE


def test_a_branch_without_a_committee_is_exempt_but_a_meeting_held_counts() -> None:
    verdicts = judged(held("0205", "COMMITTEE_MEETING"), rules=[COMMITTEE])
    assert states(verdicts) == "e" + "d" + "e" * 10


def test_a_rule_changed_in_july_leaves_the_first_half_to_the_old_one() -> None:
    old = Rule("GROUP_STUDY", "MONTH", effective_until=day("0701"), pk=1)
    new = Rule("GROUP_STUDY", "QUARTER", effective_from=day("0701"), pk=2)
    verdicts = judged(rules=[old, new])
    assert [one.rule.pk for one in verdicts] == [1] * 6 + [2] * 2
    assert [one.first.month for one in verdicts] == [1, 2, 3, 4, 5, 6, 7, 10]


def test_a_rule_of_the_year_changed_in_july_holds_from_the_next_year() -> None:
    old = Rule("GROUP_STUDY", "YEAR", times=1, effective_until=day("0701"), pk=1)
    new = Rule("GROUP_STUDY", "YEAR", times=2, effective_from=day("0701"), pk=2)
    assert [one.rule.pk for one in judged(rules=[old, new])] == [1]


def test_the_rule_of_the_bureau_goes_before_the_general_one() -> None:
    general = Rule("PARTY_LECTURE", "QUARTER", pk=1)
    own = Rule("PARTY_LECTURE", "HALF_YEAR", scope="0001", pk=2)
    assert [one.rule.pk for one in judged(rules=[general, own])] == [2, 2]
    assert {one.rule.pk for one in judged(rules=[general, own], life=Life("BRANCH", "0002"))} == {1}


def test_a_rule_for_another_kind_of_organization_asks_nothing() -> None:
    assert judged(rules=[Rule("GROUP_MEETING", "MONTH", organization_kind="GROUP")]) == []


def test_a_rule_of_fixed_months_asks_in_these_alone() -> None:
    rule = Rule("HEART_TO_HEART_TALK", "MONTH", months=frozenset({1, 7}))
    assert [one.first.month for one in judged(rules=[rule])] == [1, 7]


@pytest.mark.parametrize(
    ("kind", "expected"), [("", "lleell"), ("GROUP_STUDY", "lleell"), ("PARTY_LECTURE", "llllll")]
)
def test_a_named_exemption_covers_the_periods_it_touches(kind: str, expected: str) -> None:
    named = Exemption(kind, day("0331"), day("0402"), "全员抗洪抢险")
    verdicts = judged(life=Life("BRANCH", "0001", exemptions=(named,)), on=day("0701"))
    assert states(verdicts)[:6] == expected
    if "e" in expected:
        assert (verdicts[2].reason, verdicts[2].words) == (Reason.NAMED, "全员抗洪抢险")


def test_an_exemption_without_an_end_goes_on() -> None:
    named = Exemption("", day("1101"), None, "借调")
    verdicts = judged(life=Life("BRANCH", "0001", exemptions=(named,)))
    assert states(verdicts) == "l" * 10 + "ee"


NATIONAL = Occasion(("national_day", "mid_autumn"), 2025, day("0930"))
NEW_YEAR = Occasion(("new_year",), 2025, day("20241231"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("0919", ""), ("0920", "u"), ("0930", "u"), ("1001", "l")],
)
def test_a_holiday_is_announced_ten_days_ahead_and_late_after_its_day(
    on: str, expected: str
) -> None:
    assert states(judged(rules=[INTEGRITY], occasions=[NATIONAL], on=day(on))) == expected


def test_a_reminder_counts_by_the_holiday_it_is_marked_with_not_by_its_day() -> None:
    december = held("20241225", "INTEGRITY_EDUCATION", holiday=("new_year", 2025))
    verdicts = judged(december, rules=[INTEGRITY], occasions=[NEW_YEAR, NATIONAL])
    assert [(one.holidays[0], one.state) for one in verdicts] == [
        ("new_year", State.DONE),
        ("national_day", State.LATE),
    ]


@pytest.mark.parametrize("holiday", ["national_day", "mid_autumn"])
def test_two_festivals_of_one_break_share_one_reminder(holiday: str) -> None:
    one = held("0925", "INTEGRITY_EDUCATION", holiday=(holiday, 2025))
    assert states(judged(one, rules=[INTEGRITY], occasions=[NATIONAL])) == "d"


def test_a_bureau_that_chose_its_holidays_is_asked_for_these_alone() -> None:
    chosen = Rule("INTEGRITY_EDUCATION", "HOLIDAY", holidays=frozenset({"new_year"}))
    verdicts = judged(rules=[chosen], occasions=[NEW_YEAR, NATIONAL])
    assert [one.holidays for one in verdicts] == [("new_year",)]


def test_a_joint_activity_counts_for_each_branch_that_it_is_credited_to() -> None:
    together = held("0105")
    for path in ("00010001", "00010002"):
        assert states(judged(together, life=Life("BRANCH", path), on=day("0131"))) == "d"


def test_each_default_requirement_names_its_source_and_a_kind_and_period_that_exist() -> None:
    module = importlib.import_module("meetings.migrations.0003_default_requirements")
    assert len({row[:3] for row in module.DEFAULTS}) == len(module.DEFAULTS) == 10
    assert all(kind in Kind.values and source for kind, _of, _period, source in module.DEFAULTS)
    assert {row[2] for row in module.DEFAULTS} <= set(Period.values)
