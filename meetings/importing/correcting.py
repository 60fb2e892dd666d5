"""Corrections of an import: cells typed anew, rows left out, columns read as something else."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from branches.audit import act
from branches.clean import clean_text
from branches.importers.headings import guess_columns
from branches.importers.tables import LeftOut, why_left_out
from branches.importers.values import shown
from branches.importers.workbook import cell_from_json
from meetings.importing.checking import check_import
from meetings.importing.engines import layouts_by_name
from meetings.importing.writing import ImportMoved, lock_import
from meetings.models import ImportRow, ImportRun, ImportState

_BATCH = 500
_NAMED = 200  # rows that an entry of the audit log names


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was changed: `cells` by (row's key, place of the cell), `left_out` by the row's key,
    `columns` by the place of the sheet: (layout, what each heading is read as). A cell that is
    one of `same` speaks for all rows with an error that have the same text in the same place."""

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    same: frozenset[tuple[int, int]] = frozenset()
    left_out: Mapping[int, bool] = field(default_factory=dict)
    columns: Mapping[int, tuple[str, Sequence[str]]] = field(default_factory=dict)


def correct_import(
    run: ImportRun, corrections: Corrections, *, version: int, today: dt.date
) -> ImportRun:
    """Apply the corrections and check all rows again. ImportMoved when the import is no longer
    open, or when somebody corrected it since the page was opened."""
    name = "import.columns" if corrections.columns else "import.detail"
    with act(name, subject=run, organization=run.organization) as entry:
        run = lock_import(run, version=version, states=(ImportState.OPEN,))
        rows = list(run.rows.all())
        before = {row.pk: _state_of(row) for row in rows}
        for place, (layout, columns) in corrections.columns.items():
            _read_as(run, rows, place, layout, columns)
        alike = _alike(rows, corrections)
        for row in rows:
            _correct(row, corrections, alike)
        check_import(run, rows, today=today)
        changed = [row for row in rows if _state_of(row) != before[row.pk]]
        ImportRow.objects.bulk_update(
            changed, ["cells", "state", "left_out", "remarks"], batch_size=_BATCH
        )
        entry.changed(run, {"version": run.version}, {"version": run.version + 1})
        entry.noted(rows=[f"{row.sheet + 1}-{row.number}" for row in changed][:_NAMED])
        run.version += 1
        run.save()
    return run


def abandon_import(run: ImportRun, *, version: int) -> ImportRun:
    """Give the import up. Its rows are thrown away: nothing of them ever happened, and people's
    particulars are not kept without need."""
    with act("import.abandon", subject=run, organization=run.organization) as entry:
        run = lock_import(run, version=version, states=(ImportState.OPEN,))
        entry.changed(run, {"state": run.state}, {"state": ImportState.ABANDONED.value})
        run.rows.all().delete()
        run.state = ImportState.ABANDONED
        run.save(update_fields=["state"])
    return run


def read_columns(run: ImportRun, place: int, layout_name: str) -> list[str]:
    """What the headings of a sheet would be read as by another layout."""
    layout = layouts_by_name(run.kind).get(layout_name)
    headings = run.sheets[place]["headings"]
    return guess_columns(headings, layout) if layout else [""] * len(headings)


def _state_of(row: ImportRow) -> tuple[Any, ...]:
    return list(row.cells), row.state, row.left_out, row.remarks


def text_of(cell: object) -> str:
    """The cell as a page shows it and a form sends it back."""
    return clean_text(shown(cell_from_json(cell)))


def _alike(rows: Sequence[ImportRow], corrections: Corrections) -> dict[tuple[int, int, str], str]:
    """What is typed for every cell with the same text: (sheet, place, text) → the new text."""
    by_key = {row.pk: row for row in rows}
    return {
        (by_key[pk].sheet, place, text_of(by_key[pk].cells[place])): typed
        for (pk, place), typed in corrections.cells.items()
        if (pk, place) in corrections.same and pk in by_key and place < len(by_key[pk].cells)
    }


def _correct(
    row: ImportRow, corrections: Corrections, alike: Mapping[tuple[int, int, str], str]
) -> None:
    for place, cell in enumerate(row.cells):
        typed = corrections.cells.get((row.pk, place))
        if alike and typed in (None, text_of(cell)) and row.state == ImportRow.State.ERROR:
            typed = alike.get((row.sheet, place, text_of(cell)))
        # A cell that comes back as it was shown stays what it is: a date, a number.
        if typed is not None and clean_text(typed) != text_of(cell):
            row.cells[place] = clean_text(typed)
    wanted = corrections.left_out.get(row.pk)
    if wanted is not None and wanted != (row.left_out not in (LeftOut.NOT, LeftOut.KEPT)):
        row.left_out = LeftOut.USER if wanted else LeftOut.KEPT


def _read_as(
    run: ImportRun, rows: Sequence[ImportRow], place: int, layout: str, columns: Sequence[str]
) -> None:
    """Read a sheet by another layout or its columns otherwise. Rows that were passed over by
    themselves are looked at anew."""
    sheet = run.sheets[place]
    sheet["layout"], sheet["columns"] = layout, list(columns)
    for row in rows:
        if row.sheet == place and row.left_out not in (LeftOut.USER, LeftOut.KEPT):
            cells = [cell_from_json(cell) for cell in row.cells]
            row.left_out = why_left_out(cells, sheet["headings"], sheet["columns"])


__all__ = ["Corrections", "ImportMoved", "abandon_import", "correct_import", "read_columns"]
