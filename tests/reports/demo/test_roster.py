import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from reports.demo import FIRST_YEAR, LAST_YEAR, roster_rows
from tests.reports.demo.as_of import Rows, is_full, start_of

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
YEAR = 2025
LAST_DAY = dt.date(YEAR, 12, 31)

BRANCHES = ["YC-01", "YC-02", "YC-03", "YC-04", "YC-05-01", "YC-05-02"]


def test_the_sheets_have_the_headings_of_the_roster_workbook():
    sheets = roster_rows(YEAR)
    assert {tuple(row) for row in sheets["党组织"]} == {
        ("编码", "名称", "简称", "类别", "上级编码", "成立日期", "撤销日期")
    }
    assert {tuple(row) for row in sheets["党员"]} == {
        (
            "姓名",
            "党组织编码",
            "性别",
            "民族",
            "出生年月",
            "党员类别",
            "入党日期",
            "转正日期",
            "党内职务",
            "任职日期",
            "转入日期",
            "转出日期",
            "备注",
        )
    }


def test_the_tree_has_every_kind_and_six_branches_of_which_three_have_groups():
    rows = Rows.of(YEAR)
    kinds = Counter(row["类别"] for row in rows.organizations)
    assert kinds == {"党委": 1, "党总支": 1, "党支部": 6, "党小组": 6}
    with_groups = {
        rows.parent(row["编码"]) for row in rows.organizations if row["类别"] == "党小组"
    }
    assert with_groups == {"YC-01", "YC-05-01", "YC-05-02"}


def test_about_120_members_belong_to_the_bureau_at_the_end_of_the_year():
    assert len(Rows.of(YEAR).members(LAST_DAY, ["YC"])) == 121


def test_one_branch_has_fewer_than_seven_full_members_and_no_committee():
    rows = Rows.of(YEAR)
    for day in (dt.date(YEAR, 1, 1), LAST_DAY):
        full = sum(is_full(row, day) for row in rows.members(day, ["YC-04"]))
        assert 3 <= full < 7
        posts = {row["党内职务"] for row in rows.committee(day, "YC-04")}
        assert posts == {"书记", "副书记"}


@pytest.mark.parametrize("branch", [code for code in BRANCHES if code != "YC-04"])
def test_the_other_branches_have_a_committee_of_three_to_five_with_one_secretary(branch):
    rows = Rows.of(YEAR)
    for month in range(1, 13):
        committee = rows.committee(dt.date(YEAR, month, 28), branch)
        assert 3 <= len(committee) <= 5
        assert [row["党内职务"] for row in committee].count("书记") == 1


def test_the_secretary_of_one_branch_changes_in_the_middle_of_the_year():
    rows = Rows.of(YEAR)
    secretaries = [
        next(row for row in rows.committee(day, "YC-03") if row["党内职务"] == "书记")["姓名"]
        for day in (dt.date(YEAR, 1, 1), LAST_DAY)
    ]
    assert secretaries == ["陶景行", "宋佩兰"]


def test_a_transfer_between_branches_shows_both_ends_on_one_day():
    rows = Rows.of(YEAR)
    left, joined = (row for row in rows.people if row["姓名"] == "鲁一鸣")
    assert (left["党组织编码"], joined["党组织编码"]) == ("YC-02", "YC-03")
    assert left["转出日期"] == joined["转入日期"]
    assert left["转出日期"].year == YEAR


def test_members_leave_for_elsewhere_and_come_from_elsewhere_during_the_year():
    by_person = defaultdict(list)
    for row in Rows.of(YEAR).people:
        by_person[row["姓名"], row["出生年月"]].append(row)
    gone = {
        name
        for (name, _), own in by_person.items()
        if all(row["转出日期"] for row in own) and max(r["转出日期"] for r in own).year == YEAR
    }
    come = {
        name
        for (name, _), own in by_person.items()
        if min(start_of(row) for row in own).year == YEAR and own[0]["入党日期"].year < YEAR
    }
    assert gone == {"裴文彬", "燕飞鸿", "祁远山"}
    assert come == {"钟毓", "乔远志", "佟喆"}


@pytest.mark.parametrize("year", YEARS)
def test_three_are_converted_and_three_admitted_in_any_year(year):
    people = Rows.of(year).people
    converted = {row["姓名"] for row in people if row["转正日期"] and row["转正日期"].year == year}
    admitted = [row for row in people if row["入党日期"].year == year]
    assert converted == {"田恬", "尤佳禾", "史可欣"}
    assert {row["姓名"] for row in admitted} == {"凌子昂", "皮星野", "卢晓晨"}
    assert {row["党员类别"] for row in admitted} == {"预备党员"}


@pytest.mark.parametrize("year", YEARS)
def test_probation_lasts_at_least_a_year(year):
    for row in Rows.of(year).people:
        if row["转正日期"]:
            joined = row["入党日期"]
            assert row["转正日期"] >= joined.replace(year=joined.year + 1), row["姓名"]


@pytest.mark.parametrize("year", YEARS)
def test_nobody_belongs_to_two_organizations_on_one_day(year):
    rows = Rows.of(year)
    by_person = defaultdict(list)
    for row in rows.people:
        if not rows.is_seat(row):
            by_person[row["姓名"], row["出生年月"]].append(row)
    for own in by_person.values():
        own.sort(key=start_of)
        for earlier, later in pairwise(own):
            assert earlier["转出日期"] <= start_of(later), earlier


@pytest.mark.parametrize("year", YEARS)
def test_periods_posts_and_organizations_begin_before_they_end(year):
    rows = Rows.of(year)
    founded = {row["编码"]: row["成立日期"] for row in rows.organizations}
    for row in rows.people:
        assert founded[row["党组织编码"]] <= start_of(row), row
        assert row["入党日期"] <= start_of(row), row
        assert row["转出日期"] == "" or start_of(row) < row["转出日期"], row
        assert bool(row["党内职务"]) == bool(row["任职日期"]), row
        assert row["任职日期"] == "" or start_of(row) <= row["任职日期"], row


def test_a_name_is_there_twice_and_the_month_of_birth_tells_them_apart():
    births = defaultdict(set)
    for row in Rows.of(YEAR).people:
        births[row["姓名"]].add(row["出生年月"])
    assert {name: len(months) for name, months in births.items() if len(months) > 1} == {"王磊": 2}


def test_there_are_names_with_an_interpunct_and_with_rare_characters():
    names = {row["姓名"] for row in Rows.of(YEAR).people}
    assert {"古丽娜尔·艾山", "石𠮷安", "佟喆", "隋玉堃", "翟玥"} <= names


def test_members_of_the_committees_above_belong_to_a_branch_as_well():
    rows = Rows.of(YEAR)
    seats = [row for row in rows.people if rows.is_seat(row)]
    members = {(row["姓名"], row["出生年月"]) for row in rows.members(LAST_DAY, ["YC"])}
    assert {row["党组织编码"] for row in seats} == {"YC", "YC-05"}
    assert {(row["姓名"], row["出生年月"]) for row in seats} <= members
