import datetime as dt
from collections import Counter, defaultdict
from functools import lru_cache

import pytest

from reports.demo import FIRST_YEAR, LAST_YEAR, activity_rows
from reports.demo.calendar import is_working_day
from tests.reports.demo.as_of import Rows, absent_names, is_full

# Every third year and the ends: all 36 were looked at when the rows were written.
YEARS = sorted({*range(FIRST_YEAR, LAST_YEAR, 3), LAST_YEAR, 2025})
YEAR = 2025
KINDS = {
    "支部党员大会",
    "支部委员会会议",
    "党小组会",
    "党课",
    "主题党日",
    "集中学习",
    "组织生活会",
    "民主评议党员",
    "党委会",
    "廉政教育",
    "专题研讨",
    "青年党员活动",
    "谈心谈话",
}


rows_of = lru_cache(activity_rows)


def of_kind(rows, kind, code=None):
    return [
        row
        for row in rows
        if kind in row["类型"].split("、")
        and (code is None or code in row["党组织编码"].split("、"))
    ]


def test_the_sheets_have_the_headings_of_the_activities_workbook():
    headings = {name: {tuple(row) for row in rows} for name, rows in rows_of(YEAR).items()}
    assert headings == {
        "活动": {
            (
                "编号",
                "党组织编码",
                "日期",
                "开始时间",
                "结束时间",
                "类型",
                "主题",
                "地点",
                "主持人",
                "记录人",
                "主讲人",
                "形式",
                "学习内容",
                "廉政节点",
                "学时",
                "缺席人员",
                "列席人员",
                "内容",
                "决议",
                "可写入总结",
            )
        },
        "议题": {("活动编号", "序号", "议题", "汇报人", "讨论", "决定", "赞成", "反对", "弃权")},
        "整改": {("活动编号", "问题", "整改措施", "责任人", "期限", "完成日期")},
        "评议": {("党组织编码", "年度", "优秀", "合格", "基本合格", "不合格")},
    }


def test_the_same_year_gives_the_same_rows():
    assert activity_rows(YEAR) == activity_rows(YEAR)


@pytest.mark.parametrize("year", YEARS)
def test_any_year_has_about_300_activities_of_every_kind_on_working_days(year):
    activities = rows_of(year)["活动"]
    assert 300 <= len(activities) <= 340
    assert {kind for row in activities for kind in row["类型"].split("、")} == KINDS
    days = [row["日期"] for row in activities]
    assert all(is_working_day(day) for day in days)
    assert [day for day in days if day.year != year] == [days[0]]  # for New Year, in December
    assert max(days) <= dt.date(year, 12, 31)


@pytest.mark.parametrize("year", YEARS)
def test_the_absent_were_expected_on_the_day(year):
    rows = Rows.of(year)
    for activity in rows_of(year)["活动"]:
        names = [row["姓名"] for row in rows.expected(activity)]
        for name in absent_names(activity):
            assert names.count(name) == 1, (activity["编号"], name)


@pytest.mark.parametrize("year", YEARS)
def test_who_led_the_activity_was_not_absent_from_it(year):
    for activity in rows_of(year)["活动"]:
        leading = {activity["主持人"], activity["记录人"], activity["主讲人"]}
        assert not leading & set(absent_names(activity)), activity["编号"]


@pytest.mark.parametrize("year", YEARS)
def test_nobody_is_in_two_places_at_once(year):
    rows = Rows.of(year)
    busy = defaultdict(list)
    for activity in rows_of(year)["活动"]:
        start, end = activity["开始时间"], activity["结束时间"]
        assert start < end
        if activity["缺席人员"] == "" and "谈心谈话" in activity["类型"]:
            continue
        for person in rows.expected(activity):
            key = (person["姓名"], person["出生年月"], activity["日期"])
            for other_start, other_end in busy[key]:
                assert end <= other_start or other_end <= start, (activity["编号"], key)
            busy[key].append((start, end))


@pytest.mark.parametrize("year", YEARS)
def test_votes_fit_those_present_and_carry_the_motion(year):
    rows, sheets = Rows.of(year), rows_of(year)
    activities = {row["编号"]: row for row in sheets["活动"]}
    voted = [row for row in sheets["议题"] if row["赞成"]]
    assert len(voted) >= 24
    for item in voted:
        activity = activities[item["活动编号"]]
        expected = [row for row in rows.expected(activity) if is_full(row, activity["日期"])]
        absent = absent_names(activity)
        present = [row for row in expected if row["姓名"] not in absent]
        ayes, noes, abstained = (int(item[key]) for key in ("赞成", "反对", "弃权"))
        assert ayes + noes + abstained <= len(present)
        assert 2 * ayes > len(expected)
        assert 2 * len(present) >= len(expected)


@pytest.mark.parametrize("year", YEARS)
def test_committees_have_their_quorum(year):
    rows = Rows.of(year)
    for activity in rows_of(year)["活动"]:
        if {"支部委员会会议", "党委会"} & set(activity["类型"].split("、")):
            expected = rows.expected(activity)
            assert 2 * (len(expected) - len(absent_names(activity))) >= len(expected)


@pytest.mark.parametrize("year", YEARS)
def test_branches_meet_as_often_as_they_must_but_for_a_few_gaps(year):
    activities = rows_of(year)["活动"]
    branches = ["YC-01", "YC-02", "YC-03", "YC-04", "YC-05-01", "YC-05-02"]
    groups = [f"{code}-{n}" for code in ("YC-01", "YC-05-01", "YC-05-02") for n in (1, 2)]

    def months(kind, code):
        return {row["日期"].month for row in of_kind(activities, kind, code)}

    def quarters(kind, code):
        return {(month + 2) // 3 for month in months(kind, code)}

    every_month = set(range(1, 13))
    missing = {
        (code, kind, month)
        for kind, codes in (
            ("主题党日", branches),
            ("支部委员会会议", [code for code in branches if code != "YC-04"]),
            ("党小组会", groups),
        )
        for code in codes
        for month in every_month - months(kind, code)
    }
    assert missing == {("YC-05-02", "支部委员会会议", 8), ("YC-05-01-2", "党小组会", 7)}
    for code in branches:
        assert quarters("支部党员大会", code) == {1, 2, 3, 4}
        assert quarters("党课", code) == ({1, 2, 3} if code == "YC-04" else {1, 2, 3, 4})
    assert not of_kind(activities, "支部委员会会议", "YC-04")


@pytest.mark.parametrize("year", YEARS)
def test_the_reminder_for_new_year_is_held_in_the_december_before_and_again_for_the_next(year):
    reminders = of_kind(rows_of(year)["活动"], "廉政教育")
    new_year = [row["日期"] for row in reminders if row["廉政节点"] == "元旦"]
    assert [(day.year, day.month) for day in new_year] == [(year - 1, 12), (year, 12)]
    holidays = {row["廉政节点"] for row in reminders}
    assert {"元旦", "春节", "清明", "五一", "端午", "国庆"} <= holidays


def test_mid_autumn_has_its_own_reminder_unless_it_shares_the_break_with_national_day():
    assert not [row for row in rows_of(2025)["活动"] if row["廉政节点"] == "中秋"]
    assert [row for row in rows_of(2026)["活动"] if row["廉政节点"] == "中秋"]


def test_a_reminder_is_held_on_a_working_day_before_the_break():
    days = {row["廉政节点"]: row["日期"] for row in rows_of(2024)["活动"] if row["廉政节点"]}
    assert days["春节"] <= dt.date(2024, 2, 9)
    assert days["端午"] == dt.date(2024, 6, 7)
    assert days["国庆"] == dt.date(2024, 9, 30)


def test_some_are_joint_and_some_are_of_several_kinds():
    activities = rows_of(YEAR)["活动"]
    joint = [row for row in activities if "、" in row["党组织编码"]]
    several = [row for row in activities if "、" in row["类型"]]
    assert len(joint) >= 10
    assert len(several) >= 30
    assert [row for row in several if row["类型"] == "支部党员大会、党课、主题党日"]


def test_attendance_is_full_or_with_absences_or_not_recorded():
    cells = Counter(
        row["缺席人员"] if row["缺席人员"] in ("", "无") else "有" for row in rows_of(YEAR)["活动"]
    )
    assert cells["无"] > 100
    assert cells["有"] > 100
    assert 10 <= cells[""] <= 40


@pytest.mark.parametrize("year", YEARS)
def test_no_two_minutes_read_alike(year):
    texts = Counter(row["内容"] for row in rows_of(year)["活动"])
    assert [text for text, times in texts.items() if times > 1] == []


def test_no_cell_keeps_a_slot_unfilled():
    for rows in rows_of(YEAR).values():
        for row in rows:
            assert not [cell for cell in row.values() if "{" in str(cell) or "None" in str(cell)]


def test_a_dozen_lines_are_meant_for_the_summary():
    lines = [row["可写入总结"] for row in rows_of(YEAR)["活动"] if row["可写入总结"]]
    assert 12 <= len(lines) == len(set(lines))


def test_rectifications_are_done_in_time_done_late_and_open():
    rows = rows_of(YEAR)["整改"]
    done = [row for row in rows if row["完成日期"]]
    late = [row for row in done if row["完成日期"] > row["期限"]]
    assert len(late) == 2
    assert len(done) > len(late)
    assert len(rows) - len(done) >= 3


@pytest.mark.parametrize("year", YEARS)
def test_each_branch_grades_its_full_members_and_at_most_a_third_as_excellent(year):
    rows, sheets = Rows.of(year), rows_of(year)
    assert len(sheets["评议"]) == 6
    for result in sheets["评议"]:
        code = result["党组织编码"]
        (meeting,) = of_kind(sheets["活动"], "民主评议党员", code)
        full = sum(is_full(row, meeting["日期"]) for row in rows.members(meeting["日期"], [code]))
        grades = [int(result[key]) for key in ("优秀", "合格", "基本合格", "不合格")]
        assert sum(grades) == full
        assert grades[0] * 3 <= full


def test_a_year_that_is_not_over_stops_at_the_day():
    day = dt.date(YEAR, 6, 18)
    until, whole = activity_rows(YEAR, until=day), rows_of(YEAR)
    assert max(row["日期"] for row in until["活动"]) <= day
    assert until["活动"] == [row for row in whole["活动"] if row["日期"] <= day]
    assert not until["评议"]
    assert all(row["完成日期"] == "" or row["完成日期"] <= day for row in until["整改"])
