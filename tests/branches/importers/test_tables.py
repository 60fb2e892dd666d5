from collections.abc import Sequence

import pytest

from branches.importers import ImportRefused
from branches.importers.tables import LeftOut, read_tables, why_left_out
from branches.importers.values import Cell
from meetings.importing.engines import ALL_LAYOUTS
from tests.branches.importers.workbooks import activity_record, make_workbook, member_record
from tests.meetings.importing.runs import pasted


def test_the_headings_are_found_below_a_title_and_blank_rows() -> None:
    (table,) = read_tables(
        make_workbook({"Sheet1": [member_record()]}, title="某局党员花名册"), ALL_LAYOUTS
    )
    assert (table.name, table.layout) == ("Sheet1", "党员")
    assert table.headings[0] == "姓名"
    assert [number for number, _cells in table.rows] == [4]


def test_the_sheet_is_told_by_its_headings() -> None:
    members, activities, other = read_tables(
        make_workbook({"甲": [member_record()], "乙": [activity_record()], "丙": [{"价格": 3}]}),
        ALL_LAYOUTS,
    )
    assert (members.layout, activities.layout, other.layout) == ("党员", "活动", "")


def test_the_name_of_a_sheet_goes_before_its_headings() -> None:
    (table,) = read_tables(
        make_workbook({"评议": [{"党组织编码": "D01", "年度": 2025}]}), ALL_LAYOUTS
    )
    assert table.layout == "评议"


def test_headings_in_two_rows_are_read_together() -> None:
    (table,) = read_tables(
        pasted(
            "姓名|所在支部|组织关系||入党日期",
            "||转入日期|转出日期|",
            "甲一|D01|2020-1-1||2010-1-1",
        ),
        ALL_LAYOUTS,
    )
    assert table.columns == ["姓名", "党组织编码", "转入日期", "转出日期", "入党日期"]
    assert len(table.rows) == 1


def test_a_file_without_known_headings_is_refused_with_those_it_needs() -> None:
    with pytest.raises(ImportRefused) as caught:
        read_tables(pasted("品名|单价", "纸|3"), ALL_LAYOUTS)
    assert "没有找到认识的列标题" in caught.value.report()
    assert "姓名、党组织编码" in caught.value.report()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["", "合计", "", "12"], LeftOut.TOTAL),
        (["合 计：12人"], LeftOut.TOTAL),
        (["总计", "", "", ""], LeftOut.TOTAL),
        (["共计32名"], LeftOut.TOTAL),
        (["制表人：甲某", "", "", ""], LeftOut.NOTE),
        (["备注：以上含预备党员", "", "", ""], LeftOut.NOTE),
        (["示例：甲一", "D01", "正式党员", "2010-1-1"], LeftOut.EXAMPLE),
        (["9", "", "", ""], LeftOut.EMPTY),
        (["序号", "姓名", "党组织", ""], LeftOut.HEADINGS),
        (["1", "甲一", "D01", ""], LeftOut.NOT),
        (["2", "合一", "D01", ""], LeftOut.NOT),
        (["3", "计共", "D01", ""], LeftOut.NOT),
    ],
)
def test_a_row_that_is_no_entry_is_known(cells: Sequence[Cell], reason: LeftOut) -> None:
    headings = ["序号", "姓名", "党组织", "备注"]
    columns = ["", "姓名", "党组织编码", "备注"]
    assert why_left_out(cells, headings, columns) == reason
