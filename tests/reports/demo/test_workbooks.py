"""The demo rows as real workbooks, through the commands a bureau would use."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import call_command

from branches.models import Member, Membership
from meetings.models import Activity, AgendaItem
from reports.demo import activity_rows, roster_rows

YEAR = 2024


def write_workbook(path: Path, sheets: dict[str, list[dict[str, Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(rows[0]))
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row.values()):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write_string(number, column, cell)
    return path


def run(command: str, path: Path) -> str:
    out = StringIO()
    call_command(command, path, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_bureau_goes_in_through_both_workbooks_and_a_second_time_changes_nothing(tmp_path):
    roster = write_workbook(tmp_path / "名册.xlsx", roster_rows(YEAR))
    year = write_workbook(tmp_path / "活动.xlsx", activity_rows(YEAR))
    run("import_roster", roster)
    run("import_activities", year)
    counts = (Member.objects.count(), Membership.objects.count(), Activity.objects.count())
    assert counts == (125, 135, len(activity_rows(YEAR)["活动"]))
    assert AgendaItem.objects.count() == len(activity_rows(YEAR)["议题"])
    run("import_roster", roster)
    run("import_activities", year)
    assert counts == (
        Member.objects.count(),
        Membership.objects.count(),
        Activity.objects.count(),
    )
