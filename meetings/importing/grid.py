"""The rows of an import as a page shows them: each cell with what is wrong or new about it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from branches.importers.headings import is_right
from branches.importers.tables import LeftOut
from meetings.importing.checking import is_left_out
from meetings.importing.correcting import text_of
from meetings.importing.engines import LAYOUTS
from meetings.models import ImportRow, ImportRun

_LONG = 40  # characters: a longer text gets a box of several lines


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell. `before` is what stands on record, None when the cell changes nothing; `others`
    counts further rows with the same text and an error in this place."""

    name: str
    column: str
    text: str
    problems: Sequence[str]
    before: str | None
    is_input: bool
    others: int = 0

    @property
    def is_long(self) -> bool:
        return len(self.text) > _LONG or "\n" in self.text

    @property
    def same(self) -> str:
        """Name of the box that corrects the others too."""
        return self.name.replace("cell-", "same-", 1)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; `problems` are those of no cell."""

    row: ImportRow
    number: int
    cells: Sequence[GridCell]
    problems: Sequence[str]
    is_left_out: bool
    is_edited: bool

    @property
    def why_left_out(self) -> LeftOut:
        return LeftOut(self.row.left_out)


@dataclass(frozen=True, slots=True)
class GridSheet:
    """The rows of one sheet on the page."""

    name: str
    columns: Sequence[str]
    rows: Sequence[GridRow]


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of the file and what it is read as; `example` is its first text."""

    place: int
    heading: str
    column: str
    example: str

    @property
    def is_guessed(self) -> bool:
        return bool(self.column) and not is_right(self.heading, self.column)


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """A sheet of the file and the choices for its headings."""

    place: int
    name: str
    layout: str
    layouts: Sequence[str]
    columns: Sequence[Column]
    choices: Sequence[str]

    @property
    def guessed(self) -> list[Column]:
        return [one for one in self.columns if one.is_guessed]

    @property
    def ignored(self) -> list[Column]:
        return [one for one in self.columns if one.heading and not one.column]


def grid_of(
    run: ImportRun,
    rows: Iterable[ImportRow],
    *,
    edited: int | None = None,
    typed: Mapping[tuple[int, int], str] | None = None,
) -> list[GridSheet]:
    """The rows by sheet. `edited` is the key of a row whose cells are all to be typed in; `typed`
    is what somebody typed that could not be taken."""
    alike = _cells_in_error(run) if edited is None else Counter()
    sheets = []
    for place, group in groupby(rows, key=lambda row: row.sheet):
        sheet = run.sheets[place]
        shown = [at for at, column in enumerate(sheet["columns"]) if column] or list(
            range(len(sheet["headings"]))
        )
        names = [sheet["columns"][at] or sheet["headings"][at] for at in shown]
        grid_rows = [
            _row(run, row, shown, names, row.pk == edited, typed or {}, alike) for row in group
        ]
        sheets.append(GridSheet(sheet["name"] or sheet["layout"], names, grid_rows))
    return sheets


def columns_of_sheets(run: ImportRun) -> list[SheetColumns]:
    """Every sheet with what its headings are read as, and an example of each column. A query a
    sheet."""
    layouts = {layout.name: layout for layout in LAYOUTS[run.kind]}
    found = []
    for place, sheet in enumerate(run.sheets):
        sample = list(run.rows.filter(sheet=place, left_out="").values_list("cells", flat=True)[:5])
        columns = [
            Column(
                at,
                heading,
                sheet["columns"][at],
                next((text for cells in sample if (text := _at(cells, at))), ""),
            )
            for at, heading in enumerate(sheet["headings"])
        ]
        layout = layouts.get(sheet["layout"])
        found.append(
            SheetColumns(
                place,
                sheet["name"],
                sheet["layout"],
                tuple(layouts),
                [one for one in columns if one.heading or one.example],
                layout.columns if layout else (),
            )
        )
    return found


def _at(cells: Sequence[object], place: int) -> str:
    return text_of(cells[place]) if place < len(cells) else ""


def _row(
    run: ImportRun,
    row: ImportRow,
    shown: Sequence[int],
    names: Sequence[str],
    is_edited: bool,
    typed: Mapping[tuple[int, int], str],
    alike: Mapping[tuple[int, int, str], int],
) -> GridRow:
    problems = row.remarks.get("problems", {})
    before = row.remarks.get("before", {})
    cells = []
    for place, name in zip(shown, names, strict=True):
        text = _at(row.cells, place)
        reasons = problems.get(name, ())
        others = alike[row.sheet, place, text] - 1 if reasons and text else 0
        cells.append(
            GridCell(
                name=f"cell-{row.pk}-{place}",
                column=name,
                text=typed.get((row.pk, place), text),
                problems=reasons,
                before=before.get(name),
                is_input=is_edited or bool(reasons),
                others=max(others, 0),
            )
        )
    return GridRow(
        row=row,
        number=row.number + run.sheets[row.sheet]["offset"],
        cells=cells,
        problems=problems.get("", ()),
        is_left_out=is_left_out(row),
        is_edited=is_edited,
    )


def _cells_in_error(run: ImportRun) -> Counter[tuple[int, int, str]]:
    """How often the same text is refused in the same place: (sheet, place, text). One query."""
    counted: Counter[tuple[int, int, str]] = Counter()
    wrong = run.rows.filter(state=ImportRow.State.ERROR).values_list("sheet", "cells", "remarks")
    for place, cells, remarks in wrong:
        columns = run.sheets[place]["columns"]
        for column in remarks.get("problems", {}):
            if column in columns and (text := _at(cells, at := columns.index(column))):
                counted[place, at, text] += 1
    return counted
