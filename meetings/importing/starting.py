"""An uploaded file or pasted table becomes an import that can be looked at."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from branches.audit import act
from branches.clean import clean_line
from branches.importers.problems import file_refused
from branches.importers.tables import Table, read_tables, why_left_out
from branches.importers.workbook import cell_as_json
from branches.models import Organization
from meetings.importing.checking import check_import
from meetings.importing.engines import ALL_LAYOUTS, LAYOUTS, layouts_by_name
from meetings.models import ImportKind, ImportRow, ImportRun

MOST_ROWS = 20_000  # more is for the command, which keeps no preview
_BATCH = 1000


def start_import(
    content: bytes,
    *,
    file_name: str,
    user: Any,
    organization: Organization | None,
    as_draft: bool = False,
    today: dt.date,
) -> ImportRun:
    """Read the file, check it and keep it. ImportRefused when it cannot be read at all.

    `organization` is the top of what it may reach, None the whole site. A file with a roster and
    activities is read for the roster; its other sheets are kept unread.
    """
    tables = read_tables(content, ALL_LAYOUTS)
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise file_refused(f"行数超过 {MOST_ROWS}，请分成几个文件，或请系统管理员用命令导入")
    kind = _kind(tables)
    run = ImportRun(
        kind=kind,
        user=user,
        organization=organization,
        file_name=clean_line(file_name)[-255:],
        digest=hashlib.sha256(content).hexdigest(),
        as_draft=as_draft and kind == ImportKind.ACTIVITIES,
        version=1,
    )
    rows = _rows(run, tables)
    check_import(run, rows, today=today)
    with act("import.list", organization=organization, user=user) as entry:
        run.save()
        ImportRow.objects.bulk_create(rows, batch_size=_BATCH)
        entry.created(run, kind=run.kind, rows=len(rows), file=f"sha256:{run.digest}")
    return run


def _kind(tables: Sequence[Table]) -> ImportKind:
    found = {table.layout for table in tables}
    is_roster = any(layout.name in found for layout in LAYOUTS[ImportKind.ROSTER])
    return ImportKind.ROSTER if is_roster else ImportKind.ACTIVITIES


def _rows(run: ImportRun, tables: Sequence[Table]) -> list[ImportRow]:
    """The rows of all tables; the run's `sheets` are set on the way."""
    layouts = layouts_by_name(run.kind)
    rows = []
    for place, table in enumerate(tables):
        layout = table.layout if table.layout in layouts else ""
        columns = table.columns if layout else [""] * len(table.headings)
        run.sheets.append(
            {
                "name": table.name,
                "layout": layout,
                "headings": table.headings,
                "columns": columns,
                "offset": 0,
            }
        )
        for number, cells in table.rows:
            padded = [*cells, *[None] * (len(table.headings) - len(cells))]
            rows.append(
                ImportRow(
                    run=run,
                    sheet=place,
                    number=number,
                    cells=[cell_as_json(cell) for cell in padded],
                    left_out=why_left_out(cells, table.headings, columns),
                )
            )
    return rows
