"""The list of activities as a workbook: every column, texts as texts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.xlsx import workbook
from meetings.credits import credit_summary
from meetings.models import GRADES, Activity, Attendance, AttendanceState
from meetings.querysets import ActivityQuerySet
from meetings.reading import grade_label, label_of

MOST_ROWS = 20_000
_WIDE = 40


def workbook_of(activities: ActivityQuerySet, *, on: dt.date) -> bytes:
    """An xlsx of the activities in their order, at most MOST_ROWS of them. Six queries.

    `on` is written into the file as the day it was made, so that a day's files are alike.
    """
    return workbook(_("Activities"), _columns(), _rows(activities), on=on)


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
        *((grade_label(grade), 8) for grade in GRADES),
        (label_of("highlight"), _WIDE),
        (label_of("status"), 10),
        (label_of("void_reason"), 20),
        (_("Recorded on"), 12),
    ]


def _rows(activities: ActivityQuerySet) -> Iterator[list[Any]]:
    loaded: list[Activity] = list(
        activities.select_related("host").prefetch_related(
            "credits__organization", "study_materials", "appraisals"
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
            *_grades(one),
            one.highlight,
            str(one.get_status_display()),
            one.void_reason,
            _day_of(one.created_at),
        ]


def _grades(activity: Activity) -> list[int | None]:
    """The sum of each grade over the organizations appraised; None without a result."""
    results = list(activity.appraisals.all())
    return [
        sum(getattr(result, grade) for result in results) if results else None for grade in GRADES
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
