"""What a sound activity workbook becomes."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from branches.importers import rows_of
from branches.importers.workbook import read_content
from branches.models import Organization, PostTitle
from meetings.importers import LAYOUTS, ActivityPlan, import_activities
from meetings.importers.words import HOLIDAY_WORDS, KIND_WORDS
from meetings.models import (
    Activity,
    AppraisalResult,
    Attendance,
    AttendanceState,
    Holiday,
    Kind,
    Rectification,
    Revision,
    Status,
)
from tests.branches.importers.workbooks import activity_record, make_workbook
from tests.factories import make_bureau, make_member, make_post

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 1, 10)


@pytest.fixture(autouse=True)
def bureau() -> tuple[Organization, list[Organization]]:
    made, branches = make_bureau()
    for name in ("甲一", "乙二", "丙三"):
        make_member(name, branches[0])
    make_member("丁四", branches[1])
    return made, branches


def take(sheets: dict[str, list[dict[str, Any]]], **options: Any) -> ActivityPlan:
    rows = {name: rows_of(records) for name, records in sheets.items()}
    return import_activities(rows, today=TODAY, file_name="活动.xlsx", **options)


def take_one(**cells: Any) -> Activity:
    take({"活动": [activity_record(**cells)]})
    return Activity.objects.get()


def states(activity: Activity) -> dict[str, str]:
    return dict(activity.attendances.values_list("member__name", "state"))


def test_a_row_becomes_an_accepted_record_marked_as_imported() -> None:
    activity = take_one(
        地点="会议室",
        主持人="甲一",
        记录人="乙二",
        主讲人="丙三",
        形式="学习",
        廉政节点="春节",
        学时="1.5",
        内容="第一段\n第二段",
        决议="同意",
        可写入总结="亮点",
    )
    assert activity.status == Status.ACCEPTED
    assert (activity.host.code, activity.held_on) == ("D01", dt.date(2025, 3, 5))
    assert (activity.start_time, activity.end_time) == (dt.time(14, 30), dt.time(16, 0))
    assert (activity.place, activity.chair, activity.recorder) == ("会议室", "甲一", "乙二")
    assert (activity.lecturer, activity.form) == ("丙三", "学习")
    assert (activity.holiday, activity.study_hours) == (Holiday.SPRING_FESTIVAL, Decimal("1.5"))
    assert (activity.minutes, activity.decision) == ("第一段\n第二段", "同意")
    assert (activity.title, activity.highlight) == ("学习党章", "亮点")
    assert (activity.imported_file, activity.imported_row) == ("活动.xlsx", 2)
    assert activity.revisions.get().action == Revision.Action.IMPORTED


def test_as_draft_imports_drafts() -> None:
    take({"活动": [activity_record()]}, as_draft=True)
    assert Activity.objects.get().status == Status.DRAFT


def test_a_joint_activity_of_two_kinds_is_one_record_with_four_credits() -> None:
    activity = take_one(code="D02、D01", 类型="支部党员大会、党课")
    assert activity.host.code == "D02"
    assert set(activity.credits.values_list("kind", "organization__code")) == {
        (kind, code)
        for kind in (Kind.GENERAL_MEETING, Kind.PARTY_LECTURE)
        for code in ("D01", "D02")
    }


@pytest.mark.parametrize(("word", "kind"), KIND_WORDS.items())
def test_every_word_for_a_kind_is_known(word: str, kind: Kind) -> None:
    assert take_one(类型=word).credits.get().kind == kind


def test_every_kind_and_every_holiday_has_a_word() -> None:
    assert set(KIND_WORDS.values()) == set(Kind)
    assert set(HOLIDAY_WORDS.values()) == set(Holiday)


def test_blank_absences_mean_that_attendance_was_not_recorded() -> None:
    assert not take_one(缺席人员="").attendances.exists()


def test_nobody_absent_means_that_everyone_expected_was_there() -> None:
    activity = take_one(缺席人员="无")
    assert states(activity) == dict.fromkeys(("甲一", "乙二", "丙三"), AttendanceState.PRESENT)


def test_absences_are_rows_with_their_reason() -> None:
    activity = take_one(缺席人员="甲一（病假）、乙二")
    assert states(activity) == {
        "甲一": AttendanceState.ON_LEAVE,
        "乙二": AttendanceState.ABSENT,
        "丙三": AttendanceState.PRESENT,
    }
    assert Attendance.objects.get(member__name="甲一").reason == "病假"


def test_expected_are_those_of_the_day() -> None:
    branch = Organization.objects.get(code="D01")
    make_member("戊五", branch, since=dt.date(2025, 3, 6))
    make_member("己六", branch, until=dt.date(2025, 3, 6))
    assert states(take_one(缺席人员="无")).keys() == {"甲一", "乙二", "丙三", "己六"}


def test_a_committee_meeting_expects_the_holders_of_posts() -> None:
    branch = Organization.objects.get(code="D01")
    make_post(make_member("庚七", branch), branch, PostTitle.SECRETARY)
    activity = take_one(类型="支部委员会会议", 缺席人员="无")
    assert states(activity) == {"庚七": AttendanceState.PRESENT}


def test_everyone_there_where_nobody_was_expected_is_told_and_not_recorded() -> None:
    plan = take({"活动": [activity_record(类型="支委会", 缺席人员="无")]})
    assert plan.notes == ["工作表“活动” 第 2 行：当日没有应到人员，出席情况未登记"]
    assert not Attendance.objects.exists()


def test_guests_come_with_their_unit() -> None:
    activity = take_one(列席人员="王某（市直工委）、李某")
    assert list(activity.guests.values_list("name", "unit")) == [("王某", "市直工委"), ("李某", "")]
    assert not take_one_more(列席人员="无").guests.exists()


def take_one_more(**cells: Any) -> Activity:
    take({"活动": [activity_record(主题="又一次", **cells)]})
    return Activity.objects.get(title="又一次")


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("《中国共产党章程》", ["中国共产党章程"]),
        ("《甲》、《乙、丙》", ["甲", "乙、丙"]),
        ("学习《甲》《乙》，《甲》", ["甲", "乙"]),
        ("《学习〈条例〉的意见》；上级文件", ["学习〈条例〉的意见", "上级文件"]),
        ("《关于《条例》的说明》", ["关于《条例》的说明"]),
        ("专题片", ["专题片"]),
    ],
)
def test_materials_are_the_titles_in_brackets(cell: str, titles: list[str]) -> None:
    activity = take_one(学习内容=cell)
    assert list(activity.study_materials.values_list("title", flat=True)) == titles


def test_agenda_items_come_in_the_order_of_their_numbers() -> None:
    take(
        {
            "活动": [activity_record(编号="A1")],
            "议题": [
                {"活动编号": "A1", "序号": "2", "议题": "乙", "汇报人": "甲一", "赞成": ""},
                {
                    "活动编号": "A1",
                    "序号": 1,
                    "议题": "甲",
                    "决定": "通过",
                    "赞成": 3,
                    "反对": "０",
                },
                {"活动编号": "A1", "序号": "", "议题": "丙"},
            ],
        }
    )
    items = Activity.objects.get().agenda_items.values_list(
        "position", "topic", "decision", "votes_for", "votes_against", "votes_abstain"
    )
    assert list(items) == [
        (1, "甲", "通过", 3, 0, None),
        (2, "乙", "", None, None, None),
        (3, "丙", "", None, None, None),
    ]


def test_a_rectification_opens_on_the_day_of_its_activity() -> None:
    take(
        {
            "活动": [activity_record(编号="A1"), activity_record("D02", 主题="另一项")],
            "整改": [
                {"活动编号": "A1", "问题": "学习不够", "整改措施": "补学", "责任人": "甲一",
                 "期限": "2025-06-30", "完成日期": "2025.6.20"}
            ],
        }
    )  # fmt: skip
    one = Rectification.objects.get()
    assert (one.activity.title, one.organization.code) == ("学习党章", "D01")
    assert (one.problem, one.measure, one.owner) == ("学习不够", "补学", "甲一")
    assert [one.opened_on, one.due_on, one.done_on] == [
        dt.date(2025, 3, 5),
        dt.date(2025, 6, 30),
        dt.date(2025, 6, 20),
    ]


def test_a_rectification_without_activity_belongs_to_the_only_organization() -> None:
    sheets = {"活动": [activity_record()], "整改": [{"问题": "台账不全", "期限": "2025-06-30"}]}
    take(sheets)
    one = Rectification.objects.get()
    assert (one.organization.code, one.activity, one.opened_on) == (
        "D01",
        None,
        dt.date(2025, 6, 30),
    )
    assert take(sheets).changes_nothing


def test_appraisal_results_are_head_counts_by_grade() -> None:
    take(
        {
            "活动": [activity_record()],
            "评议": [{"党组织编码": "D02", "年度": "2025", "优秀": 3, "合格": "8", "基本合格": ""}],
        }
    )
    one = AppraisalResult.objects.get()
    assert (one.organization.code, one.year) == ("D02", 2025)
    assert [one.excellent, one.qualified, one.basically_qualified, one.unqualified] == [3, 8, 0, 0]


def test_the_same_file_twice_changes_nothing() -> None:
    sheets = {
        "活动": [
            activity_record(编号="A1", 缺席人员="甲一（病假）", 学习内容="《党章》"),
            activity_record(主题="无编号"),
        ],
        "议题": [{"活动编号": "A1", "议题": "甲", "赞成": "2"}],
        "整改": [{"活动编号": "A1", "问题": "学习不够"}],
        "评议": [{"党组织编码": "D01", "年度": "2025", "优秀": "1"}],
    }
    take(sheets)
    plan = take(sheets)
    assert plan.changes_nothing
    assert plan.counts == [("活动", 0, 0, 2), ("整改", 0, 0, 1), ("评议", 0, 0, 1)]
    assert Activity.objects.count() == 2


def test_the_same_facts_in_another_notation_are_the_same_file() -> None:
    take({"活动": [activity_record(编号="A1", 学时="2")]})
    again = {"日期": dt.date(2025, 3, 5), "开始时间": "14：30", "学时": 2.0, "血型": "A"}
    assert take({"活动": [activity_record(**{"编号": "Ａ1"} | again)]}).changes_nothing


def test_a_file_that_grew_adds_only_what_is_new() -> None:
    take({"活动": [activity_record()]})
    plan = take({"活动": [activity_record(), activity_record(日期="2025-04-02")]})
    assert plan.counts[0] == ("活动", 1, 0, 1)


def test_texts_survive_a_workbook_as_typed() -> None:
    title = "=1+1 ＝２ 𠮷 “引”"
    content = make_workbook({"活动": [activity_record(主题=title, 内容="@甲\n+乙")]})
    import_activities(read_content(content, LAYOUTS), today=TODAY)
    activity = Activity.objects.get()
    assert (activity.title, activity.minutes) == (title, "@甲\n+乙")


def test_unknown_columns_are_named_and_ignored() -> None:
    assert take({"活动": [activity_record(天气="晴")]}).ignored == ["工作表“活动”的“天气”列"]
