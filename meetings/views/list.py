"""The list of activities: filter, search, sort, page."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization
from branches.querysets import granted_paths
from meetings.credits import credit_summary
from meetings.forms.filters import SORTS, ActivityFilterForm
from meetings.models import Activity, Attendance, Guest
from meetings.querysets import ActivityQuerySet

PER_PAGE = 25
FILTERS = ("q", "year", "day", "kind", "status", "organization", "holiday")


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """Activities that the user may read."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    form, sort, activities = listed_activities(request, on=today)
    wanted = form.cleaned_data
    page = Paginator(
        activities.select_related("host").prefetch_related("credits__organization"), PER_PAGE
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/activity_list.html",
        {
            "form": form,
            "page_obj": page,
            "rows": [(activity, credit_summary(activity.credits.all())) for activity in page],
            "sort": sort,
            "sorts": SORTS,
            "is_filtered": any(wanted.get(name) for name in FILTERS),
            "may_record": bool(granted_paths(request.user, Deed.RECORD, on=today)),
        },
    )


def listed_activities(
    request: HttpRequest, *, on: dt.date
) -> tuple[ActivityFilterForm, str, ActivityQuerySet]:
    """The filter of the address, its order, and the activities that it asks for in that order."""
    form = ActivityFilterForm(
        {"sort": "-held_on"} | request.GET.dict(),
        organizations=Organization.objects.visible_to(request.user, on=on),
    )
    form.is_valid()
    sort = form.cleaned_data.get("sort") or "-held_on"
    activities = _filtered(Activity.objects.visible_to(request.user, on=on), form.cleaned_data)
    order = (sort, *([] if "held_on" in sort else ["-held_on"]), "-pk")
    return form, sort, activities.order_by(*order)


def _filtered(activities: ActivityQuerySet, wanted: dict[str, Any]) -> ActivityQuerySet:
    if year := wanted.get("year"):
        activities = activities.in_year(year)
    if day := wanted.get("day"):
        activities = activities.filter(held_on=day)
    if status := wanted.get("status"):
        activities = activities.filter(status=status)
    if holiday := wanted.get("holiday"):
        activities = activities.filter(holiday=holiday)
    kind, organization = wanted.get("kind") or None, wanted.get("organization")
    if kind or organization:
        # By credits: a joint activity is found under each branch that took part.
        activities = activities.credited(kind, organization=organization)
    if text := wanted.get("q"):
        activities = activities.filter(_mentions(text))
    return activities


def _mentions(text: str) -> Q:
    """The words in the record itself, or in the name of somebody expected or a guest."""
    own = Q()
    for name in ("title", "place", "chair", "recorder", "lecturer", "minutes", "decision"):
        own |= Q(**{f"{name}__icontains": text})
    same = OuterRef("pk")
    return (
        own
        | Q(Exists(Attendance.objects.filter(activity=same, member__name__icontains=text)))
        | Q(Exists(Guest.objects.filter(activity=same, name__icontains=text)))
    )
