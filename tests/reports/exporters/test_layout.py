"""The printed page against GB/T 9704: positions measured in the finished PDF."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest

from reports.composer.document import Block, Document, Run
from reports.exporters.pdf import STYLESHEET, export_pdf
from tests.reports.exporters.documents import make_annex, make_document, make_paragraph
from tests.reports.exporters.printed_pages import (
    MM,
    PAGE_HEIGHT,
    Glyph,
    glyphs_of,
    lines_of,
    open_pdf,
    text_of,
)

FOLDER = Path(STYLESHEET).parent


def printed(document: Document) -> bytes:
    return export_pdf(document).content


@pytest.fixture(scope="module")
def report() -> bytes:
    """Four pages of text and a page with a table."""
    return printed(make_document(paragraphs=6, annexes=(make_annex(),)))


def line_with(content: bytes, page: int, text: str) -> list[Glyph]:
    return next(line for line in lines_of(content, page) if text in text_of(line))


def test_a_full_page_has_22_lines_29_points_apart(report: bytes) -> None:
    *body, _number = lines_of(report, 1)
    baselines = [line[0].y for line in body]
    assert len(baselines) == 22
    steps = [below - above for above, below in pairwise(baselines)]
    assert all(step == pytest.approx(29.0, abs=0.1) for step in steps)


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_page() -> None:
    # The title and its blank line take two lines, so the heading would be line 22 of the page.
    lines = [Block("paragraph", (Run(f"第{number}段。"),)) for number in range(19)]
    heading = Block("heading1", (Run("一、页末的标题"),))
    content = printed(Document("年度总结", (*lines, heading, *lines), organ="某局党委"))
    assert "一、页末的标题" not in text_of(lines_of(content, 0)[-2])
    assert "一、页末的标题" in text_of(lines_of(content, 1)[0])


def test_a_full_line_has_28_characters_between_the_margins(report: bytes) -> None:
    *body, _number = lines_of(report, 1)
    full = [line for line in body if len(line) == 28]
    assert len(full) >= 15
    for line in full:
        assert line[0].x == pytest.approx(28 * MM, abs=0.2)
        assert line[-1].x + 16 == pytest.approx(184 * MM, abs=0.5)


def test_the_lines_fill_the_text_block_from_37_to_262_millimetres(report: bytes) -> None:
    *body, _number = lines_of(report, 1)
    # A line of 28.986 pt puts 16 pt in its middle, and the baseline 0.88 em below the top of that.
    above_baseline = (28.986 - 16) / 2 + 0.88 * 16
    assert body[0][0].y - above_baseline == pytest.approx(37 * MM, abs=0.3)
    assert body[-1][0].y - above_baseline + 28.986 == pytest.approx(262 * MM, abs=0.5)


def test_a_paragraph_begins_two_characters_in(report: bytes) -> None:
    line = line_with(report, 0, "一、强化理论武装")
    assert line[0].x == pytest.approx(28 * MM + 2 * 15.793, abs=0.2)


@pytest.mark.parametrize(
    ("text", "font", "size"),
    [
        ("云岭市水务局2026年", "Recordbook-Title", 22),
        ("一、强化理论武装", "Recordbook-Hei", 16),
        ("（一）抓实学习", "Recordbook-Kai", 16),
        ("明确重点", "Recordbook-Fang", 16),
        ("（1）列出篇目", "Recordbook-Fang", 16),
        ("全年开展集中学习12次", "Recordbook-Fang", 16),
    ],
)
def test_each_part_has_the_face_and_size_of_the_standard(
    report: bytes, text: str, font: str, size: int
) -> None:
    line = line_with(report, 0, text)
    assert {glyph.font.rpartition("-Bold")[0] or glyph.font for glyph in line} <= {
        font,
        f"{font}-Medium",
    }
    assert {round(glyph.size) for glyph in line} == {size}


def test_the_title_is_centred_in_lines_broken_by_sense(report: bytes) -> None:
    first, second, *_ = lines_of(report, 0)
    assert (text_of(first), text_of(second)) == (
        "云岭市水务局2026年党建工作总结及",
        "2027年工作计划",
    )
    for line in (first, second):
        last_width = 22 if not line[-1].text.isascii() else 11
        middle = (line[0].x + line[-1].x + last_width) / 2
        assert middle == pytest.approx(106 * MM, abs=0.5)


@pytest.mark.parametrize(("count", "is_odd"), [(1, True), (2, False), (3, True)])
def test_the_page_number_stands_at_the_outer_edge(report: bytes, count: int, is_odd: bool) -> None:
    number = lines_of(report, count - 1)[-1]
    assert text_of(number) == f"— {count} —"
    assert {(glyph.font, round(glyph.size)) for glyph in number} == {("Recordbook-Song", 14)}
    # One character of 14 pt from the edge of the text block.
    if is_odd:
        assert number[-1].x + 14 == pytest.approx(184 * MM - 14, abs=0.3)
    else:
        assert number[0].x == pytest.approx(28 * MM + 14, abs=0.3)
    # The dash runs 0.38 em above the baseline, 7 mm below the text block.
    assert number[0].y - 0.38 * 14 == pytest.approx(269 * MM, abs=0.5)


def signature(content: bytes, organ: str) -> tuple[list[Glyph], list[Glyph]]:
    for page in range(len(open_pdf(content))):
        lines = lines_of(content, page)
        for line, following in pairwise(lines):
            if text_of(line) == organ:
                return line, following
    raise AssertionError(f"{organ} is not on a line of its own")


def test_the_date_begins_two_characters_right_of_the_organ(report: bytes) -> None:
    organ, date = signature(report, "中共云岭市水务局委员会")
    assert text_of(date) == "2027年1月5日"
    assert organ[-1].x + 16 == pytest.approx(184 * MM - 2 * 15.793, abs=0.5)
    assert date[0].x - organ[0].x == pytest.approx(2 * 15.793, abs=0.2)
    assert date[0].y - organ[0].y == pytest.approx(29.0, abs=0.1)


def test_a_date_longer_than_the_organ_keeps_two_characters_from_the_edge() -> None:
    content = printed(make_document(organ="水务局", dated_on=dt.date(2026, 12, 31)))
    organ, date = signature(content, "水务局")
    assert date[-1].x + 16 == pytest.approx(184 * MM - 2 * 15.793, abs=0.5)
    assert date[0].x - organ[0].x == pytest.approx(2 * 15.793, abs=0.2)


def test_an_open_date_is_a_placeholder() -> None:
    content = printed(make_document(dated_on=None))
    _organ, date = signature(content, "中共云岭市水务局委员会")
    assert text_of(date) == "【待填：成文日期】"


@pytest.mark.parametrize("lines", range(14, 23))
def test_no_page_holds_the_signature_without_text(lines: int) -> None:
    blocks = (make_paragraph("党" * (26 + 28 * (lines - 1))),)
    content = printed(make_document(title="年度工作总结", blocks=blocks))
    last = lines_of(content, len(open_pdf(content)) - 1)
    assert text_of(last[0]) in {"党" * 28, "党" * 26, "年度工作总结"}
    assert text_of(last[-2]) == "2027年1月5日"


def test_one_annex_is_named_without_a_number(report: bytes) -> None:
    last = len(open_pdf(report)) - 1
    label, title, *_ = lines_of(report, last)
    assert text_of(label) == "附件"
    assert label[0].font.startswith("Recordbook-Hei")
    assert label[0].x == pytest.approx(28 * MM, abs=0.2)
    # The title on the third line of the page.
    assert title[0].y - label[0].y == pytest.approx(2 * 29, abs=3)
    assert line_with(report, last - 1, "附件：组织生活开展情况统计表")


def test_several_annexes_are_numbered_and_each_has_its_own_page() -> None:
    annexes = (make_annex(), make_annex(title="集中学习篇目"))
    content = printed(make_document(paragraphs=1, annexes=annexes))
    pages = len(open_pdf(content))
    assert text_of(lines_of(content, pages - 2)[0]) == "附件1"
    assert text_of(lines_of(content, pages - 1)[0]) == "附件2"
    first = line_with(content, pages - 3, "附件：1.组织生活开展情况统计表")
    second = line_with(content, pages - 3, "2.集中学习篇目")
    assert second[0].x - first[0].x == pytest.approx(3 * 15.793, abs=0.2)


def test_the_head_of_a_table_is_repeated_on_each_of_its_pages() -> None:
    content = printed(make_document(paragraphs=1, annexes=(make_annex(60),)))
    pages = [
        page
        for page in range(len(open_pdf(content)))
        if any("序号" in text_of(line) for line in lines_of(content, page))
    ]
    assert len(pages) == 3


def test_a_borrowed_name_leaves_the_22_lines_alone() -> None:
    text = "由张玥、李喆同志领学并组织讨论，各党小组结合实际谈认识体会。" * 40
    content = printed(make_document(blocks=(make_paragraph(text),)))
    *body, _number = lines_of(content, 1)
    assert len(body) == 22
    fonts = {glyph.text: glyph.font for line in body for glyph in line}
    assert (fonts["玥"], fonts["李"], fonts["组"]) == (
        "Recordbook-Song",
        "Recordbook-Song",
        "Recordbook-Fang",
    )


def test_a_bound_number_and_a_placeholder_print_as_plain_text() -> None:
    blocks = (
        make_paragraph(
            "开展", Run("12", "a.count"), "次", Run("【待填：甲】", is_placeholder=True)
        ),
    )
    content = printed(make_document(title="总结", blocks=blocks))
    assert {glyph.font for glyph in line_with(content, 0, "开展12次【待填：甲】")} == {
        "Recordbook-Fang"
    }


def test_no_glyph_leaves_the_paper(report: bytes) -> None:
    for page in range(len(open_pdf(report))):
        for glyph in glyphs_of(report, page):
            assert 28 * MM - 1 <= glyph.x <= 184 * MM
            assert 37 * MM <= glyph.y <= PAGE_HEIGHT - 20 * MM


@pytest.mark.parametrize("template", sorted(FOLDER.glob("*.html")), ids=lambda path: path.name)
def test_no_printed_box_shrinks_to_fit_its_text(template: Path) -> None:
    """Chinese text in such a box costs the square of its length: minutes for a pasted speech."""
    css = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = dict(re.findall(r"([^{}]+)\{([^{}]*)\}", css))
    tables = [body for name, body in rules.items() if name.strip() == "table"]
    assert any("table-layout: fixed" in body and "width: 100%" in body for body in tables)
    assert not re.search(
        r"table-layout:\s*auto|inline-block|inline-table|inline-flex|display:\s*table|float:|"
        r"display:\s*(?:flex|grid)|position:\s*(?:absolute|fixed)|(?:fit|min|max)-content",
        css,
    )
    text = template.read_text(encoding="utf-8")
    assert " style=" not in text
    if template.name == "print.html":
        assert text.count("<table") == text.count("<colgroup>")
