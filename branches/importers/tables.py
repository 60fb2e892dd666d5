"""The sheets of a file as tables: where the headings stand, and which rows are no entries.

Ledgers that people keep have a title above the headings, totals below the last row, numbered
lines without anybody in them, the headings again on every page. What is passed over is kept with
the reason, so that whoever imports sees it and may take it in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from branches.importers.headings import count_guessed, guess_columns, plain_heading
from branches.importers.problems import file_refused
from branches.importers.rows import Layout
from branches.importers.values import Cell, parse_line
from branches.importers.workbook import Grid, read_grids

_ROWS_ABOVE_HEADINGS = 20
_FEWEST_HEADINGS = 2

_TOTAL = re.compile(r"(合计|总计|共计|小计|累计|总数|总人数)[:：]?(约|共)?\d*(人|名|个|条|次|项)?")
_NOTE = re.compile(
    r"(备?注|附注|说明|填表|制表|填报|审核|复核|负责人|经办|联系|截至|截止)[^:：]{0,6}[:：]"
)
_EXAMPLE = re.compile(r"[#＃]|[(（【]?(示例|样例|例如|例)[)）】:：]")


class LeftOut(StrEnum):
    """Why a row is not taken for an entry. USER and KEPT are what somebody decided."""

    NOT = ""
    TOTAL = "TOTAL"
    NOTE = "NOTE"
    EXAMPLE = "EXAMPLE"
    EMPTY = "EMPTY"
    HEADINGS = "HEADINGS"
    USER = "USER"
    KEPT = "KEPT"


@dataclass(slots=True)
class Table:
    """One sheet. `layout` is the name of the layout it is read by, "" for none; `columns` says
    for each heading the column it is read as; `rows` are (number in the file, cells)."""

    name: str
    layout: str
    headings: list[str]
    columns: list[str]
    rows: Grid


def read_tables(content: bytes, layouts: Sequence[Layout]) -> list[Table]:
    """Every sheet that holds anything, recognised or not.

    A sheet belongs to the layout whose name it bears, or else to the one whose headings it shows.
    ImportRefused when the file cannot be read, or when no sheet is recognised.
    """
    grids = read_grids(content, [layout.name for layout in layouts])
    tables = [table for name, grid in grids if (table := _table(name, grid, layouts))]
    if not tables:
        raise file_refused("文件中没有数据")
    if not any(table.layout for table in tables):
        known = "；".join(
            f"“{layout.name}”须有{'、'.join(layout.required)}" for layout in layouts[:3]
        )
        raise file_refused(f"没有找到认识的列标题。第一行应为列标题，例如：{known}")
    return tables


def why_left_out(cells: Sequence[Cell], headings: Sequence[str], columns: Sequence[str]) -> LeftOut:
    """Whether the row is something else than an entry."""
    words = [re.sub(r"\s", "", parse_line(cell)) for cell in cells]
    first = next((word for word in words if word), "")
    mapped = [word for word, column in zip(words, columns, strict=False) if column]
    if _TOTAL.fullmatch(first):
        return LeftOut.TOTAL
    if _NOTE.match(first) and sum(map(bool, words)) <= len(words) // 2 + 1:
        return LeftOut.NOTE
    if _EXAMPLE.match(first):
        return LeftOut.EXAMPLE
    if any(columns) and not any(mapped):
        return LeftOut.EMPTY
    pairs = [(word, head) for word, head in zip(words, headings, strict=False) if word]
    if len(pairs) >= _FEWEST_HEADINGS and all(word == head for word, head in pairs):
        return LeftOut.HEADINGS
    return LeftOut.NOT


def _table(name: str, grid: Grid, layouts: Sequence[Layout]) -> Table | None:
    filled = [(number, cells) for number, cells in grid if any(parse_line(cell) for cell in cells)]
    if not filled:
        return None
    plain_name = parse_line(name).replace(" ", "")
    named = [layout for layout in layouts if layout.name == plain_name]
    best, index, layout = 0, 0, named[0] if named else None
    for place, (_number, cells) in enumerate(filled[:_ROWS_ABOVE_HEADINGS]):
        for one in named or layouts:
            found = count_guessed(cells, one)
            if found > best and found >= _FEWEST_HEADINGS:
                best, index, layout = found, place, one
    headings, below = _headings(filled[index:], layout)
    width = max(len(cells) for _number, cells in filled[index:])
    headings += [""] * (width - len(headings))
    return Table(
        name=plain_name,
        layout=layout.name if layout else "",
        headings=headings,
        columns=guess_columns(headings, layout) if layout else [""] * width,
        rows=below,
    )


def _headings(filled: Grid, layout: Layout | None) -> tuple[list[str], Grid]:
    """The headings, which may stand in two rows one below the other (组织关系 above 转入日期 and
    转出日期), and the rows below them."""
    first = [parse_line(cell) for cell in filled[0][1]]
    if layout is None or len(filled) == 1:
        return first, filled[1:]
    second = [parse_line(cell) for cell in filled[1][1]]
    words = [word for word in second if word]
    is_second = bool(words) and all(
        plain_heading(word) in layout.columns or plain_heading(word) in layout.other_names
        for word in words
    )
    if not is_second or second == first:
        return first, filled[1:]
    width = max(len(first), len(second))
    upper, lower = (row + [""] * (width - len(row)) for row in (first, second))
    return [below or above for above, below in zip(upper, lower, strict=True)], filled[2:]
