"""Every kind of error, with the place it is reported at; and that nothing is written."""

from typing import Any

import pytest

from branches.importers import ImportRefused, Problem, import_roster, rows_of
from branches.models import Member, Organization
from tests.branches.importers.workbooks import member_record, organization_record

pytestmark = pytest.mark.django_db

TREE = [
    organization_record("Z0", 类别="党委"),
    organization_record("D01", 上级编码="Z0"),
    organization_record("G1", 类别="党小组", 上级编码="D01"),
]


def refuse(sheets: dict[str, list[dict[str, Any]]], **options: Any) -> tuple[Problem, ...]:
    with pytest.raises(ImportRefused) as caught:
        import_roster({name: rows_of(rows) for name, rows in sheets.items()}, **options)
    return caught.value.problems


def place(problem: Problem) -> tuple[str, int | None, str, str]:
    return (problem.sheet, problem.row, problem.column, problem.value)


def one_of_members(*members: dict[str, Any]) -> Problem:
    (problem,) = refuse({"党组织": TREE, "党员": list(members)})
    return problem


def one_of_organizations(*organizations: dict[str, Any]) -> Problem:
    (problem,) = refuse({"党组织": [*TREE, *organizations], "党员": []})
    return problem


def test_a_broken_date_an_unknown_code_a_duplicate_and_a_missing_column_are_four_errors() -> None:
    members = [
        member_record("甲一"),
        member_record("乙二", 转正日期="2011-13-40"),
        member_record("丙三", "D99"),
        member_record("甲一"),
    ]
    for record in members:
        del record["入党日期"]
    problems = refuse({"党组织": TREE, "党员": members})
    assert [place(problem) for problem in problems] == [
        ("党员", None, "入党日期", ""),
        ("党员", 3, "转正日期", "2011-13-40"),
        ("党员", 4, "党组织编码", "D99"),
        ("党员", 5, "姓名", "甲一"),
    ]
    assert [str(problem).rpartition("：")[2] for problem in problems] == [
        "缺少这一必填列",
        "没有这一天",
        "没有这个编码的党组织",
        "与第 2 行完全相同",
    ]


@pytest.mark.parametrize("missing", ["姓名", "党组织编码", "党员类别", "入党日期"])
def test_each_missing_column_is_one_error(missing: str) -> None:
    members = [member_record("甲一"), member_record("乙二")]
    for record in members:
        del record[missing]
    (problem,) = refuse({"党组织": TREE, "党员": members})
    assert place(problem) == ("党员", None, missing, "")


def test_a_missing_sheet_is_one_error() -> None:
    (problem,) = refuse({"党组织": TREE})
    assert str(problem) == "工作表“党员”：缺少这张工作表"


def test_a_file_without_rows_is_one_error() -> None:
    (problem,) = refuse({"党组织": [], "党员": []})
    assert "没有数据" in str(problem)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"姓名": " "}, "姓名", "必填"),
        ({"姓名": "甲" * 101}, "姓名", "超过 100 个字"),
        ({"党员类别": "党员"}, "党员类别", "应为其中之一：正式党员、预备党员"),
        ({"入党日期": "昨天"}, "入党日期", "不是能识别的日期"),
        ({"转正日期": "2009-01-01"}, "转正日期", "早于入党日期"),
        ({"转入日期": "2009-01-01"}, "转入日期", "早于入党日期"),
        ({"转出日期": "2010-07-01"}, "转出日期", "应晚于入党日期"),
        ({"转入日期": "2012-01-01", "转出日期": "2011-01-01"}, "转出日期", "应晚于转入日期"),
        ({"出生年月": "1980-15"}, "出生年月", "没有这个年月"),
        (
            {"党内职务": "书记", "任职日期": "2020-01-01", "转出日期": "2019-01-01"},
            "任职日期",
            "应早于转出日期",
        ),
    ],
)
def test_a_broken_cell_is_reported_where_it_is(
    cells: dict[str, str], column: str, reason: str
) -> None:
    problem = one_of_members(member_record("丁四"), member_record(**{"name": "甲一"} | cells))
    assert place(problem)[:3] == ("党员", 3, column)
    assert reason in problem.reason


def test_an_unknown_post_is_named() -> None:
    problem = one_of_members(member_record(党内职务="书记、主任"))
    assert place(problem) == ("党员", 2, "党内职务", "主任")


def test_periods_of_one_person_may_not_overlap() -> None:
    problem = one_of_members(
        member_record(转出日期="2020-03-02"), member_record(code="G1", 转入日期="2020-03-01")
    )
    assert place(problem) == ("党员", 3, "转入日期", "2020-03-01")
    assert "第 2 行" in problem.reason


def test_a_second_row_under_the_committee_without_a_post_overlaps() -> None:
    problem = one_of_members(member_record(), member_record(code="Z0"))
    assert "第 2 行" in problem.reason


@pytest.mark.parametrize(
    ("column", "value"),
    [("入党日期", "2010-07-02"), ("转正日期", "2011-07-02"), ("性别", "女"), ("民族", "回族")],
)
def test_the_rows_of_one_person_have_to_agree(column: str, value: str) -> None:
    first = member_record(转出日期="2020-03-01", 性别="男", 民族="汉族")
    problem = one_of_members(
        first, first | {"转入日期": "2020-03-01", "转出日期": "", column: value}
    )
    assert place(problem) == ("党员", 3, column, value)
    assert "第 2 行（同一人）" in problem.reason


def test_a_namesake_without_month_of_birth_cannot_be_told_apart() -> None:
    problem = one_of_members(member_record(), member_record(code="G1", 出生年月=""))
    assert place(problem) == ("党员", 3, "出生年月", "")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"code": "D01"}, "编码", "与第 3 行的编码重复"),
        ({"code": "D" * 41}, "编码", "超过 40 个字"),
        ({"名称": ""}, "名称", "必填"),
        ({"类别": "支部"}, "类别", "应为其中之一：党委、党总支、党支部、党小组"),
        ({"上级编码": "D99"}, "上级编码", "没有这个编码"),
        ({"成立日期": "2020-01-01", "撤销日期": "2020-01-01"}, "撤销日期", "应晚于成立日期"),
        ({"类别": "党小组", "上级编码": ""}, "上级编码", "党小组没有上级；只能在其下：党支部"),
        ({"类别": "党小组", "上级编码": "Z0"}, "上级编码", "党小组在党委之下"),
        ({"上级编码": "D01"}, "上级编码", "党支部在党支部之下"),
        ({"上级编码": "G1"}, "上级编码", "党支部在党小组之下"),
        ({"类别": "党委", "上级编码": "D01"}, "上级编码", "党委在党支部之下"),
        ({"类别": "党总支", "上级编码": "D01"}, "上级编码", "党总支在党支部之下"),
        ({"上级编码": "D09"}, "上级编码", "成环：D09 → D09"),
    ],
)
def test_a_broken_organization_is_reported_where_it_is(
    cells: dict[str, str], column: str, reason: str
) -> None:
    problem = one_of_organizations(organization_record(**{"code": "D09", "上级编码": "Z0"} | cells))
    assert place(problem)[:3] == ("党组织", 5, column)
    assert reason in problem.reason


def test_a_circle_of_organizations_is_said_once() -> None:
    problem = one_of_organizations(
        organization_record("A", 类别="党委", 上级编码="B"),
        organization_record("B", 类别="党委", 上级编码="A"),
        organization_record("C", 类别="党支部", 上级编码="A"),
    )
    assert place(problem)[:3] == ("党组织", 5, "上级编码")
    assert "A → B → A" in problem.reason


def test_one_bad_row_writes_no_row() -> None:
    refuse({"党组织": TREE, "党员": [member_record(), member_record("乙二", "D99")]})
    assert not Organization.objects.exists()
    assert not Member.objects.exists()


def test_members_of_a_refused_organization_are_not_reported_as_well() -> None:
    tree = [*TREE, organization_record("D09", 上级编码="D99")]
    (problem,) = refuse({"党组织": tree, "党员": [member_record(code="D09")]})
    assert problem.sheet == "党组织"


def test_the_text_of_the_refusal_itself_holds_no_name() -> None:
    with pytest.raises(ImportRefused) as caught:
        import_roster({"党组织": rows_of(TREE), "党员": rows_of([member_record("甲一", "D99")])})
    assert str(caught.value) == "1 problems in the file"
    assert caught.value.report().splitlines() == [
        "发现 1 处问题，未写入任何数据：",
        "  工作表“党员” 第 2 行 “党组织编码”列（值：D99）：没有这个编码的党组织",
    ]
