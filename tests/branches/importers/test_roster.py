"""What a sound roster becomes."""

import datetime as dt
from typing import Any

import pytest

from branches.importers import RosterPlan, import_roster, rows_of
from branches.importers.roster import LAYOUTS
from branches.importers.workbook import read_content
from branches.models import Member, Membership, Organization, OrganizationKind, Post, PostTitle
from branches.roster import members_expected
from tests.branches.importers.workbooks import make_workbook, member_record, organization_record

pytestmark = pytest.mark.django_db

TREE = [
    organization_record("G1", 类别="党小组", 上级编码="D01"),
    organization_record("D01", 类别="党支部", 上级编码="Z0"),
    organization_record("D02", 类别="党支部", 上级编码="Z0"),
    organization_record("Z0", 类别="党委", 简称="局党委", 成立日期="2018-06-01"),
]


def take(members: list[dict[str, Any]], tree: list[dict[str, Any]] = TREE) -> RosterPlan:
    return import_roster({"党组织": rows_of(tree), "党员": rows_of(members)})


def periods(name: str = "甲一") -> list[tuple[str, str, str | None]]:
    return [
        (code, str(start), end and str(end))
        for code, start, end in Membership.objects.filter(member__name=name).values_list(
            "organization__code", "started_on", "ended_on"
        )
    ]


def posts(name: str = "甲一") -> list[tuple[str, str, str, str | None]]:
    return [
        (code, title, str(start), end and str(end))
        for code, title, start, end in Post.objects.filter(member__name=name).values_list(
            "organization__code", "title", "started_on", "ended_on"
        )
    ]


def test_organizations_form_a_tree_in_whatever_order_they_are_listed() -> None:
    take([])
    group = Organization.objects.get(code="G1")
    assert [one.code for one in Organization.objects.get_ancestors(group)] == ["Z0", "D01"]
    root = Organization.objects.get(code="Z0")
    assert (root.kind, root.short_name) == (OrganizationKind.COMMITTEE, "局党委")
    assert root.founded_on == dt.date(2018, 6, 1)
    assert Organization.objects.find_problems() == ([], [], [], [], [])


def test_a_superior_may_be_in_the_database_already() -> None:
    take([])
    take([], [organization_record("D03", 上级编码="Z0")])
    added = Organization.objects.get(code="D03")
    assert Organization.objects.get_parent(added).code == "Z0"


def test_a_period_runs_from_admission_or_transfer_in_until_transfer_out() -> None:
    take(
        [
            member_record(转出日期="2020-03-01"),
            member_record(code="D02", 转入日期="2020-03-01"),
        ]
    )
    assert Member.objects.count() == 1
    assert periods() == [
        ("D01", "2010-07-01", "2020-03-01"),
        ("D02", "2020-03-01", None),
    ]


def test_namesakes_are_told_apart_by_their_month_of_birth() -> None:
    take([member_record(出生年月="1980-05"), member_record(出生年月="1980.06", code="D02")])
    births = Member.objects.values_list("birth_month", flat=True)
    assert sorted(births) == ["1980-05", "1980-06"]


def test_a_full_member_without_the_day_of_conversion_counts_as_full() -> None:
    take([member_record(转正日期=""), member_record("乙二", 党员类别="预备党员", 转正日期="")])
    first, second = Member.objects.order_by("pk")
    assert (first.is_conversion_date_unknown, first.converted_on) == (True, None)
    assert (second.is_conversion_date_unknown, second.converted_on) == (False, None)


def test_a_group_member_belongs_to_the_branch_through_the_group() -> None:
    take([member_record(code="G1")])
    branch = Organization.objects.get(code="D01")
    expected = members_expected([branch], on=dt.date(2025, 1, 1))
    assert [person.name for person in expected] == ["甲一"]


def test_a_group_leader_leads_the_group_and_other_posts_are_held_in_the_branch() -> None:
    take([member_record(code="G1", 党内职务="党小组组长、组织委员", 任职日期="2023-01-10")])
    assert sorted(posts()) == [
        ("D01", PostTitle.ORGANIZATION_OFFICER, "2023-01-10", None),
        ("G1", PostTitle.GROUP_LEADER, "2023-01-10", None),
    ]


def test_a_post_lasts_from_the_start_of_the_period_until_transfer_out() -> None:
    take([member_record(党内职务="书记", 转出日期="2020-03-01")])
    assert posts() == [("D01", PostTitle.SECRETARY, "2010-07-01", "2020-03-01")]


def test_a_post_kept_through_a_move_between_groups_is_one_post() -> None:
    take(
        [
            member_record(code="G1", 党内职务="书记", 任职日期="2019-01-01", 转出日期="2020-03-01"),
            member_record(
                code="D01", 党内职务="书记", 任职日期="2019-01-01", 转入日期="2020-03-01"
            ),
        ]
    )
    assert posts() == [("D01", PostTitle.SECRETARY, "2019-01-01", None)]


def test_a_seat_on_the_committee_above_is_a_post_and_no_second_membership() -> None:
    take([member_record(), member_record(code="Z0", 党内职务="委员", 转入日期="2021-05-01")])
    assert periods() == [("D01", "2010-07-01", None)]
    assert posts() == [("Z0", PostTitle.COMMITTEE_MEMBER, "2021-05-01", None)]


def test_a_member_of_the_committee_alone_belongs_to_it() -> None:
    take([member_record(code="Z0", 党内职务="书记")])
    assert periods() == [("Z0", "2010-07-01", None)]


def test_names_survive_as_typed_and_are_sorted_by_pinyin() -> None:
    names = ["古丽娜尔·艾山", "𠮷一", "单玥", "=1+1"]
    content = make_workbook(
        {"党组织": TREE, "党员": [member_record(name, 备注="＝２") for name in names]}
    )
    import_roster(read_content(content, LAYOUTS))
    assert set(Member.objects.values_list("name", flat=True)) == set(names)
    assert Member.objects.get(name="单玥").sort_key == "shan yue"
    assert Member.objects.first().note == "＝２"


def test_unknown_columns_and_sheets_are_named_and_ignored() -> None:
    plan = import_roster(
        {
            "党组织": rows_of(TREE),
            "党员": rows_of([member_record(血型="A")]),
            "说明": [],
        }
    )
    assert plan.ignored == ["工作表“党员”的“血型”列", "工作表“说明”"]


def test_pasted_members_alone_are_enough_when_the_organizations_are_there() -> None:
    take([])
    plan = import_roster({"党员": rows_of([member_record()])}, is_partial=True)
    assert plan.counts[1] == ("党员", 1, 0, 0)


def test_three_thousand_people_cost_a_fixed_number_of_queries(
    django_assert_max_num_queries: Any,
) -> None:
    take([])
    people = [member_record(f"党员{number}") for number in range(3000)]
    with django_assert_max_num_queries(25):
        import_roster({"党员": rows_of(people)}, is_partial=True)
    assert Member.objects.count() == 3000
