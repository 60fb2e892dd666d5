import pytest

from branches.clean import comparable
from branches.importers.values import BadValue
from branches.models import Standing
from branches.roster import Expected
from meetings.importers.absences import Absence, match_absences, parse_absences
from meetings.models import AttendanceState
from meetings.services import LeaveLine

ON_LEAVE, ABSENT = AttendanceState.ON_LEAVE, AttendanceState.ABSENT


def person(member_id: int, name: str) -> Expected:
    return Expected(member_id, name, name, 1, Standing.FULL, True)


EXPECTED = [person(1, "张三"), person(2, "张三"), person(3, "李四"), person(4, "古丽·艾山")]
BIRTHS = {1: "1980-05", 2: "1990-06", 3: "1985-01", 4: ""}
NAMES = {comparable(name) for name in ("张三", "李四", "古丽·艾山", "王五")}


def match(cell: str) -> tuple[dict[int, LeaveLine], list[tuple[str, str]]]:
    return match_absences(parse_absences(cell), EXPECTED, BIRTHS, NAMES)


def test_nobody_is_the_word_for_everyone_present() -> None:
    assert parse_absences("无") == ()


@pytest.mark.parametrize(
    ("cell", "state", "reason"),
    [
        ("李四（病假）", ON_LEAVE, "病假"),
        ("李四(事假)", ON_LEAVE, "事假"),
        ("李四（出差）", ON_LEAVE, "出差"),
        ("李四（产假、陪产）", ON_LEAVE, "产假、陪产"),
        ("李四（单位值班）", ON_LEAVE, "单位值班"),
        ("李四", ABSENT, ""),
        ("李四（无故）", ABSENT, "无故"),
        ("李四（旷会）", ABSENT, "旷会"),
        ("李四（缺席）", ABSENT, "缺席"),
        ("李四（未请假）", ABSENT, "未请假"),
    ],
)
def test_a_reason_tells_leave_from_absence(cell: str, state: AttendanceState, reason: str) -> None:
    assert match(cell) == ({3: LeaveLine(state, reason)}, [])


@pytest.mark.parametrize(
    "cell",
    ["张三1990-06（病假）", "张三（1990-06）（病假）", "张三（1990年6月）（病假）",
     "张三 1990.6(病假)", "张三（病假）（１９９０－０６）"],
)  # fmt: skip
def test_namesakes_are_told_apart_by_their_month_of_birth(cell: str) -> None:
    assert match(cell) == ({2: LeaveLine(ON_LEAVE, "病假")}, [])


def test_a_name_that_two_expected_people_share_is_refused_with_advice() -> None:
    leaves, ((name, reason),) = match("张三（病假）")
    assert (leaves, name) == ({}, "张三")
    assert "2 人同名" in reason
    assert "张三1980-05（病假）" in reason


def test_the_spelling_of_the_interpunct_does_not_matter() -> None:
    assert match("古丽•艾山（病假）")[0].keys() == {4}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("王五（病假）", "当日不在应到名单（花名册中有此人）"),
        ("赵六（病假）", "当日不在应到名单（花名册中没有此人）"),
        ("李四1999-01（病假）", "应到名单中此人的出生年月不是 1999-01"),
    ],
)
def test_who_was_not_expected_is_named_with_the_reason(cell: str, reason: str) -> None:
    assert match(cell) == ({}, [(cell[:2], reason)])


def test_one_person_listed_twice_is_refused() -> None:
    leaves, refused = match("李四（病假）、李四（出差）")
    assert leaves == {3: LeaveLine(ON_LEAVE, "病假")}
    assert refused == [("李四", "同一人写了两次")]


@pytest.mark.parametrize("cell", ["（病假）", "无、李四", "李四（病假"])
def test_what_cannot_be_read_as_people_is_refused(cell: str) -> None:
    with pytest.raises(BadValue):
        parse_absences(cell)


def test_several_people_are_split_at_every_usual_separator() -> None:
    assert parse_absences("甲一（病假），乙二;丙三\n丁四（出差）") == (
        Absence("甲一", "", "病假"),
        Absence("乙二", "", ""),
        Absence("丙三", "", ""),
        Absence("丁四", "", "出差"),
    )
