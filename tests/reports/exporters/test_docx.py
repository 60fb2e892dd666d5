"""The Word file, reopened: its text, whole and in order, and where each piece stands."""

import datetime as dt
from dataclasses import replace

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn

from reports.composer.document import Annex, Block, Document, Run
from reports.exporters.docx import MEDIA_TYPE, export_docx
from tests.reports.exporters.word_file import DOCUMENT, paragraph_with, reopen


def test_the_file_says_what_it_is() -> None:
    exported = export_docx(DOCUMENT)
    assert exported.filename == "青川市水务局2025年党建工作总结及2026年工作计划.docx"
    assert exported.content_type == MEDIA_TYPE
    assert exported.content.startswith(b"PK")


def test_the_text_is_whole_and_in_order() -> None:
    texts = [each.text.replace("\n", "") for each in reopen().paragraphs]
    assert texts == [
        DOCUMENT.title,
        "市直机关工委：",
        *(block.text for block in DOCUMENT.blocks),
        "附件：1.2025年组织生活统计表",
        "2.学习材料目录",
        "中共青川市水务局委员会",
        "2026年1月5日",
        "附件1",
        "2025年组织生活统计表",
        "附件2",
        "学习材料目录",
        "",
    ]


def test_the_tables_hold_every_cell() -> None:
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in reopen().tables
    ]
    assert tables == [[list(annex.header), *map(list, annex.rows)] for annex in DOCUMENT.annexes]


def test_without_a_recipient_the_text_follows_the_title() -> None:
    word = reopen(replace(DOCUMENT, recipient=""))
    assert [each.style.name for each in word.paragraphs[:2]] == ["Title", "Body Text"]


def test_a_long_title_is_broken_by_sense_and_named_whole() -> None:
    word = reopen()
    assert word.paragraphs[0].text == "青川市水务局2025年党建工作总结及\n2026年工作计划"
    assert word.paragraphs[0].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert word.core_properties.title == DOCUMENT.title


def test_a_title_that_just_fills_a_line_is_broken_before_another_face_does_it() -> None:
    word = reopen(replace(DOCUMENT, title="水务局2025年党建工作总结及2026年工作计划"))
    assert word.paragraphs[0].text == "水务局2025年党建工作总结及\n2026年工作计划"


def test_a_placeholder_is_highlighted_and_a_figure_is_plain_text() -> None:
    runs = reopen().paragraphs[5].runs
    assert [(run.text, run.font.highlight_color) for run in runs] == [
        ("全年开展集中学习", None),
        ("24", None),
        ("次，", None),
        ("【待填：典型做法】", WD_COLOR_INDEX.YELLOW),
        ("。", None),
    ]


def test_a_line_end_in_a_text_begins_a_paragraph() -> None:
    block = Block("paragraph", (Run("第一段。\n第二"), Run("段。\r\n\n第三段。")))
    word = reopen(replace(DOCUMENT, blocks=(block,)))
    assert [each.text for each in word.paragraphs if each.style.name == "Body Text"] == [
        "第一段。",
        "第二段。",
        "第三段。",
    ]


def test_the_date_begins_two_characters_behind_the_organ() -> None:
    word = reopen()
    organ = paragraph_with(word, "中共青川市水务局委员会")
    date = paragraph_with(word, "2026年1月5日")
    assert organ.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert organ.style.paragraph_format.space_before.twips == 579
    assert organ._p.pPr.ind.get(qn("w:rightChars")) == "200"
    # 442.25 pt of text block; the organ is 11 characters of 15.75 pt and ends 32 pt before it.
    organ_start = 442.25 - 32 - 11 * 15.75
    assert date.paragraph_format.left_indent.pt == pytest.approx(organ_start + 32, abs=0.1)


def test_a_date_longer_than_the_organ_stands_at_the_margin() -> None:
    word = reopen(replace(DOCUMENT, organ="局机关", dated_on=None))
    organ = paragraph_with(word, "局机关")
    date = paragraph_with(word, "【待填：成文日期】")
    assert date.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert date._p.pPr.ind.get(qn("w:rightChars")) == "200"
    assert date.runs[0].font.highlight_color == WD_COLOR_INDEX.YELLOW
    date_start = 442.25 - 32 - 9 * 15.75
    assert organ.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert organ.paragraph_format.left_indent.pt == pytest.approx(date_start - 32, abs=0.1)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    word = reopen(replace(DOCUMENT, annexes=()))
    *_, last, organ, _date = word.paragraphs
    assert last.paragraph_format.keep_with_next
    assert organ.style.paragraph_format.keep_with_next


def test_an_annex_begins_a_page_and_its_title_stands_on_the_third_line() -> None:
    word = reopen()
    label, title = paragraph_with(word, "附件1"), paragraph_with(word, "2025年组织生活统计表")
    assert label.style.paragraph_format.page_break_before
    assert label.style.paragraph_format.line_spacing.twips == 579
    assert title.style.paragraph_format.space_before.twips == 579
    assert title.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_a_single_annex_has_no_number() -> None:
    word = reopen(replace(DOCUMENT, annexes=DOCUMENT.annexes[1:]))
    texts = [each.text for each in word.paragraphs]
    assert "附件" in texts
    assert "附件：学习材料目录" in texts


def test_a_table_is_fixed_as_wide_as_the_text_and_repeats_its_header() -> None:
    table = reopen().tables[0]
    assert table.autofit is False
    widths = [column.width.twips for column in table.columns]
    assert sum(widths) == 8845
    assert widths == [cell.width.twips for cell in table.rows[1].cells]
    assert widths[1] == pytest.approx(4 * widths[0], abs=2)
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, False, False]
    assert table.rows[0].cells[0].paragraphs[0].style.name == "表格标题"
    assert table.rows[1].cells[0].paragraphs[0].style.name == "表格文字"


def test_a_row_that_does_not_fit_its_header_is_refused() -> None:
    annex = Annex("统计表", ("序号", "名称"), (("1",),), (1, 1))
    with pytest.raises(ValueError):
        export_docx(replace(DOCUMENT, annexes=(annex,)))


AWKWARD = [
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "＝1",
    "<w:p>&amp;]]></w:p>",
    "\"quotes\" and 'apostrophes'",
    "{{ 7*7 }}{% now %}",
    "  两端空格  ",
    "制表\t符",
    "𠮷田𪚥与😀👨‍👩‍👧",
    "玥堃喆祎垚珺璟旻",
    "\u200b零宽\u200d\u2028行",
    "مرحبا",
    "é" * 300,
    "x" * 5000,
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_round_trips_in_every_place(text: str) -> None:
    document = Document(
        title=text,
        blocks=(Block("paragraph", (Run(text),)), Block("heading1", (Run(text),))),
        organ=text,
        dated_on=dt.date(2026, 1, 5),
        recipient=text,
        annexes=(Annex(text, (text,), ((text,),), (1,)),),
    )
    word = reopen(document)
    by_style = {each.style.name: each.text for each in word.paragraphs}
    assert by_style["Body Text"] == by_style["Heading 1"] == text
    for style in ("Title", "Signature", "附件标题"):
        assert by_style[style].replace("\n", "") == text
    assert by_style["Salutation"] == f"{text}："
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [[text], [text]]


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    text = "甲\x00乙\x0b丙\x1f丁\ud800戊\ufffe己\uffff庚"
    document = Document(
        title=text,
        blocks=(Block("paragraph", (Run(text),)),),
        organ=text,
        recipient=text,
        annexes=(Annex(text, (text,), ((text,),), (1,)),),
    )
    word = reopen(document)
    assert word.paragraphs[2].text == "甲乙丙丁戊己庚"
    assert word.tables[0].rows[1].cells[0].text == "甲乙丙丁戊己庚"
    assert word.core_properties.title == "甲乙丙丁戊己庚"


def test_an_empty_document_is_still_a_file() -> None:
    word = reopen(Document(title="", blocks=(), organ=""))
    assert [each.text for each in word.paragraphs] == ["", "【待填：成文日期】"]
