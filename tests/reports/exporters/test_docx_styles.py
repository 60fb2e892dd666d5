"""Faces, sizes and indents of the Word file, as GB/T 9704 has them."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.reports.exporters.word_file import W, paragraph_with, parts, reopen


def test_a_line_holds_exactly_28_characters() -> None:
    word = reopen()
    section, normal = word.sections[0], word.styles["Normal"]
    width = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    spacing = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert width // (normal.font.size.twips + spacing) == 28


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Salutation", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Heading 4", "仿宋_GB2312", 16),
        ("Signature", "仿宋_GB2312", 16),
        ("Date", "仿宋_GB2312", 16),
        ("附件序号", "黑体", 16),
        ("附件标题", "方正小标宋简体", 22),
        ("表格文字", "宋体", 12),
        ("Footer", "宋体", 14),
    ],
)
def test_a_style_has_its_face_for_chinese_and_for_digits(
    style: str, font: str, points: int
) -> None:
    found = reopen().styles[style]
    fonts = found.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("eastAsia", "ascii", "hAnsi")} == {font}
    assert found.font.size.pt == points
    assert found.font.bold is None
    assert found.font.color.rgb is None


def test_every_style_that_is_used_is_defined() -> None:
    files = parts()
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        root = parse_xml(files[name])
        used = {each.get(qn("w:val")) for each in root.iter(f"{W}pStyle", f"{W}tblStyle")}
        defined = {each.style_id for each in reopen().styles}
        assert used
        assert used <= defined


@pytest.mark.parametrize(
    ("text", "style", "level"),
    [
        ("一、加强政治引领", "Heading 1", "0"),
        ("（一）抓实学习", "Heading 2", "1"),
        ("1.规范记录", "Heading 3", "2"),
        ("（1）及时归档", "Heading 4", "3"),
    ],
)
def test_headings_have_real_styles_with_outline_levels(text: str, style: str, level: str) -> None:
    found = paragraph_with(reopen(), text).style
    assert found is not None
    assert found.name == style
    assert found.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == level
    assert found.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert found.paragraph_format.keep_with_next


def test_a_paragraph_is_indented_two_characters_and_the_recipient_is_not() -> None:
    word = reopen()
    body = paragraph_with(word, "各支部按月归档。").style
    recipient = paragraph_with(word, "市直机关工委：").style
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert recipient.name == "Salutation"
    assert recipient.element.pPr.ind is None


def test_the_text_is_marked_as_chinese_and_numbers_are_not_broken_like_it() -> None:
    styles = parse_xml(parts()["word/styles.xml"])
    language = next(styles.iter(f"{W}lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    assert language.get(qn("w:val")) == "en-US"


def test_a_commercial_face_names_what_stands_in_for_it() -> None:
    fonts = parse_xml(parts()["word/fontTable.xml"])
    substitutes = {
        font.get(qn("w:name")): font.find(f"{W}altName").get(qn("w:val")) for font in fonts
    }
    assert substitutes["仿宋_GB2312"] == "仿宋"
    assert set(substitutes) == {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"}
