"""Every kind of error of the activity workbook, with its place; and that nothing is written."""

import datetime as dt
from typing import Any

import pytest

from branches.importers import ImportRefused, Problem, rows_of
from branches.models import OrganizationKind
from meetings.importers import import_activities
from meetings.models import Activity, AppraisalResult, Rectification
from tests.branches.importers.workbooks import activity_record
from tests.factories import make_bureau, make_member, make_organization

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 1, 10)


@pytest.fixture(autouse=True)
def _bureau() -> None:
    bureau, branches = make_bureau()
    make_organization(
        "D09",
        parent=bureau,
        kind=OrganizationKind.BRANCH,
        founded_on=dt.date(2025, 1, 1),
        closed_on=dt.date(2025, 6, 1),
    )
    for name, birth_month in (("甲一", "1980-05"), ("甲一", "1981-06"), ("乙二", "")):
        make_member(name, branches[0], birth_month=birth_month)
    make_member("丙三", branches[1])


def take(sheets: dict[str, list[dict[str, Any]]]) -> None:
    import_activities(
        {name: rows_of(records) for name, records in sheets.items()}, today=TODAY, file_name="f"
    )


def refuse(sheets: dict[str, list[dict[str, Any]]]) -> tuple[Problem, ...]:
    with pytest.raises(ImportRefused) as caught:
        take(sheets)
    return caught.value.problems


def place(problem: Problem) -> tuple[str, int | None, str, str]:
    return (problem.sheet, problem.row, problem.column, problem.value)


@pytest.mark.parametrize(
    ("cells", "column", "value", "reason"),
    [
        ({"code": ""}, "党组织编码", "", "必填"),
        ({"code": "D01、D77"}, "党组织编码", "D77", "没有这个编码的党组织，请先导入党组织"),
        (
            {"code": "D09", "日期": "2024-12-31"},
            "党组织编码",
            "D09",
            "尚未成立（成立于 2025-01-01）",
        ),
        ({"code": "D09", "日期": "2025-06-01"}, "党组织编码", "D09", "已撤销（撤销于 2025-06-01）"),
        ({"日期": ""}, "日期", "", "必填"),
        ({"日期": "2025-02-29"}, "日期", "2025-02-29", "没有这一天"),
        ({"日期": "2026-01-11"}, "日期", "2026-01-11", "日期晚于今天"),
        ({"日期": "1899-01-11"}, "日期", "1899-01-11", "年份应在 1921"),
        ({"开始时间": "午后"}, "开始时间", "午后", "不是能识别的时间"),
        ({"结束时间": "14:30"}, "结束时间", "14:30", "应晚于开始时间"),
        ({"类型": "党课、茶话会"}, "类型", "茶话会", "没有这种活动类型"),
        ({"类型": ""}, "类型", "", "必填"),
        ({"主题": ""}, "主题", "", "必填"),
        ({"主题": "长" * 301}, "主题", "长" * 301, "超过 300 个字"),
        ({"地点": "长" * 201}, "地点", "长" * 201, "超过 200 个字"),
        ({"学习内容": "长" * 301}, "学习内容", "长" * 301, "其中一项超过 300 个字"),
        ({"廉政节点": "重阳"}, "廉政节点", "重阳", "应为其中之一：元旦"),
        ({"学时": "两小时"}, "学时", "两小时", "应为数字"),
        ({"缺席人员": "丙三（病假）"}, "缺席人员", "丙三", "当日不在应到名单（花名册中有此人）"),
        ({"缺席人员": "陌生人"}, "缺席人员", "陌生人", "花名册中没有此人"),
        ({"缺席人员": "甲一（病假）"}, "缺席人员", "甲一", "2 人同名"),
        ({"缺席人员": "乙二（病假"}, "缺席人员", "乙二（病假", "括号不成对"),
        ({"列席人员": "（市直工委）"}, "列席人员", "（市直工委）", "括号前缺少姓名"),
    ],
)
def test_a_broken_cell_is_reported_where_it_is(
    cells: dict[str, str], column: str, value: str, reason: str
) -> None:
    (problem,) = refuse({"活动": [activity_record("D02"), activity_record(**cells)]})
    assert place(problem) == ("活动", 3, column, value)
    assert reason in problem.reason
    assert not Activity.objects.exists()


def test_today_itself_is_not_in_the_future() -> None:
    take({"活动": [activity_record(日期="2026-01-10")]})
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("missing", ["党组织编码", "日期", "类型", "主题"])
def test_each_missing_column_is_one_error(missing: str) -> None:
    records = [activity_record(编号="A1"), activity_record(编号="A2")]
    for record in records:
        del record[missing]
    (problem,) = refuse({"活动": records})
    assert place(problem) == ("活动", None, missing, "")


def test_the_sheet_of_activities_is_required() -> None:
    (problem,) = refuse({"评议": [{"党组织编码": "D01", "年度": "2025"}]})
    assert str(problem) == "工作表“活动”：缺少这张工作表"


def test_an_empty_workbook_is_one_error() -> None:
    (problem,) = refuse({"活动": []})
    assert "没有数据" in problem.reason


def test_a_number_used_twice_names_the_other_row() -> None:
    (problem,) = refuse(
        {"活动": [activity_record(编号="A1"), activity_record(编号="A1", 主题="另一项")]}
    )
    assert place(problem) == ("活动", 3, "编号", "A1")
    assert "第 2 行" in problem.reason


def test_the_same_row_twice_is_reported_once_with_and_without_a_number() -> None:
    for number, column in (("A1", "编号"), ("", "主题")):
        (problem,) = refuse({"活动": [activity_record(编号=number)] * 2})
        assert place(problem)[:3] == ("活动", 3, column)
        assert "第 2 行" in problem.reason


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"活动编号": "A9"}, "活动编号", "没有这个编号"),
        ({"活动编号": ""}, "活动编号", "必填"),
        ({"议题": ""}, "议题", "必填"),
        ({"赞成": "-1"}, "赞成", "应为不小于 0 的整数"),
        ({"弃权": "半数"}, "弃权", "应为不小于 0 的整数"),
        ({"序号": "一"}, "序号", "应为不小于 0 的整数"),
        ({"赞成": "3", "反对": "1"}, "赞成", "共 4 票，多于当日党员人数 3"),
    ],
)
def test_a_broken_agenda_item_is_reported_where_it_is(
    cells: dict[str, str], column: str, reason: str
) -> None:
    sound = {"活动编号": "A1", "序号": "", "议题": "甲", "赞成": "", "反对": "", "弃权": ""}
    (problem,) = refuse({"活动": [activity_record(编号="A1")], "议题": [sound, sound | cells]})
    assert place(problem)[:3] == ("议题", 3, column)
    assert reason in problem.reason


def test_two_agenda_items_of_one_number_are_refused() -> None:
    item = {"活动编号": "A1", "序号": "1", "议题": "甲"}
    (problem,) = refuse({"活动": [activity_record(编号="A1")], "议题": [item, item]})
    assert place(problem) == ("议题", 3, "序号", "1")


def test_rows_below_a_broken_activity_are_not_reported_as_well() -> None:
    (problem,) = refuse(
        {
            "活动": [activity_record(编号="A1", 日期="昨天")],
            "议题": [{"活动编号": "A1", "议题": "甲"}],
            "整改": [{"活动编号": "A1", "问题": "乙"}],
        }
    )
    assert problem.sheet == "活动"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"活动编号": "A9"}, "活动编号", "没有这个编号"),
        ({"活动编号": ""}, "活动编号", "须填活动编号"),
        ({"问题": ""}, "问题", "必填"),
        ({"期限": "年底"}, "期限", "不是能识别的日期"),
        ({"完成日期": "2026-02-01"}, "完成日期", "日期晚于今天"),
    ],
)
def test_a_broken_rectification_is_reported_where_it_is(
    cells: dict[str, str], column: str, reason: str
) -> None:
    sound = {"活动编号": "A1", "问题": "学习不够", "期限": "", "完成日期": ""}
    activities = [activity_record(编号="A1"), activity_record("D02")]
    (problem,) = refuse({"活动": activities, "整改": [sound, sound | cells]})
    assert place(problem)[:3] == ("整改", 3, column)
    assert reason in problem.reason
    assert not Rectification.objects.exists()


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"党组织编码": "D77"}, "党组织编码", "没有这个编码"),
        ({"年度": "去年"}, "年度", "应为不小于 0 的整数"),
        ({"年度": "2028"}, "年度", "应在 1921 到 2027 之间"),
        ({"党组织编码": "D02", "优秀": "-2"}, "优秀", "应为不小于 0 的整数"),
        ({}, "年度", "与第 2 行重复"),
    ],
)
def test_a_broken_appraisal_is_reported_where_it_is(
    cells: dict[str, str], column: str, reason: str
) -> None:
    sound = {"党组织编码": "D01", "年度": "2025", "优秀": "1"}
    (problem,) = refuse({"活动": [activity_record()], "评议": [sound, sound | cells]})
    assert place(problem)[:3] == ("评议", 3, column)
    assert reason in problem.reason


def test_an_appraisal_that_differs_from_the_one_on_record_is_refused() -> None:
    sheets = {
        "活动": [activity_record()],
        "评议": [{"党组织编码": "D01", "年度": "2025", "优秀": "1"}],
    }
    take(sheets)
    sheets["评议"] = [{"党组织编码": "D01", "年度": "2025", "优秀": "2"}]
    (problem,) = refuse(sheets)
    assert "已有这一年度的评议结果" in problem.reason
    assert AppraisalResult.objects.get().excellent == 1


def test_a_known_activity_with_other_content_is_changed_in_the_system_not_by_the_file() -> None:
    take({"活动": [activity_record(编号="A1")]})
    (problem,) = refuse({"活动": [activity_record(编号="A1", 地点="会议室")]})
    assert place(problem)[:3] == ("活动", 2, "主题")
    assert "内容与系统中的不同；请在系统中修改该记录" in problem.reason


def test_other_rows_below_a_known_activity_are_other_content() -> None:
    take({"活动": [activity_record(编号="A1")]})
    (problem,) = refuse(
        {"活动": [activity_record(编号="A1")], "议题": [{"活动编号": "A1", "议题": "甲"}]}
    )
    assert "内容与系统中的不同" in problem.reason


def test_a_loose_rectification_with_other_content_is_refused() -> None:
    take({"活动": [activity_record()], "整改": [{"问题": "台账不全", "责任人": ""}]})
    (problem,) = refuse(
        {"活动": [activity_record()], "整改": [{"问题": "台账不全", "责任人": "甲一"}]}
    )
    assert place(problem)[:3] == ("整改", 2, "问题")


def test_several_errors_of_one_row_are_all_reported() -> None:
    problems = refuse({"活动": [activity_record(日期="x", 学时="y", 类型="z", code="D77")]})
    assert sorted(problem.column for problem in problems) == ["党组织编码", "学时", "日期", "类型"]
