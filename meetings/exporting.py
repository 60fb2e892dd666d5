"""The list of activities as a workbook: every column, texts as texts."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.credits import credit_summary
from meetings.models import Activity, Attendance, AttendanceState
from meetings.querysets import ActivityQuerySet
from meetings.reading import label_of

MOST_ROWS = 20_000
LONGEST_CELL = 32_767  # what Excel holds; a longer text is cut and says so
_WIDE = 40


def workbook_of(activities: ActivityQuerySet, *, on: dt.date) -> bytes:
    """An xlsx of the activities in their order, at most MOST_ROWS of them. Five queries.

    `on` is written into the file as the day it was made, so that a day's files are alike.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"created": dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC)})
    sheet = book.add_worksheet(_("Activities"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    columns = _columns()
    sheet.freeze_panes(1, 0)
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, str(label), bold)
    last = 0
    for last, values in enumerate(_rows(activities), start=1):
        for column, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, dt.date):
                sheet.write_datetime(last, column, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, str):
                sheet.write_string(last, column, _fitting(value), text)
            else:
                sheet.write_number(last, column, value, text)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return target.getvalue()


def _columns() -> list[tuple[Any, int]]:
    """(heading, width) of every column, in the order of `_rows`."""
    return [
        (label_of("held_on"), 12),
        (label_of("start_time"), 9),
        (label_of("end_time"), 9),
        (label_of("title"), _WIDE),
        (_("Kinds"), 24),
        (_("Times counted"), 9),
        (label_of("host"), 20),
        (_("Counts for"), 24),
        (pgettext("persons", "Expected"), 8),
        (pgettext("persons", "Present"), 8),
        (pgettext("persons", "On leave"), 8),
        (pgettext("persons", "Absent"), 8),
        (label_of("place"), 16),
        (label_of("chair"), 10),
        (label_of("recorder"), 10),
        (label_of("lecturer"), 10),
        (label_of("form"), 10),
        (label_of("holiday"), 10),
        (label_of("study_hours"), 8),
        (_("Study materials"), 24),
        (label_of("minutes"), _WIDE),
        (label_of("decision"), _WIDE),
        (label_of("highlight"), _WIDE),
        (label_of("status"), 10),
        (label_of("void_reason"), 20),
        (_("Recorded on"), 12),
    ]


def _rows(activities: ActivityQuerySet) -> Iterator[list[Any]]:
    loaded: list[Activity] = list(
        activities.select_related("host").prefetch_related(
            "credits__organization", "study_materials"
        )[:MOST_ROWS]
    )
    turnouts = _turnouts([one.pk for one in loaded])
    for one in loaded:
        credits = credit_summary(one.credits.all())
        materials = "".join(f"《{material.title}》" for material in one.study_materials.all())
        yield [
            one.held_on,
            one.start_time.strftime("%H:%M") if one.start_time else "",
            one.end_time.strftime("%H:%M") if one.end_time else "",
            one.title,
            "、".join(str(kind.label) for kind in credits.kinds),
            credits.counts,
            one.host.label,
            "、".join(organization.label for organization in credits.organizations),
            *turnouts.get(one.pk, (None,) * 4),
            one.place,
            one.chair,
            one.recorder,
            one.lecturer,
            one.form,
            one.get_holiday_display(),
            None if one.study_hours is None else float(one.study_hours),
            materials,
            one.minutes,
            one.decision,
            one.highlight,
            str(one.get_status_display()),
            one.void_reason,
            _day_of(one.created_at),
        ]


def _turnouts(ids: list[int]) -> dict[int, tuple[int, ...]]:
    """Activity → expected, present, on leave, absent; only where attendance was recorded."""
    counts = {
        "expected": Count("pk"),
        "present": Count("pk", filter=Q(state=AttendanceState.PRESENT)),
        "on_leave": Count("pk", filter=Q(state=AttendanceState.ON_LEAVE)),
        "absent": Count("pk", filter=Q(state=AttendanceState.ABSENT)),
    }
    rows = Attendance.objects.filter(activity__in=ids).order_by().values_list("activity_id")
    return {pk: tuple(numbers) for pk, *numbers in rows.annotate(**counts)}


def _day_of(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


def _fitting(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    note = _(" … (too long for a cell, the rest stands in the record)")
    return text[: LONGEST_CELL - len(note)] + note
