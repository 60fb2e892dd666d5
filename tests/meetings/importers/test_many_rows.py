"""Ten thousand rows: every planted error is found, and nothing is written."""

import datetime as dt
from typing import Any

import pytest

from branches.importers import ImportRefused, rows_of
from meetings.importers import import_activities, plan_activities
from meetings.models import Activity
from tests.branches.importers.workbooks import activity_record
from tests.factories import make_bureau, make_member

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 1, 10)
ROWS = 10_000
# Twelve kinds of error: the cells to plant, and the column that is to be reported.
PLANTS: list[tuple[dict[str, str], str]] = [
    ({"日期": "2025-02-30"}, "日期"),
    ({"日期": "2027-01-01"}, "日期"),
    ({"党组织编码": "D99"}, "党组织编码"),
    ({"类型": "茶话会"}, "类型"),
    ({"主题": ""}, "主题"),
    ({"结束时间": "9:00"}, "结束时间"),
    ({"开始时间": "午后"}, "开始时间"),
    ({"廉政节点": "重阳"}, "廉政节点"),
    ({"学时": "25"}, "学时"),
    ({"缺席人员": "陌生人（病假）"}, "缺席人员"),
    ({"编号": "A0"}, "编号"),
    ({"主持人": "长" * 101}, "主持人"),
]
PLANTED = 37


def many_records(codes: list[str]) -> list[dict[str, Any]]:
    return [
        activity_record(
            codes[number % len(codes)],
            编号=f"A{number}",
            日期=dt.date(2020, 1, 1) + dt.timedelta(days=number % 2000),
            主题=f"第 {number} 次学习",
            缺席人员="无" if number % 4 == 0 else "",
        )
        for number in range(ROWS)
    ]


def test_ten_thousand_rows_with_37_planted_errors_report_37_and_write_none(
    django_assert_max_num_queries: Any,
) -> None:
    _, branches = make_bureau()
    make_member("甲一", branches[0])
    records = many_records([branch.code for branch in branches])
    wanted = set()
    for index in range(PLANTED):
        cells, column = PLANTS[index % len(PLANTS)]
        position = 100 + index * 261
        records[position] |= cells
        wanted.add((position + 2, column))
    with django_assert_max_num_queries(15), pytest.raises(ImportRefused) as caught:
        import_activities({"活动": rows_of(records)}, today=TODAY)
    problems = caught.value.problems
    assert len(problems) == PLANTED
    assert {(problem.row, problem.column) for problem in problems} == wanted
    assert not Activity.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_rows(
    django_assert_max_num_queries: Any,
) -> None:
    _, branches = make_bureau()
    make_member("甲一", branches[0])
    records = many_records([branch.code for branch in branches])[:2000]
    with django_assert_max_num_queries(15):
        plan = plan_activities({"活动": rows_of(records)}, today=TODAY)
    assert plan.counts[0] == ("活动", 2000, 0, 0)
