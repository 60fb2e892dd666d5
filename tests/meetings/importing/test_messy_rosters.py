"""Rosters as people keep them: understood, or refused with the reason at the cell."""

import datetime as dt
from typing import Any

import pytest

from branches.models import Member, Membership, Organization, User
from meetings.importing import Corrections, commit_import, correct_import
from meetings.models import ImportRow, ImportRun, ImportState
from tests.branches.importers.workbooks import make_workbook, member_record
from tests.factories import make_bureau, make_member, make_user
from tests.meetings.importing.runs import TODAY, make_import, pasted, problems_of, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    bureau, _branches = make_bureau()
    return bureau


@pytest.fixture
def user() -> User:
    return make_user("admin")


def commit(run: ImportRun, user: User) -> ImportRun:
    return commit_import(run, version=run.version, user=user, today=TODAY)


def test_a_roster_as_people_keep_it_is_understood(bureau: Organization, user: User) -> None:
    run = make_import(
        user,
        bureau,
        pasted(
            "测试局党员花名册||||||",
            "填报单位：测试局||||填报时间：2025年12月||",
            "",
            "序号|姓 名|所在支部|出生日期|党员类型|入党时间|转正时间|联系方式",
            "1|甲一 |第1支部|1980年5月3日|正式党员|2010-07-01|2011/7/1|12",
            "2| 古丽娜尔·艾山|第2支部|1990.3|正式党员|２０１２年７月１日|2013.7.1|",
            "3|𠮷䶮|D01|198512|预备党员|20250601||",
            "||||||",
            "4|买买提•吐尔逊|D02|1985/12/01|正式党员|2005.7.1||",
            "5|||||||",
            "合计|4人||||||",
        ),
    )
    assert problems_of(run) == {}
    assert [one["columns"] for one in run.sheets] == [
        ["", "姓名", "党组织编码", "出生年月", "党员类别", "入党日期", "转正日期", ""]
    ]
    assert [(row.number, row.state) for row in rows_of(run)] == [
        (5, "NEW"),
        (6, "NEW"),
        (7, "NEW"),
        (9, "NEW"),
        (10, "LEFT_OUT"),
        (11, "LEFT_OUT"),
    ]
    commit(run, user)
    # Names as typed: rare characters, and whichever dot the family writes.
    assert dict(Member.objects.values_list("name", "birth_month")) == {
        "甲一": "1980-05",
        "古丽娜尔·艾山": "1990-03",
        "𠮷䶮": "1985-12",
        "买买提•吐尔逊": "1985-12",
    }
    assert dict(Member.objects.values_list("name", "joined_on")) == {
        "甲一": dt.date(2010, 7, 1),
        "古丽娜尔·艾山": dt.date(2012, 7, 1),
        "𠮷䶮": dt.date(2025, 6, 1),
        "买买提•吐尔逊": dt.date(2005, 7, 1),
    }
    assert dict(Membership.objects.values_list("member__name", "organization__code")) == {
        "甲一": "D01",
        "古丽娜尔·艾山": "D02",
        "𠮷䶮": "D01",
        "买买提•吐尔逊": "D02",
    }


HEAD = "姓名|党组织编码|出生年月|党员类别|入党日期"


@pytest.mark.parametrize(
    ("rows", "where", "reason"),
    [
        (["甲一|D01||正式党员|2010-7-1", "甲一|D02||正式党员|2010-7-1"], (3, "出生年月"), "同名"),
        (["甲一|D01||正式党员|2010-7-1", "甲一|D01|1980-5|正式党员|2010-7-1"], (2, "出生年月"), ""),
        (["甲一|D09||正式党员|2010-7-1"], (2, "党组织编码"), "没有这个编码"),
        (["甲一|第九支部||正式党员|2010-7-1"], (2, "党组织编码"), "没有叫这个名称"),
        (["甲一|D01||正式|2010-7-1"], (2, "党员类别"), "应为其中之一"),
        (["甲一|D01||正式党员|2010年7月"], (2, "入党日期"), "不是能识别的日期"),
        (["甲一|D01||正式党员|不详"], (2, "入党日期"), "不是能识别的日期"),
        (["甲一|D01||正式党员|2010-2-30"], (2, "入党日期"), "没有这一天"),
        (["甲一|D01|80年|正式党员|2010-7-1"], (2, "出生年月"), "不是能识别的年月"),
        (["甲一|||正式党员|2010-7-1"], (2, "党组织编码"), "必填"),
        (["以上名单截至年底||||"], (2, "党组织编码"), "必填"),
    ],
)
def test_what_cannot_be_understood_is_an_error_at_its_cell(
    bureau: Organization, user: User, rows: list[str], where: tuple[int, str], reason: str
) -> None:
    run = make_import(user, bureau, pasted(HEAD, *rows))
    assert reason in problems_of(run)[where]
    assert run.rows.filter(state=ImportRow.State.ERROR).exists()
    assert not Member.objects.exists()


def test_a_name_in_two_branches_is_told_apart_by_the_month_of_birth(
    bureau: Organization, user: User
) -> None:
    rows = ["甲一|D01|1980-5|正式党员|2010-7-1", "甲一|D02|1981-5|正式党员|2010-7-1"]
    commit(make_import(user, bureau, pasted(HEAD, *rows)), user)
    assert sorted(Member.objects.values_list("name", "birth_month")) == [
        ("甲一", "1980-05"),
        ("甲一", "1981-05"),
    ]


def test_a_name_that_two_organizations_bear_wants_the_code(
    bureau: Organization, user: User
) -> None:
    Organization.objects.update(short_name="一支部")
    run = make_import(user, bureau, pasted(HEAD, "甲一|一支部||正式党员|2010-7-1"))
    assert problems_of(run)[2, "党组织编码"] == ("有 3 个党组织叫这个名称，请写编码：D00、D01、D02")


def test_new_organizations_are_named_by_the_members_of_the_same_file(
    bureau: Organization, user: User
) -> None:
    run = make_import(
        user,
        bureau,
        make_workbook(
            {
                "党组织": [
                    {"编码": "D07", "名称": "第七党支部", "类别": "党支部", "上级": "测试局党委"}
                ],
                "党员": [member_record("甲一", "第七党支部")],
            }
        ),
    )
    commit(run, user)
    assert Membership.objects.get().organization.code == "D07"
    assert Organization.objects.get(code="D07").path.startswith(bureau.path)


def test_two_sheets_of_members_are_one_roster_and_their_rows_are_told_apart(
    bureau: Organization, user: User
) -> None:
    run = make_import(
        user,
        bureau,
        make_workbook(
            {
                "第1支部": [member_record("甲一", "D01"), member_record("甲二", "D01")],
                "第2支部": [member_record("乙一", "D02"), member_record("甲一", "D01")],
            }
        ),
    )
    assert [sheet["offset"] for sheet in run.sheets] == [0, 3]
    assert problems_of(run)[3, "姓名"] == "与第 2 行完全相同"


def test_a_column_that_stands_twice_has_to_be_chosen(bureau: Organization, user: User) -> None:
    run = make_import(user, bureau, pasted(f"{HEAD}|姓名", "甲一|D01||正式党员|2010-7-1|甲二"))
    assert run.problems == [
        {"sheet": "党员", "column": "姓名", "reason": "这一列出现了两次，请为其中一列选择“不导入”"}
    ]
    columns = {0: ("党员", [*run.sheets[0]["columns"][:5], ""])}
    run = correct_import(run, Corrections(columns=columns), version=1, today=TODAY)
    assert run.problems == []
    commit(run, user)
    assert Member.objects.get().name == "甲一"


def test_rows_passed_over_may_be_taken_in_and_others_left_out(
    bureau: Organization, user: User
) -> None:
    run = make_import(
        user,
        bureau,
        pasted(HEAD, "甲一|D01||正式党员|2010-7-1", "例：甲二|D01||正式党员|2010-7-1", "甲三||||"),
    )
    _first, example, broken = rows_of(run)
    assert [row.state for row in rows_of(run)] == ["NEW", "LEFT_OUT", "ERROR"]
    run = correct_import(
        run,
        Corrections(cells={(example.pk, 0): "甲二"}, left_out={example.pk: False, broken.pk: True}),
        version=1,
        today=TODAY,
    )
    assert [row.state for row in rows_of(run)] == ["NEW", "NEW", "LEFT_OUT"]
    commit(run, user)
    assert set(Member.objects.values_list("name", flat=True)) == {"甲一", "甲二"}


def test_one_correction_speaks_for_all_rows_with_the_same_text(
    bureau: Organization, user: User
) -> None:
    run = make_import(
        user, bureau, pasted(HEAD, *(f"甲{number}|D01||正式|2010-7-1" for number in range(9)))
    )
    key = (rows_of(run)[0].pk, 3)
    run = correct_import(
        run, Corrections(cells={key: "正式党员"}, same=frozenset({key})), version=1, today=TODAY
    )
    assert {row.state for row in rows_of(run)} == {"NEW"}


def test_what_changes_is_told_with_what_stands_on_record(bureau: Organization, user: User) -> None:
    branch = Organization.objects.get(code="D01")
    member = make_member(
        "甲一", branch, ethnicity="汉族", birth_month="1980-05", since=dt.date(2000, 1, 1)
    )
    run = make_import(
        user,
        bureau,
        pasted(
            f"{HEAD}|民族|转出日期",
            "甲一|D01|1980-05|正式党员|2000-01-01|回族|2025-06-01",
            "甲一|D02|1980-05|正式党员|2000-01-01||",
        ),
    )
    assert {number for number, _column in problems_of(run)} == {3}
    row = rows_of(run)[0]
    assert row.state == "CHANGED"
    assert row.remarks["before"] == {"民族": "汉族", "转出日期": ""}
    run = correct_import(
        run, Corrections(left_out={rows_of(run)[1].pk: True}), version=1, today=TODAY
    )
    commit(run, user)
    member.refresh_from_db()
    assert member.ethnicity == "回族"
    assert member.memberships.get().ended_on == dt.date(2025, 6, 1)


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("http://x","y")', "＝1", "+1", "@x", "<b>"])
def test_a_formula_is_a_text(bureau: Organization, user: User, cell: Any) -> None:
    run = make_import(user, bureau, make_workbook({"党员": [member_record("甲一", 备注=cell)]}))
    assert commit(run, user).state == ImportState.COMMITTED
    assert Member.objects.get().note == cell
