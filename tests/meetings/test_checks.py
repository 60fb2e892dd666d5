"""The rules of the check before submitting, each at its edge."""

import datetime as dt

import pytest

from meetings.check_texts import minutes_key, not_among, overlap, says_passed
from meetings.checks import Appraised, Clash, Facts, Item, Level, Meeting, check

DAY = dt.date(2025, 3, 5)


def found(**facts: object) -> list[tuple[str, str]]:
    given = {"today": DAY, "held_on": DAY} | facts
    return [(one.rule, one.level.value) for one in check(Facts(**given))]  # type: ignore[arg-type]


def meeting(kind: str, present: int) -> Meeting:
    return Meeting(f"{kind}_MEETING", "第一支部", 10, present)


def appraised(*, full: int = 9, excellent: int, graded: int) -> Appraised:
    return Appraised("第一支部", "grade-1-excellent", full, excellent, graded)


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({}, []),
        ({"held_on": DAY + dt.timedelta(days=1)}, [("future_date", "blocking")]),
        ({"recorded_on": DAY + dt.timedelta(days=15)}, []),
        ({"recorded_on": DAY + dt.timedelta(days=16)}, [("late_entry", "warning")]),
        ({"meetings": (meeting("GENERAL", 5),)}, []),
        ({"meetings": (meeting("GENERAL", 4),)}, [("quorum_missing_general", "warning")]),
        (
            {"meetings": (meeting("GENERAL", 4),), "decision": "同意"},
            [("quorum_missing_general", "blocking")],
        ),
        ({"meetings": (meeting("COMMITTEE", 4),)}, [("quorum_missing_committee", "blocking")]),
        ({"agenda": (Item("换届"),)}, []),
        ({"agenda": (Item("换届", ayes=0),)}, [("item_undecided", "blocking")]),
        ({"agenda": (Item("换届", "通过", 6, 4, 0),), "voters": 10}, []),
        (
            {"agenda": (Item("换届", "通过", 6, 4, 1),), "voters": 10},
            [("votes_too_many", "blocking")],
        ),
        ({"agenda": (Item("换届", "通过", 5),), "voters": 10}, [("majority_missed", "warning")]),
        ({"agenda": (Item("换届", "未获通过", 5),), "voters": 10}, []),
        ({"agenda": (Item("换届", "通过", 5),), "voters": None}, []),
        ({"is_attended": False, "chair": "张三"}, [("attendance_missing", "warning")]),
        ({"chair": "张三", "present": frozenset({"张三"})}, []),
        ({"chair": "张三", "known": frozenset({"张三"})}, [("chair_absent", "warning")]),
        ({"recorder": "李四"}, [("recorder_absent", "warning")]),
        ({"clashes": (Clash(("张三",), 7, "学习"),)}, [("two_places", "warning")]),
        ({"clashes": (Clash(("张三",), 7),)}, [("two_places_elsewhere", "warning")]),
        ({"twin": (7, "学习", DAY)}, [("same_minutes", "warning")]),
        ({"unprepared": ("第一支部",)}, []),
        ({"unprepared": ("第一支部",), "decision": "同意"}, [("committee_missing", "warning")]),
        ({"kinds": frozenset({"PARTY_LECTURE"})}, [("lecturer_missing", "warning")]),
        ({"kinds": frozenset({"PARTY_LECTURE"}), "lecturer": "张三"}, []),
        ({"kinds": frozenset({"GROUP_STUDY"})}, [("materials_missing", "warning")]),
        ({"kinds": frozenset({"INTEGRITY_EDUCATION"})}, [("holiday_missing", "warning")]),
        ({"kinds": frozenset({"DEMOCRATIC_APPRAISAL"})}, [("grades_missing", "warning")]),
        ({"appraised": (appraised(excellent=3, graded=9),)}, []),
        ({"appraised": (appraised(excellent=4, graded=9),)}, [("too_many_excellent", "warning")]),
        ({"appraised": (appraised(excellent=3, graded=10),)}, [("too_many_graded", "warning")]),
        ({"appraised": (appraised(full=11, excellent=3, graded=11),)}, []),
        (
            {"appraised": (appraised(full=11, excellent=4, graded=11),)},
            [("too_many_excellent", "warning")],
        ),
        (
            {"appraised": (appraised(full=0, excellent=1, graded=1),)},
            [("too_many_excellent", "warning"), ("too_many_graded", "warning")],
        ),
    ],
)
def test_each_rule_speaks_at_its_edge_and_not_before(
    facts: dict[str, object], rules: list[tuple[str, str]]
) -> None:
    assert found(**facts) == rules


def test_what_blocks_comes_first() -> None:
    levels = [level for _rule, level in found(is_attended=False, agenda=(Item("换届", ayes=1),))]
    assert levels == [Level.BLOCKING, Level.WARNING]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("张三", ()),
        ("张 三书记", ()),
        ("张三、李四", ("李四",)),
        ("李明华", ("李明华",)),
        ("王五", ("王五",)),
        ("", ()),
    ],
)
def test_a_name_is_the_longest_known_one_within_what_was_typed(
    text: str, missing: tuple[str, ...]
) -> None:
    present = frozenset({"张三", "李明"})
    assert not_among(text, present=present, known=present | {"李四", "李明华"}) == missing


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ((9, 10), (10, 11), False),
        ((9, 11), (10, 12), True),
        ((9, None), (9, None), True),
        ((9, None), (8, 10), True),
        ((9, None), (10, 11), False),
        ((None, None), (9, 10), False),
    ],
)
def test_two_stretches_of_a_day_share_a_moment_or_not(
    first: tuple[int | None, int | None], second: tuple[int | None, int | None], shared: bool
) -> None:
    times = [None if hour is None else dt.time(hour) for hour in (*first, *second)]
    assert overlap(*times) is shared
    assert overlap(*times[2:], *times[:2]) is shared


@pytest.mark.parametrize(
    ("decision", "passed"),
    [("一致通过", True), ("不同意", False), ("未通过", False), ("The motion was carried", True)],
)
def test_a_decision_says_whether_it_passed(decision: str, passed: bool) -> None:
    assert says_passed(decision) is passed


def test_minutes_are_compared_without_marks_from_thirty_characters_on() -> None:
    assert minutes_key("学" * 29) == ""
    assert minutes_key("学" * 15 + "，\n" + "习" * 15) == minutes_key("学" * 15 + "习" * 15) != ""
