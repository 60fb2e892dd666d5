"""A Document as a Word file in the layout of GB/T 9704-2012, for a clerk to go on working with.

Every kind of text has a real style (docx_styles). Equal documents give equal bytes.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table
from docx.text.paragraph import Paragraph

from reports.composer.document import Annex, Document, Run
from reports.exporters import docx_styles as layout
from reports.exporters.docx_file import blank_file, file_bytes, indent, printable
from reports.exporters.exported_file import ExportedFile, filename_of
from reports.exporters.glyphs import faces
from reports.exporters.lines import CELLS
from reports.exporters.titles import TITLE_CELLS, break_title
from reports.exporters.wording import annex_label, attachment_notes, date_line, recipient_line

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES = {
    "heading1": "Heading 1",
    "heading2": "Heading 2",
    "heading3": "Heading 3",
    "heading4": "Heading 4",
    "paragraph": "Body Text",
}
_LINE_END = re.compile("\r\n|\r|\n")
_LONG_CELL = 10  # characters: longer text reads better from the left than centred
_TWO_CHARACTERS = 2 * layout.INDENT_WIDTH


def export_docx(document: Document) -> ExportedFile:
    """The document as .docx.

    Any text survives; characters that XML cannot hold are left out. ValueError if a row of an
    annex, or its widths, are not as many as the cells of its header.
    """
    word = blank_file(document)
    _add(word, "Title", _title(document.title))
    if document.recipient:
        _add(word, "Salutation", [Run(recipient_line(document))])
    for block in document.blocks:
        for runs in _paragraphs(block.runs):
            _add(word, _STYLES[block.style], runs)
    _add_attachment_notes(word, document)
    _add_signature(word, document)
    for index, annex in enumerate(document.annexes):
        _add_annex(word, annex, annex_label(document, index))
    if document.annexes:
        _add(word, "附件末行", [])
    return ExportedFile(filename_of(document, "docx"), MEDIA_TYPE, file_bytes(word))


def _title(text: str) -> list[Run]:
    """A title in lines broken by sense, which Word keeps as line breaks.

    One character of room is left, because the face on the reader's computer is not ours.
    """
    lines = break_title(text, faces()["Title"], cells=TITLE_CELLS - 1)
    return [Run("\n".join(lines))]


def _paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of each line of a block: a line typed as one becomes a paragraph."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = _LINE_END.split(run.text)
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    yield from (line for line in lines if "".join(run.text for run in line).strip())


def _add_attachment_notes(word: WordDocument, document: Document) -> None:
    """附件说明, one blank line below the text; a long name goes on under its first character."""
    for index, (number, name) in enumerate(attachment_notes(document)):
        lead = "" if index else "附件："
        line = _add(word, "附件说明", [Run(lead + number + name)])
        hanging = _width(lead + number)
        left = _TWO_CHARACTERS + _width("附件：" + number)
        line.paragraph_format.left_indent = Twips(left)
        line.paragraph_format.first_line_indent = Twips(-hanging)
        if not index:
            line.paragraph_format.space_before = Twips(layout.LINE_PITCH)


def _add_signature(word: WordDocument, document: Document) -> None:
    """署名 and 成文日期, one blank line below the text.

    The organ ends two characters before the margin and the date begins two characters behind
    the organ's first. A date longer than the organ takes the organ's place at the margin, and
    the organ begins two characters before it (GB/T 9704-2012, 7.3.5.3).
    """
    # No page holds the signature alone.
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    organ = break_title(document.organ, faces()["Fang"], cells=CELLS - 4)
    organ_width = max(map(_width, organ), default=0)
    if organ:
        organ_line = _add(word, "Signature", [Run("\n".join(organ))])
    date = Run(date_line(document), is_placeholder=document.dated_on is None)
    date_width = _width(date.text)
    day_line = _add(word, "Date", [date])
    if not organ:
        day_line.paragraph_format.space_before = Twips(layout.LINE_PITCH)
    if date_width <= organ_width:
        indent(organ_line, "right", characters=2)
        day_line.paragraph_format.left_indent = Twips(layout.TEXT_WIDTH - organ_width)
        return
    day_line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    indent(day_line, "right", characters=2)
    if organ:
        organ_line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        organ_line.paragraph_format.left_indent = Twips(
            layout.TEXT_WIDTH - _TWO_CHARACTERS - date_width - _TWO_CHARACTERS
        )


def _add_annex(word: WordDocument, annex: Annex, label: str) -> None:
    """The label on the first line of a new page, the title on the third, the table below."""
    _add(word, "附件序号", [Run(label)])
    _add(word, "附件标题", _title(annex.title))
    widths = _column_widths(annex.widths)
    table = word.add_table(rows=0, cols=len(annex.header))
    table.style = word.styles["Table Grid"]
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    _add_row(table, annex.header, widths, style="表格标题")
    for cells in annex.rows:
        _add_row(table, cells, widths, style="表格文字")
    # The header comes again on each page that the table runs over.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_row(table: Table, texts: Sequence[str], widths: Sequence[int], *, style: str) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Twips(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        if len(text) > _LONG_CELL and style == "表格文字":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        _write(paragraph, [Run(text)])


def _column_widths(shares: Sequence[int]) -> list[int]:
    """Twips for each column, together exactly the width of the text block."""
    total = sum(shares) or 1
    edges = [
        round(layout.TEXT_WIDTH * sum(shares[:count]) / total) for count in range(len(shares) + 1)
    ]
    return [right - left for left, right in pairwise(edges)]


def _add(word: WordDocument, style: str, runs: Sequence[Run]) -> Paragraph:
    return _write(word.add_paragraph(style=style), runs)


def _write(paragraph: Paragraph, runs: Sequence[Run]) -> Paragraph:
    for each in runs:
        run = paragraph.add_run(printable(each.text))
        # Marks that Latin has too (“ ” … —) are full-width marks here.
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        if each.is_placeholder:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def _width(text: str) -> int:
    """Twips that a line of body text takes; half-width characters count as halves."""
    halves = sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)
    return round(halves * layout.CHARACTER_ADVANCE / 2)
