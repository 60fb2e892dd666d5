"""Imports of pasted tables, for tests."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from branches.models import Organization, User
from meetings.importing import start_import
from meetings.models import ImportRow, ImportRun
from tests.branches.importers.workbooks import member_record

TODAY = dt.date(2026, 1, 10)


def pasted(*rows: str) -> bytes:
    """A table as Excel puts it on the clipboard; cells are written with | between them."""
    return "\n".join(row.replace("|", "\t") for row in rows).encode()


def table(records: Sequence[Mapping[str, Any]]) -> bytes:
    """Records as pasted text with their headings."""
    lines = ["\t".join(records[0]), *("\t".join(map(str, one.values())) for one in records)]
    return "\n".join(lines).encode()


def make_import(
    user: User,
    organization: Organization | None,
    content: bytes | None = None,
    *,
    code: str = "D01",
    file_name: str = "花名册.xlsx",
    today: dt.date = TODAY,
    **options: Any,
) -> ImportRun:
    """An import at its preview: one new member of D01 unless told otherwise."""
    return start_import(
        content or table([member_record("新一", code, 性别="女")]),
        file_name=file_name,
        user=user,
        organization=organization,
        today=today,
        **options,
    )


def rows_of(run: ImportRun) -> list[ImportRow]:
    """All rows in their order."""
    return list(run.rows.order_by("sheet", "number"))


def problems_of(run: ImportRun) -> dict[tuple[int, str], str]:
    """(row, column) → what is wrong there."""
    return {
        (row.number, column): "；".join(reasons)
        for row in run.rows.all()
        for column, reasons in row.remarks.get("problems", {}).items()
    }
