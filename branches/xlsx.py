"""A table as a workbook: texts as texts, days as days, nothing that a spreadsheet would run."""

import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # what Excel holds; a longer text is cut and says so

type Cell = str | int | float | Decimal | dt.date | None


def workbook(
    title: str, columns: Sequence[tuple[Any, int]], rows: Iterable[Sequence[Cell]], *, on: dt.date
) -> bytes:
    """An xlsx of one sheet: a bold heading row that stays in sight, a filter, then the rows.

    `columns` are (heading, which may be lazy, and width in characters); None and "" leave a cell
    empty. `on` is written into the file as the day it was made, so that a day's files are alike.
    Rows are written as they come and not kept: memory does not grow with them.
    """
    target = io.BytesIO()
    _write(target, title, columns, rows, on=on)
    return target.getvalue()


def workbook_file(
    title: str,
    columns: Sequence[tuple[Any, int]],
    rows: Iterable[Sequence[Cell]],
    name: str,
    *,
    on: dt.date,
) -> FileResponse:
    """The same as a file to keep, for very many rows: written to the disk and sent from there."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (closed, and gone, with the response)
    _write(target, title, columns, rows, on=on)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=CONTENT_TYPE)


def _write(
    target: IO[bytes],
    title: str,
    columns: Sequence[tuple[Any, int]],
    rows: Iterable[Sequence[Cell]],
    *,
    on: dt.date,
) -> None:
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            # A text that begins with = + - @ or http is still a text.
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"created": dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC)})
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, str(label), bold)
    last = 0
    for last, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, dt.date):
                sheet.write_datetime(last, column, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, str):
                sheet.write_string(last, column, _fitting(value), text)
            else:
                sheet.write_number(last, column, float(value), text)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """The workbook as a file to keep, under this name."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _fitting(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    note = _(" … (too long for a cell, the rest stands in the record)")
    return text[: LONGEST_CELL - len(note)] + note
