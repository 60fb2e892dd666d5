"""A PDF opened again: characters, baselines and fonts as a reader finds them."""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4
PAGE_HEIGHT = 297 * MM


@dataclass(frozen=True)
class Glyph:
    """A printed character: its origin in pt from the left and from the top edge, its font."""

    text: str
    x: float
    y: float
    font: str
    size: float


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(content)


def glyphs_of(content: bytes, page: int) -> list[Glyph]:
    """The characters of a page (from 0) in reading order, line breaks left out."""
    sheet = open_pdf(content)[page]
    text = sheet.get_textpage()
    glyphs = []
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character in "\r\n" or pdfium.FPDFText_IsGenerated(text, index):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        name = ctypes.create_string_buffer(100)
        pdfium.FPDFText_GetFontInfo(text, index, name, 100, ctypes.c_int())
        glyphs.append(
            Glyph(
                character,
                x.value,
                PAGE_HEIGHT - y.value,
                name.value.decode().split("+")[-1],
                # The page is drawn in CSS pixels, four of them to three points.
                pdfium.FPDFText_GetFontSize(text, index) * 0.75,
            )
        )
    return glyphs


def lines_of(content: bytes, page: int) -> list[list[Glyph]]:
    """The lines of a page from top to bottom; the last one is the page number."""
    lines: dict[int, list[Glyph]] = {}
    for glyph in glyphs_of(content, page):
        lines.setdefault(round(glyph.y), []).append(glyph)
    return [lines[y] for y in sorted(lines)]


def text_of(line: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def whole_text(content: bytes) -> str:
    """The text of all pages as one would copy it, without line ends and page numbers."""
    pages = []
    for number in range(len(open_pdf(content))):
        *body, _number = lines_of(content, number)
        pages += [text_of(line) for line in body]
    return "".join(pages)
