"""The second time: nothing changes, or what the file adds, or an error in words."""

from typing import Any

import pytest

from branches.effects import Effects
from branches.importers import ImportRefused, RosterPlan, import_roster, rows_of
from branches.importers.problems import WRITTEN_BY_ANOTHER
from branches.importers.roster.compare import PeoplePlan
from branches.importers.roster.write import write_people
from branches.models import Member, Membership, Organization, Post
from tests.branches.importers.workbooks import member_record, organization_record

pytestmark = pytest.mark.django_db

TREE = [
    organization_record("Z0", 类别="党委"),
    organization_record("Z1", 类别="党总支", 上级编码="Z0"),
    organization_record("D01", 上级编码="Z0"),
    organization_record("D02", 上级编码="Z0"),
    organization_record("G1", 类别="党小组", 上级编码="D01"),
]


def take(members: list[dict[str, Any]], tree: list[dict[str, Any]] = TREE) -> RosterPlan:
    return import_roster({"党组织": rows_of(tree), "党员": rows_of(members)})


def refusal(members: list[dict[str, Any]], tree: list[dict[str, Any]] = TREE) -> tuple[str, str]:
    with pytest.raises(ImportRefused) as caught:
        take(members, tree)
    (problem,) = caught.value.problems
    return problem.column, problem.reason


def test_the_same_file_twice_changes_nothing() -> None:
    members = [
        member_record(党内职务="书记", 转出日期="2020-03-01", 备注="调动"),
        member_record(code="D02", 转入日期="2020-03-01"),
        member_record("乙二", "G1", 党内职务="党小组组长"),
        member_record("乙二", "Z0", 党内职务="委员"),
        member_record("丙三", 党员类别="预备党员", 转正日期=""),
        member_record("丁四", 转正日期=""),
    ]
    assert not take(members).changes_nothing
    plan = take(members)
    assert plan.changes_nothing
    assert plan.counts == [
        ("党组织", 0, 0, 5),
        ("党员", 0, 0, 4),
        ("组织关系", 0, 0, 5),
        ("党内职务", 0, 0, 3),
    ]


def test_a_transfer_ends_the_open_period_with_its_post_and_begins_another() -> None:
    take([member_record(党内职务="书记")])
    plan = take(
        [
            member_record(党内职务="书记", 转出日期="2020-03-01"),
            member_record(code="D02", 转入日期="2020-03-01"),
        ]
    )
    assert plan.counts[1:] == [("党员", 0, 0, 1), ("组织关系", 1, 1, 0), ("党内职务", 0, 1, 0)]
    first, second = Membership.objects.all()
    assert (str(first.ended_on), str(second.started_on)) == ("2020-03-01", "2020-03-01")
    assert str(Post.objects.get().ended_on) == "2020-03-01"


def test_a_conversion_is_filled_in() -> None:
    take([member_record(党员类别="预备党员", 转正日期="")])
    plan = take([member_record()])
    assert plan.counts[1] == ("党员", 0, 1, 0)
    assert str(Member.objects.get().converted_on) == "2011-07-01"


def test_a_conversion_of_unknown_day_becomes_known() -> None:
    take([member_record(转正日期="")])
    take([member_record()])
    member = Member.objects.get()
    assert (str(member.converted_on), member.is_conversion_date_unknown) == ("2011-07-01", False)


def test_a_blank_cell_erases_nothing() -> None:
    take(
        [member_record(民族="回族", 备注="调入")],
        [TREE[0], organization_record("D01", 上级编码="Z0", 简称="一支部", 成立日期="2019-01-01")],
    )
    bare = organization_record("D01")
    assert take([member_record()], [bare]).changes_nothing
    member, branch = Member.objects.get(), Organization.objects.get(code="D01")
    assert (member.ethnicity, member.note, branch.short_name) == ("回族", "调入", "一支部")
    assert Organization.objects.get_parent(branch).code == "Z0"


def test_notes_are_added_to() -> None:
    take([member_record(备注="调入")])
    assert take([member_record(备注="病休")]).counts[1] == ("党员", 0, 1, 0)
    assert Member.objects.get().note == "调入\n病休"
    assert take([member_record(备注="调入")]).changes_nothing


def test_organizations_are_renamed_dated_and_moved() -> None:
    take([member_record(code="G1")])
    plan = take(
        [], [organization_record("D01", 上级编码="Z1", 名称="新名党支部", 撤销日期="2026-01-01")]
    )
    assert plan.counts[0] == ("党组织", 0, 1, 0)
    branch = Organization.objects.get(code="D01")
    assert (branch.name, str(branch.closed_on)) == ("新名党支部", "2026-01-01")
    group = Organization.objects.get(code="G1")
    assert [one.code for one in Organization.objects.get_ancestors(group)] == ["Z0", "Z1", "D01"]
    assert Organization.objects.find_problems() == ([], [], [], [], [])


def test_another_spelling_of_the_interpunct_is_the_same_person() -> None:
    take([member_record("古丽·艾山")])
    assert take([member_record("古丽•艾山")]).changes_nothing


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"入党日期": "2010-07-02", "转入日期": "2010-07-02"}, "入党日期", "2010-07-01"),
        ({"转正日期": "2011-08-01"}, "转正日期", "2011-07-01"),
        ({"党员类别": "预备党员", "转正日期": ""}, "党员类别", "已是正式党员"),
        ({"转出日期": ""}, "转出日期", "已于 2020-03-01 结束"),
        ({"转出日期": "2020-04-01"}, "转出日期", "已于 2020-03-01 结束"),
        ({"code": "D02"}, "党组织编码", "自 2010-07-01 到 2020-03-01属于 D01"),
        ({"出生年月": ""}, "出生年月", "已有同名党员（出生年月：1980-05）"),
    ],
)
def test_what_contradicts_the_system_is_an_error_in_words(
    cells: dict[str, str], column: str, reason: str
) -> None:
    take([member_record(转出日期="2020-03-01")])
    with pytest.raises(ImportRefused) as caught:
        take([member_record(**{"转出日期": "2020-03-01"} | cells)])
    said = {problem.column: problem.reason for problem in caught.value.problems}
    assert reason in said[column]


def test_an_open_period_elsewhere_is_named() -> None:
    take([member_record()])
    column, reason = refusal([member_record(code="D02", 转入日期="2020-03-01")])
    assert column == "党组织编码"
    assert "至今属于 D01" in reason


def test_a_post_that_ended_is_not_opened_again() -> None:
    take([member_record(), member_record(code="Z0", 党内职务="委员", 转出日期="2020-03-01")])
    column, reason = refusal([member_record(), member_record(code="Z0", 党内职务="委员")])
    assert (column, reason) == ("党内职务", "系统中这一职务已于 2020-03-01 卸任")


def test_another_post_in_the_same_period_does_not_end_the_old_one_silently() -> None:
    take([member_record(党内职务="组织委员")])
    column, reason = refusal([member_record(党内职务="书记", 任职日期="2024-01-01")])
    assert column == "党内职务"
    assert "起任组织委员" in reason


def test_a_post_begins_once() -> None:
    take([member_record(党内职务="书记")])
    column, reason = refusal([member_record(党内职务="书记", 任职日期="2019-01-01")])
    assert (column, reason) == ("任职日期", "系统中此人任书记自 2010-07-01 起")


def test_a_seat_listed_alone_is_known_by_the_membership_on_record() -> None:
    take([member_record()])
    plan = take([member_record(code="Z0", 党内职务="委员", 转入日期="2021-05-01")])
    assert plan.counts[2:] == [("组织关系", 0, 0, 0), ("党内职务", 1, 0, 0)]
    assert Membership.objects.get().organization.code == "D01"


def test_a_writer_who_comes_in_between_is_an_error_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def beaten(plan: PeoplePlan, effects: Effects) -> None:
        Member.objects.create(name="甲一", birth_month="1980-05", joined_on="2010-07-01")
        write_people(plan, effects)

    monkeypatch.setattr("branches.importers.roster.write_people", beaten)
    column, reason = refusal([member_record()])
    assert (column, reason) == ("", WRITTEN_BY_ANOTHER)
    assert not Organization.objects.exists()


def test_a_change_of_post_is_two_rows() -> None:
    take([member_record(党内职务="组织委员")])
    plan = take(
        [
            member_record(党内职务="组织委员", 转出日期="2024-01-01"),
            member_record(党内职务="书记", 转入日期="2024-01-01"),
        ]
    )
    assert plan.counts[3] == ("党内职务", 1, 1, 0)


def test_the_kind_of_an_organization_stays() -> None:
    take([])
    column, reason = refusal([], [organization_record("Z1", 类别="党委", 上级编码="Z0")])
    assert (column, reason) == ("类别", "系统中该组织是党总支，导入不能改类别")


def test_a_move_below_its_own_descendant_is_a_circle() -> None:
    tree = [
        organization_record("Z0", 类别="党委"),
        organization_record("Z2", 类别="党委", 上级编码="Z0"),
    ]
    take([], tree)
    column, reason = refusal([], [organization_record("Z0", 类别="党委", 上级编码="Z2")])
    assert column == "上级编码"
    assert "成环" in reason


def test_dates_of_an_organization_have_to_fit_those_on_record() -> None:
    take([], [organization_record("D01", 成立日期="2020-01-01")])
    column, reason = refusal([], [organization_record("D01", 撤销日期="2019-01-01")])
    assert column == "撤销日期"
    assert "成立 2020-01-01" in reason
