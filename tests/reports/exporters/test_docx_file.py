"""The Word file around its text: page, page numbers, properties, bytes."""

import datetime as dt
import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.exporters.docx import export_docx
from tests.reports.exporters.word_file import DOCUMENT, W, parts, reopen

ROOT = Path(__file__).resolve().parents[3]


def test_page_margins_and_lines_follow_the_standard() -> None:
    section = reopen().sections[0]
    measures = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.right_margin,
        section.bottom_margin,
        section.left_margin,
    ]
    assert [round(each.mm, 1) for each in measures if each] == [210, 297, 37, 26, 35, 28]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    pitch = int(grid.get(qn("w:linePitch")))
    height = section.page_height.twips - section.top_margin.twips - section.bottom_margin.twips
    assert height // pitch == 22


@pytest.mark.parametrize(
    ("part", "side"), [("word/footer1.xml", "right"), ("word/footer2.xml", "left")]
)
def test_page_numbers_stand_outside_on_odd_and_even_pages(part: str, side: str) -> None:
    footer = parse_xml(parts()[part])
    paragraph = footer.find(f"{W}p")
    assert "".join(each.text for each in paragraph.iter(f"{W}t")) == "— 1 —"
    assert [each.text for each in paragraph.iter(f"{W}instrText")] == ["PAGE"]
    kinds = [each.get(qn("w:fldCharType")) for each in paragraph.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert paragraph.pPr.find(qn("w:jc")).get(qn("w:val")) == side
    assert paragraph.pPr.ind.get(qn(f"w:{side}Chars")) == "100"


def test_odd_and_even_pages_have_footers_of_their_own() -> None:
    word = reopen()
    references = word.sections[0]._sectPr.findall(qn("w:footerReference"))
    assert word.settings.odd_and_even_pages_header_footer
    assert sorted(each.get(qn("w:type")) for each in references) == ["default", "even"]
    # The dash of the page number: 7 mm below the text block, 28 mm above the edge of the paper.
    assert 24.5 < word.sections[0].footer_distance.mm < 26


def test_the_properties_come_from_the_document_and_not_from_the_clock() -> None:
    properties = reopen().core_properties
    assert properties.author == properties.last_modified_by == "中共青川市水务局委员会"
    assert properties.language == "zh-CN"
    assert properties.comments == ""
    assert properties.created == properties.modified == dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    undated = reopen(replace(DOCUMENT, dated_on=None)).core_properties
    assert undated.created == undated.modified == dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def test_the_file_carries_no_part_of_the_template() -> None:
    assert sorted(parts()) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert export_docx(DOCUMENT).content == export_docx(DOCUMENT).content


def test_the_same_document_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib, json, os, sys\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'\n"
        "from reports.composer.document import Document\n"
        "from reports.exporters.docx import export_docx\n"
        "document = Document.from_json(json.load(sys.stdin))\n"
        "print(hashlib.sha256(export_docx(document).content).hexdigest())\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(DOCUMENT.as_json()),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    ours = hashlib.sha256(export_docx(DOCUMENT).content).hexdigest()
    assert other.stdout.strip() == ours
