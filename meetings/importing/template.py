"""Workbooks to fill in: the fixed headings, what each wants as a note at its cell, an example.

The words are those of the file's format, Chinese whatever the language of the pages.
"""

import io

import xlsxwriter

from branches.importers.roster.lines import KIND_WORDS, TITLE_WORDS
from branches.importers.rows import Layout
from meetings.importers.words import HOLIDAY_WORDS
from meetings.importing.engines import LAYOUTS
from meetings.models import ImportKind

_NAMES = {ImportKind.ROSTER: "党组织和党员导入模板", ImportKind.ACTIVITIES: "活动导入模板"}
# The first filled cell of an example says that it is one: such a row is passed over.
_MARK = "示例："
_EXAMPLES: dict[str, dict[str, str]] = {
    "党组织": {
        "编码": "SL01",
        "名称": "某某局第一党支部",
        "简称": "第一支部",
        "类别": "党支部",
        "上级编码": "SL00",
        "成立日期": "2018-07-01",
    },
    "党员": {
        "姓名": "某某某",
        "党组织编码": "SL01",
        "性别": "女",
        "民族": "汉族",
        "出生年月": "1985-06",
        "党员类别": "正式党员",
        "入党日期": "2010-07-01",
        "转正日期": "2011-07-01",
        "党内职务": "组织委员",
        "任职日期": "2021-03-15",
        "转入日期": "2015-09-01",
    },
    "活动": {
        "编号": "2025-001",
        "党组织编码": "SL01",
        "日期": "2025-03-05",
        "开始时间": "14:30",
        "结束时间": "16:30",
        "类型": "支部党员大会、党课",
        "主题": "学习党章",
        "地点": "三楼会议室",
        "主持人": "某某某",
        "学习内容": "《中国共产党章程》",
        "学时": "2",
        "缺席人员": "某某（病假）、某某某（出差）",
    },
    "议题": {
        "活动编号": "2025-001",
        "序号": "1",
        "议题": "讨论预备党员转正",
        "决定": "同意按期转正",
        "赞成": "12",
        "反对": "0",
        "弃权": "0",
    },
    "整改": {
        "活动编号": "2025-001",
        "问题": "学习记录不够完整",
        "整改措施": "明确专人记录",
        "责任人": "某某某",
        "期限": "2025-06-30",
    },
    "评议": {
        "党组织编码": "SL01",
        "年度": "2025",
        "优秀": "4",
        "合格": "8",
        "基本合格": "0",
        "不合格": "0",
    },
}
_DAY = "日期，如 2023-03-05、2023/3/5、2023年3月5日"
_NOTES = {
    "编码": "不超过 40 个字，全系统不重复",
    "类别": f"其中之一：{'、'.join(KIND_WORDS)}",
    "上级编码": "上级党组织的编码或名称",
    "党组织编码": "党组织的编码或名称；活动可写几个，用、隔开，第一个是主办单位",
    "出生年月": "如 1985-06；同名的人以此区分",
    "党员类别": "正式党员或预备党员",
    "党内职务": f"{'、'.join(TITLE_WORDS)}；几个职务用、隔开",
    "转入日期": f"{_DAY}；不填则从入党日期算起",
    "转出日期": f"{_DAY}；当天起不再属于该党组织",
    "类型": "几个类型用、隔开，如：支部党员大会、党课",
    "学习内容": "书名写在《》里，几项用、隔开",
    "廉政节点": f"其中之一：{'、'.join(list(HOLIDAY_WORDS)[:7])}",
    "缺席人员": "如：张三（病假）、李四（出差）；全部到会写“无”；没有登记出席则留空",
    "列席人员": "姓名（单位），几人用、隔开",
    "学时": "数字，最多一位小数",
    "活动编号": "工作表“活动”中的编号",
}


def template_name(kind: str) -> str:
    """The file's name."""
    return f"{_NAMES[ImportKind(kind)]}.xlsx"


def template_of(kind: str) -> bytes:
    """The workbook as bytes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "required": book.add_format({"bold": True, "font_color": "#C8102E"}),
        "optional": book.add_format({"bold": True}),
        "example": book.add_format({"italic": True, "font_color": "#808080"}),
    }
    for layout in LAYOUTS[kind]:
        _write_sheet(book, layout, formats)
    book.close()
    return target.getvalue()


def _write_sheet(
    book: xlsxwriter.Workbook, layout: Layout, formats: dict[str, xlsxwriter.format.Format]
) -> None:
    sheet = book.add_worksheet(layout.name)
    sheet.freeze_panes(1, 0)
    example = _EXAMPLES[layout.name]
    for place, column in enumerate(layout.columns):
        is_required = column in layout.required
        sheet.set_column(place, place, max(len(example.get(column, "")) * 1.8, 12))
        sheet.write_string(0, place, column, formats["required" if is_required else "optional"])
        sheet.write_comment(0, place, _note(column, is_required=is_required))
        text = example.get(column, "")
        if place == 0:
            text = f"{_MARK}{text}"
            sheet.write_comment(1, 0, "这一行是示例，导入时略过；可以删去，也可以改写成真实内容")
        if text:
            sheet.write_string(1, place, text, formats["example"])


def _note(column: str, *, is_required: bool) -> str:
    wanted = _NOTES.get(column) or (_DAY if column.endswith(("日期", "期限")) else "文字")
    return f"{'必填' if is_required else '可不填'}。{wanted}"
