"""The month of one's records, and the year as a heat map."""

import datetime as dt
from collections import defaultdict

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization
from branches.querysets import granted_paths
from meetings.calendar import build_month
from meetings.credits import CreditSummary, credit_summary
from meetings.forms.calendar import CalendarForm
from meetings.heat_map import FIRST_YEAR, LAST_YEAR, build_heat_map
from meetings.models import Activity, Status
from meetings.querysets import ActivityQuerySet

SHOWN_A_DAY = 4


@require_safe
def activity_calendar(request: HttpRequest) -> HttpResponse:
    """A month (`?year=&month=&organization=`, today's when missing) and its year; void records
    are left out. Five queries besides those of the frame, whatever is on record.
    """
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    form = CalendarForm(
        {"year": today.year, "month": today.month} | request.GET.dict(),
        organizations=Organization.objects.visible_to(request.user, on=today),
    )
    form.is_valid()
    year = form.cleaned_data.get("year") or min(max(today.year, FIRST_YEAR), LAST_YEAR)
    month = int(form.cleaned_data.get("month") or today.month)
    organization = form.cleaned_data.get("organization")
    activities = Activity.objects.visible_to(request.user, on=today).exclude(status=Status.VOID)
    if organization:
        activities = activities.credited(organization=organization)
    numbers = _numbers(activities, year)
    return render(
        request,
        "meetings/calendar.html",
        {
            "form": form,
            "organization": organization,
            "today": today,
            "month": build_month(
                year, month, numbers=numbers, shown=_first_of_each_day(activities, year, month)
            ),
            "heat_map": build_heat_map(year, numbers),
            "weekdays": [dt.date(2024, 1, day) for day in range(1, 8)],  # a Monday and six more
            "may_record": bool(granted_paths(request.user, Deed.RECORD, on=today)),
            "breadcrumbs": [(_("Activities"), reverse("activity_list")), (_("Calendar"), "")],
        },
    )


def _numbers(activities: ActivityQuerySet, year: int) -> dict[dt.date, int]:
    """Records of each day of the year that has any. One query."""
    return dict(activities.in_year(year).order_by().values_list("held_on").annotate(Count("pk")))


def _first_of_each_day(
    activities: ActivityQuerySet, year: int, month: int
) -> dict[dt.date, list[tuple[Activity, CreditSummary]]]:
    """The first records of each day of the month, a bureau's day may have hundreds."""
    first = dt.date(year, month, 1)
    after = (first + dt.timedelta(31)).replace(day=1)
    shown: dict[dt.date, list[tuple[Activity, CreditSummary]]] = defaultdict(list)
    order = (F("start_time").asc(nulls_last=True), F("pk").asc())
    for activity in (
        activities.filter(held_on__gte=first, held_on__lt=after)
        .annotate(of_day=Window(RowNumber(), partition_by="held_on", order_by=order))
        .filter(of_day__lte=SHOWN_A_DAY)
        .select_related("host")
        .prefetch_related("credits__organization")
        .order_by("held_on", "of_day")
    ):
        shown[activity.held_on].append((activity, credit_summary(activity.credits.all())))
    return shown
