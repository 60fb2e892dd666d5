"""Tab-separated text as Excel puts it on the clipboard, or saves it."""

import codecs
import re
from collections.abc import Sequence

from branches.importers.problems import file_refused
from branches.importers.rows import Layout, count_headings
from branches.importers.values import Cell, parse_line

# A quoted cell (line breaks inside, quotes doubled) ends at a tab or a line end; anything else,
# also a text that merely begins with a quotation mark, runs to the next tab or line end.
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')


def grids_of_text(
    content: bytes, layouts: Sequence[Layout]
) -> dict[str, list[tuple[int, list[Cell]]]]:
    """Tables by the name of their sheet.

    A line that holds a sheet's name alone begins that sheet. Without one the table belongs to
    the sheet whose headings its first rows show. Row numbers count the rows of the text.
    ImportRefused when it is no text, or no table of ours.
    """
    grids = sections_of_text(content, [layout.name for layout in layouts])
    if unnamed := grids.pop("", []):
        layout = max(layouts, key=lambda one: _best_match(unnamed, one))
        if not _best_match(unnamed, layout):
            raise file_refused("文件不是 Excel 工作簿，也不是带标题行的制表符分隔文本")
        grids.setdefault(layout.name, []).extend(unnamed)
    return grids


def sections_of_text(
    content: bytes, names: Sequence[str]
) -> dict[str, list[tuple[int, list[Cell]]]]:
    """Tables by the line above them that is one of the names; "" has what stands before any.

    ImportRefused when it is no text.
    """
    grids: dict[str, list[tuple[int, list[Cell]]]] = {"": []}
    current = grids[""]
    for number, cells in enumerate(_split(_decode(content)), start=1):
        words = [word for cell in cells if (word := parse_line(cell))]
        if len(words) == 1 and words[0] in names:
            current = grids.setdefault(words[0], [])
        elif words:
            current.append((number, [*cells]))
    return grids


def _best_match(grid: list[tuple[int, list[Cell]]], layout: Layout) -> int:
    return max(count_headings(cells, layout) for _, cells in grid[:20])


def _decode(content: bytes) -> str:
    """Excel's "Unicode text" is UTF-16; older Chinese systems write GB 18030."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise file_refused("文件不是 Excel 工作簿，也不是文本")


def _split(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    position = 0
    # A cell may be empty, so there is a match at every position.
    while position <= len(text) and (match := _CELL.match(text, position)):
        quoted, plain = match.groups()
        rows[-1].append(plain if quoted is None else quoted.replace('""', '"'))
        if text[match.end() : match.end() + 1] == "\n":
            rows.append([])
        position = match.end() + 1
    return rows
