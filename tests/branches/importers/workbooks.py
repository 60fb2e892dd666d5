"""Workbooks made in memory, for the importers' tests."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

Record = Mapping[str, Any]


def make_workbook(sheets: Mapping[str, Sequence[Record]], *, title: str = "") -> bytes:
    """An .xlsx whose sheets have the keys of their first record as headings.

    Dates become Excel dates, texts stay texts (also those that begin with "=").
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    as_date = book.add_format({"num_format": "yyyy/m/d"})
    for name, records in sheets.items():
        sheet = book.add_worksheet(name)
        top = 0
        if title:
            sheet.write_string(0, 0, title)
            top = 2
        headings = list(records[0]) if records else []
        sheet.write_row(top, 0, headings)
        for row, record in enumerate(records, start=top + 1):
            for column, heading in enumerate(headings):
                value = record.get(heading)
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, value, as_date)
                elif isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                elif value:
                    sheet.write_string(row, column, str(value))
    book.close()
    return target.getvalue()


def organization_record(code: str = "D01", **cells: Any) -> dict[str, Any]:
    """A row of 党组织: a branch at the top unless told otherwise."""
    record = {
        "编码": code,
        "名称": f"{code}党支部",
        "简称": "",
        "类别": "党支部",
        "上级编码": "",
        "成立日期": "",
        "撤销日期": "",
    }
    return record | cells


def member_record(name: str = "甲一", code: str = "D01", **cells: Any) -> dict[str, Any]:
    """A row of 党员: a full member since 2010 unless told otherwise."""
    record = {
        "姓名": name,
        "党组织编码": code,
        "性别": "",
        "民族": "",
        "出生年月": "1980-05",
        "党员类别": "正式党员",
        "入党日期": "2010-07-01",
        "转正日期": "2011-07-01",
        "党内职务": "",
        "任职日期": "",
        "转入日期": "",
        "转出日期": "",
        "备注": "",
    }
    return record | cells


def activity_record(code: str = "D01", **cells: Any) -> dict[str, Any]:
    """A row of 活动: a group study in 2025 unless told otherwise."""
    record = {
        "编号": "",
        "党组织编码": code,
        "日期": "2025-03-05",
        "开始时间": "14:30",
        "结束时间": "16:00",
        "类型": "集中学习",
        "主题": "学习党章",
        "地点": "",
        "主持人": "",
        "记录人": "",
        "主讲人": "",
        "形式": "",
        "学习内容": "",
        "廉政节点": "",
        "学时": "",
        "缺席人员": "",
        "列席人员": "",
        "内容": "",
        "决议": "",
        "可写入总结": "",
    }
    return record | cells
