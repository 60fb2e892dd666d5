"""A Document composed for paper: every line broken, spaced and marked up. No Django here.

The markup escapes every character of the document's text; classes carry the spacing of a line
(.s), the squeeze of a mark (.c closing, .o opening) and the columns of a table (.w).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from reports.composer.document import Annex, Document
from reports.exporters.glyphs import EM, FACE_OF_STYLE, borrowed_spans, faces
from reports.exporters.lines import BASE_SPACING, CELLS, CLOSING, MEASURE, OPENING, Line, compose
from reports.exporters.titles import break_title
from reports.exporters.wording import annex_label, attachment_notes, date_line, recipient_line

BODY_SIZE = 16  # pt, 三号
CELL = EM + BASE_SPACING  # what a full character takes on the line, in 1/1000 em
_TAGS = {
    "heading1": "h2",
    "heading2": "h3",
    "heading3": "h4",
    "heading4": "h5",
    "paragraph": "p",
}
# Letter-spacing in steps of 0.0002 em: 28 of them miss the margin by at most 0.04 pt.
_SPACING_STEPS = 5
# A table of more columns than this is set smaller.
_COLUMNS_AT_FULL_SIZE = 6
_LONG_CELL = 10  # characters: longer text reads better from the left than centred


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of composed lines, ready to print."""

    tag: str
    css: str
    markup: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class PrintedAnnex:
    label: str
    title: str
    title_markup: str
    css: str
    columns: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What templates/reports/document/print.html prints; `rules` is the CSS of its classes."""

    title: str
    title_markup: str
    organ: str
    created: str
    recipient: Paragraph | None
    paragraphs: tuple[Paragraph, ...]
    attachments: tuple[Paragraph, ...]
    signature: tuple[Paragraph, ...]
    annexes: tuple[PrintedAnnex, ...]
    rules: str


@dataclass(slots=True)
class _Typesetter:
    """Turns lines into markup and remembers the rules that the markup needs."""

    rules: dict[str, str] = field(default_factory=dict)

    def paragraph(
        self, tag: str, css: str, text: str, *, face: str, indent: int = 0, label: str = ""
    ) -> Paragraph:
        lines = compose(text, faces()[face], indent=indent, is_heading=tag != "p")
        return Paragraph(tag, css, self.lines(lines, face), label)

    def lines(self, lines: Iterable[Line], face: str) -> str:
        # A line feed, which the stylesheet keeps, is laid out a sixth faster than <br>.
        return "\n".join(self._line(line, face) for line in lines)

    def _line(self, line: Line, face: str) -> str:
        inner = self._borrowed(line, face)
        if abs(line.spacing - BASE_SPACING) * CELLS < 1:
            return inner  # the spacing that the stylesheet gives to all text
        step = math.floor(line.spacing * _SPACING_STEPS)  # down: never wider than the room
        name = f"s{step}".replace("-", "_")
        self.rules[name] = f".{name}{{letter-spacing:{step / _SPACING_STEPS / EM:.4f}em}}"
        return f'<span class="{name}">{inner}</span>'

    def _borrowed(self, line: Line, face: str) -> str:
        """The line's text with what its face lacks set in Song."""
        done, parts = 0, []
        for start, end in borrowed_spans(line.text, faces()[face]):
            parts.append(self._squeezed(line.text[done:start], line.squeeze))
            parts.append(f'<span class="song">{escape(line.text[start:end])}</span>')
            done = end
        parts.append(self._squeezed(line.text[done:], line.squeeze))
        return "".join(parts)

    def _squeezed(self, text: str, squeeze: int) -> str:
        if not squeeze:
            return escape(text)
        parts = []
        for kind, characters in groupby(text, _kind_of_mark):
            if not kind:
                parts.append(escape("".join(characters)))
                continue
            name = f"{kind}{squeeze}"
            side = "right" if kind == "c" else "left"
            self.rules[name] = f".{name}{{margin-{side}:-{squeeze / EM}em}}"
            # Each mark gives up its own blank, so each has its own span.
            parts += [f'<span class="{name}">{mark}</span>' for mark in characters]
        return "".join(parts)

    def place(self, name: str, **properties: float) -> str:
        """A class with lengths given in 1/1000 em of the body."""
        lengths = "".join(
            f"{key.replace('_', '-')}:{value * BODY_SIZE / EM:.3f}pt;"
            for key, value in properties.items()
        )
        self.rules[name] = f".{name}{{{lengths}}}"
        return name


def _kind_of_mark(character: str) -> str:
    return "c" if character in CLOSING else "o" if character in OPENING else ""


def compose_sheet(document: Document) -> Sheet:
    """The document laid out in lines of 28 characters (GB/T 9704, section 7)."""
    setter = _Typesetter()
    recipient = recipient_line(document)
    return Sheet(
        title=document.title,
        title_markup=_title(document.title),
        organ=document.organ,
        created=document.dated_on.isoformat() if document.dated_on else "",
        recipient=setter.paragraph("p", "recipient", recipient, face="Fang") if recipient else None,
        paragraphs=tuple(_paragraphs(document, setter)),
        attachments=tuple(_attachments(document, setter)),
        signature=tuple(_signature(document, setter)),
        annexes=tuple(
            _annex(annex, annex_label(document, index), index, setter)
            for index, annex in enumerate(document.annexes)
        ),
        rules="".join(setter.rules.values()),
    )


def _title(text: str) -> str:
    return "<br>".join(map(escape, break_title(text, faces()["Title"])))


def _paragraphs(document: Document, setter: _Typesetter) -> Iterable[Paragraph]:
    for block in document.blocks:
        tag, face = _TAGS[block.style], FACE_OF_STYLE[block.style]
        for text in filter(None, map(_on_one_line, block.text.splitlines())):
            label = text if tag != "p" else ""
            yield setter.paragraph(tag, block.style, text, face=face, indent=2, label=label)


def _on_one_line(text: str) -> str:
    return " ".join(text.split()) if text.isascii() else text.strip().replace("\t", " ")


def _attachments(document: Document, setter: _Typesetter) -> Iterable[Paragraph]:
    """附件说明: one blank line below the text; the name's second line begins under its first."""
    face = faces()["Fang"]
    for index, (number, name) in enumerate(attachment_notes(document)):
        lead = ("" if index else "附件：") + number
        width = sum(map(face.width, lead)) + BASE_SPACING * len(lead)
        # 左空二字, then 附件： of three characters, then the number.
        left = (5 if index else 2) * CELL + width
        lines = compose(name, face, cells=int((MEASURE - left) / CELL))
        markup = escape(lead) + setter.lines(lines, "Fang")
        css = setter.place(f"n{index}", padding_left=left, text_indent=-width)
        yield Paragraph("p", css, markup)


def _signature(document: Document, setter: _Typesetter) -> Iterable[Paragraph]:
    """署名 two characters from the right; the date begins two characters to the right of it.

    A date longer than the organ stands two characters from the right itself, and the organ
    begins two characters to the left of it (GB/T 9704, 7.3.5.3).
    """
    face = faces()["Fang"]

    def width(text: str) -> float:
        return sum(map(face.width, text)) + BASE_SPACING * len(text)

    date = date_line(document)
    organ_lines = break_title(document.organ, face, cells=CELLS - 4)
    organ_width = max(map(width, organ_lines), default=0)
    right = MEASURE - 2 * CELL
    date_left = right - organ_width + 2 * CELL
    if width(date) > organ_width:
        date_left = right - width(date)
    organ_css = setter.place("organ", padding_left=date_left - 2 * CELL)
    date_css = setter.place("date", padding_left=date_left)
    if organ_lines:
        markup = "\n".join(setter.lines([Line(line, BASE_SPACING)], "Fang") for line in organ_lines)
        yield Paragraph("p", organ_css, markup)
    yield Paragraph("p", date_css, escape(date))


def _annex(annex: Annex, label: str, index: int, setter: _Typesetter) -> PrintedAnnex:
    total = sum(annex.widths) or 1
    columns = []
    for column, width in enumerate(annex.widths):
        name = f"w{index}-{column}"
        setter.rules[name] = f".{name}{{width:{100 * width / total:.3f}%}}"
        columns.append(name)
    return PrintedAnnex(
        label=label,
        title=annex.title,
        title_markup=_title(annex.title),
        css="small" if len(annex.header) > _COLUMNS_AT_FULL_SIZE else "",
        columns=tuple(columns),
        header=annex.header,
        rows=tuple(
            tuple((cell, "long" if len(cell) > _LONG_CELL else "") for cell in row)
            for row in annex.rows
        ),
    )
