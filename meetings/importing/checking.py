"""Holding the rows of an import against the records, as often as it takes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from branches.importers.preview import Preview
from branches.importers.problems import Problem
from branches.importers.rows import Row
from branches.importers.tables import LeftOut
from branches.importers.values import shown
from branches.importers.workbook import cell_from_json
from branches.models import Organization
from branches.querysets import under
from meetings.importing.engines import Plan, compare, reach_of
from meetings.importing.places import with_codes
from meetings.models import ImportRow, ImportRun

_TWICE = "这一列出现了两次，请为其中一列选择“不导入”"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `plan` may be written when `is_sound`."""

    plan: Plan
    preview: Preview
    is_sound: bool


def check_import(run: ImportRun, rows: Sequence[ImportRow], *, today: dt.date) -> Checked:
    """Compare all rows and set what was found on the run and on the rows; save nothing.

    A fixed number of queries.
    """
    _number_apart(run, rows)
    sheets = _sheets(run, rows)
    within = Organization.objects.filter(under(reach_of(run)))
    coded, misnamed = with_codes(sheets, within)
    plan, preview = compare(run, coded, today=today)
    problems = [*_columns_taken_twice(run), *_merged(misnamed, preview.problems)]
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    run.problems = []
    for problem in problems:
        if problem.row is None:
            said = {"sheet": problem.sheet, "column": problem.column, "reason": problem.reason}
            run.problems.append(said)
        else:
            by_row[problem.sheet, problem.row].append(problem)
    for row in rows:
        _mark(row, run.sheets[row.sheet], by_row, preview)
    run.counts = [list(count) for count in preview.counts]
    run.notes = list(preview.notes)
    run.preview_digest = preview.digest
    return Checked(plan, preview, is_sound=not problems)


def is_left_out(row: ImportRow) -> bool:
    """Whether the row is passed over."""
    return row.left_out not in (LeftOut.NOT, LeftOut.KEPT)


def _number_apart(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    """Where several sheets have one layout, their rows are numbered on from sheet to sheet, so
    that a reason that names a row names one."""
    last: dict[str, int] = defaultdict(int)
    highest: dict[int, int] = defaultdict(int)
    for row in rows:
        highest[row.sheet] = max(highest[row.sheet], row.number)
    for place, sheet in enumerate(run.sheets):
        sheet["offset"] = last[sheet["layout"]] if sheet["layout"] else 0
        last[sheet["layout"]] = sheet["offset"] + highest[place]


def _sheets(run: ImportRun, rows: Iterable[ImportRow]) -> dict[str, list[Row]]:
    sheets: dict[str, list[Row]] = {sheet["layout"]: [] for sheet in run.sheets if sheet["layout"]}
    for row in rows:
        sheet = run.sheets[row.sheet]
        if not sheet["layout"] or is_left_out(row):
            continue
        cells = {
            column: cell_from_json(row.cells[place]) if place < len(row.cells) else None
            for place, column in enumerate(sheet["columns"])
            if column
        }
        sheets[sheet["layout"]].append(Row(sheet["offset"] + row.number, cells))
    return sheets


def _columns_taken_twice(run: ImportRun) -> list[Problem]:
    return [
        Problem(sheet["layout"], None, column, "", _TWICE)
        for sheet in run.sheets
        for column in dict.fromkeys(filter(None, sheet["columns"]))
        if sheet["columns"].count(column) > 1
    ]


def _merged(misnamed: Sequence[Problem], others: Sequence[Problem]) -> list[Problem]:
    """Of two reasons at one cell the one that knows about names."""
    cells = {(one.sheet, one.row, one.column) for one in misnamed}
    return [
        *misnamed,
        *(one for one in others if (one.sheet, one.row, one.column) not in cells),
    ]


def _mark(
    row: ImportRow,
    sheet: dict[str, Any],
    by_row: dict[tuple[str, int], list[Problem]],
    preview: Preview,
) -> None:
    """State and remarks of one row."""
    key = (sheet["layout"], sheet["offset"] + row.number)
    row.remarks = {}
    if not sheet["layout"] or is_left_out(row):
        row.state = ImportRow.State.LEFT_OUT
        return
    if key in by_row:
        row.state = ImportRow.State.ERROR
        said: dict[str, list[str]] = defaultdict(list)
        for problem in by_row[key]:
            column = problem.column if problem.column in sheet["columns"] else ""
            said[column].append(_reason(row, sheet, problem, column))
        row.remarks = {"problems": dict(said)}
        return
    found = preview.rows.get(key)
    row.state = ImportRow.State(found.state.value) if found else ImportRow.State.UNCHANGED
    if found and found.before:
        row.remarks = {"before": found.before}


def _reason(row: ImportRow, sheet: dict[str, Any], problem: Problem, column: str) -> str:
    """The reason, with the part of the cell that is meant, or the column that the file lacks."""
    if not column:
        return f"{problem.column}：{problem.reason}" if problem.column else problem.reason
    cell = cell_from_json(row.cells[sheet["columns"].index(column)])
    whole = shown(cell).strip()
    is_part = problem.value and problem.value != whole
    return f"“{problem.value}”{problem.reason}" if is_part else problem.reason
