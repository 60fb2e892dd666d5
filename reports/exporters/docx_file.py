"""The Word file around the text: parts, page, page numbers, properties, bytes. No Django here."""

import datetime as dt
import io
import re
import zipfile

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from reports.composer.document import Document
from reports.exporters import docx_styles as layout

# What XML 1.0 cannot hold. Stored texts are clean; an old snapshot might not be.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_PROPERTY = 255  # characters of a core property, by the file format
# The file's own date while the document has none: fixed, because the clock is not content.
_UNDATED = dt.date(2000, 1, 1)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_KEPT_PARTS = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
}


def blank_file(document: Document) -> WordDocument:
    """A Word file with the page, page numbers, styles and properties of `document`, no text."""
    word = docx.Document()
    _replace(word.styles.element, layout.styles_xml())
    _replace(word.settings.element, layout.settings_xml())
    _drop_foreign_parts(word)
    _set_properties(word, document)
    _set_page(word)
    _add_page_numbers(word)
    return word


def file_bytes(word: WordDocument) -> bytes:
    """The .docx, with the same order, date and attributes of zip entries every time."""
    saved, packed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def printable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def indent(
    paragraph: Paragraph, side: str, *, characters: int, width: int = layout.INDENT_WIDTH
) -> None:
    """Indent from `side` ("left", "right") by characters of `width` twips."""
    element = paragraph._p.get_or_add_pPr().get_or_add_ind()
    element.set(qn(f"w:{side}Chars"), str(characters * 100))
    element.set(qn(f"w:{side}"), str(characters * width))


def _replace(root: BaseOxmlElement, xml: str) -> None:
    """Give the root element of a part the children of the root in `xml`."""
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(xml)))


def _drop_foreign_parts(word: WordDocument) -> None:
    """Without the thumbnail, theme and numbering of python-docx's template; with our fonts."""
    package = word.part.package
    assert package is not None
    for relations in (package.rels, word.part.rels):
        for key in [key for key, each in relations.items() if each.reltype not in _KEPT_PARTS]:
            del relations[key]
    fonts = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        layout.font_table_xml().encode(),
        package,
    )
    word.part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = printable(document.title)[:_LONGEST_PROPERTY]
    properties.author = printable(document.organ)[:_LONGEST_PROPERTY]
    properties.last_modified_by = properties.author
    properties.language = "zh-CN"
    properties.comments = ""
    properties.revision = 1
    day = document.dated_on or _UNDATED
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    properties.created = properties.modified = midnight


def _set_page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width = Twips(layout.PAGE_WIDTH)
    section.page_height = Twips(layout.PAGE_HEIGHT)
    section.top_margin = Twips(layout.MARGIN_TOP)
    section.right_margin = Twips(layout.MARGIN_RIGHT)
    section.bottom_margin = Twips(layout.MARGIN_BOTTOM)
    section.left_margin = Twips(layout.MARGIN_LEFT)
    section.footer_distance = Twips(layout.FOOTER_DISTANCE)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(layout.LINE_PITCH))


def _add_page_numbers(word: WordDocument) -> None:
    """— 1 — one character in from the right on odd pages, from the left on even ones."""
    section = word.sections[0]
    for footer, side, alignment in (
        (section.footer, "right", WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, "left", WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = word.styles["Footer"]
        paragraph.alignment = alignment
        indent(paragraph, side, characters=1, width=layout.FOOTER_INDENT_WIDTH)
        paragraph.add_run("— ")
        _add_field(paragraph, "PAGE", shown="1")
        paragraph.add_run(" —")


def _add_field(paragraph: Paragraph, instruction: str, *, shown: str) -> None:
    """A field; `shown` is what a reader sees that does not work fields out."""
    code = OxmlElement("w:instrText")
    code.text = instruction
    text = OxmlElement("w:t")
    text.text = shown
    for piece in (_field_mark("begin"), code, _field_mark("separate"), text, _field_mark("end")):
        paragraph.add_run()._r.append(piece)


def _field_mark(kind: str) -> BaseOxmlElement:
    return OxmlElement("w:fldChar", {qn("w:fldCharType"): kind})
