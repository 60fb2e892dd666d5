"""Rows of a sheet, the columns a sheet may have, and the reading of one row.

A sheet is a list of rows; a row maps headings to cells. A heading that the sheet has stands in
every row, with a blank cell where nothing was filled in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from branches.importers.problems import Problem
from branches.importers.values import BadValue, Cell, parse_line, parse_text, shown


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is what Excel shows beside it."""

    number: int
    cells: Mapping[str, Cell]


Sheets = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Layout:
    """The name of a sheet and its columns.

    `other_names` are headings that ledgers use for the columns, by what they stand for.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    is_required: bool = True
    other_names: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


def called(**names: str) -> dict[str, str]:
    """`other_names` of a layout from a line of names for each column."""
    return {name: column for column, line in names.items() for name in line.split()}


def rows_of(records: Iterable[Mapping[str, Cell]]) -> list[Row]:
    """Plain mappings as the rows of a sheet with its headings in row 1."""
    return [Row(number, dict(cells)) for number, cells in enumerate(records, start=2)]


def count_headings(cells: Iterable[Cell], layout: Layout) -> int:
    """How many cells are headings of the layout."""
    return len({heading_of(cell) for cell in cells} & set(layout.columns))


def heading_of(cell: Cell) -> str:
    """A heading without white space and without the star that marks a required column."""
    return parse_line(cell).replace(" ", "").strip("*＊")


def check_layouts(
    sheets: Sheets, layouts: Sequence[Layout], *, is_partial: bool = False
) -> tuple[list[Problem], list[str]]:
    """Missing sheets and columns as problems; unknown ones as lines to tell the user.

    `is_partial` takes a file without one of the sheets (pasted text is one table), as long as
    there are rows in any.
    """
    problems: list[Problem] = []
    ignored: list[str] = []
    if not any(sheets.get(layout.name) for layout in layouts):
        known = "、".join(f"“{layout.name}”" for layout in layouts)
        return [Problem("", None, "", "", f"文件中没有数据（需要的工作表：{known}）")], []
    for layout in layouts:
        if layout.name not in sheets:
            if layout.is_required and not is_partial:
                problems.append(Problem(layout.name, None, "", "", "缺少这张工作表"))
            continue
        rows = sheets[layout.name]
        headings = dict.fromkeys(heading for row in rows for heading in row.cells)
        if rows:
            problems += [
                Problem(layout.name, None, heading, "", "缺少这一必填列")
                for heading in layout.required
                if heading not in headings
            ]
        ignored += [
            f"工作表“{layout.name}”的“{heading}”列"
            for heading in headings
            if heading not in layout.columns
        ]
    known_names = {layout.name for layout in layouts}
    ignored += [f"工作表“{name}”" for name in sheets if name not in known_names]
    return problems, ignored


class RowState(StrEnum):
    """What a row is to the records there are."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    UNCHANGED = "UNCHANGED"


class Reading:
    """One row being read: gives values, and notes every problem at its cell.

    After a problem `is_sound` is False and the value asked for is None (or ""), so that the
    rest of the row is still looked at. `before` holds, by column, what the row would change.
    """

    def __init__(self, sheet: str, row: Row, problems: list[Problem]) -> None:
        self.sheet = sheet
        self.row = row
        self.number = row.number
        self.is_sound = True
        self.state = RowState.UNCHANGED
        self.before: dict[str, str] = {}
        self._problems = problems

    def mark_new(self) -> None:
        """The row says something that is on no record yet."""
        self.state = RowState.NEW

    def mark_changed(self, heading: str, before: object) -> None:
        """The row changes what is on record; `before` is that, None for nothing."""
        if self.state != RowState.NEW:
            self.state = RowState.CHANGED
            self.before[heading] = "" if before is None else str(before)

    def raw(self, heading: str) -> str:
        """The cell as text of one line; "" when blank or without such a column."""
        return parse_line(self.row.cells.get(heading))

    def value[T](
        self, heading: str, parse: Callable[[Cell], T], *, required: bool = False
    ) -> T | None:
        """The parsed cell, or None when it is blank or was refused."""
        if not self.raw(heading):
            if required:
                # A column that is missing altogether was reported once for the sheet.
                self.is_sound = False
                if heading in self.row.cells:
                    self.refuse(heading, "必填，不能为空")
            return None
        try:
            return parse(self.row.cells[heading])
        except BadValue as reason:
            self.refuse(heading, str(reason))
            return None

    def line(self, heading: str, *, limit: int, required: bool = False) -> str:
        """Text of one line of at most `limit` characters."""
        text = self.value(heading, parse_line, required=required) or ""
        if len(text) > limit:
            self.refuse(heading, f"超过 {limit} 个字")
        return text

    def text(self, heading: str, *, required: bool = False) -> str:
        """Text of several lines."""
        return self.value(heading, parse_text, required=required) or ""

    def choice[T](
        self, heading: str, choices: Mapping[str, T], *, required: bool = False
    ) -> T | None:
        """What the word in the cell stands for."""

        def parse(cell: Cell) -> T:
            word = parse_line(cell)
            if word not in choices:
                raise BadValue(f"应为其中之一：{'、'.join(choices)}")
            return choices[word]

        return self.value(heading, parse, required=required)

    def refuse(self, heading: str, reason: str, value: str | None = None) -> None:
        """Note a problem at the cell (`value` where only a part of the cell is meant)."""
        self.is_sound = False
        text = shown(self.row.cells.get(heading)).strip() if value is None else value
        self._problems.append(Problem(self.sheet, self.number, heading, text, reason))
