"""The home page: what waits for this user, by role."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization, OrganizationKind
from branches.querysets import granted_paths, under
from branches.upkeep import upkeep_of
from meetings.commenting import latest_comments
from meetings.credits import credit_summary
from meetings.due import starts_of
from meetings.models import Activity, Status
from meetings.overview import month_by_kind, voided_since, waiting, year_by_organization
from meetings.querysets import ActivityQuerySet
from meetings.typed_drafts import kept_by

AT_MOST = 20  # records of one list; the rest is a link away
LATELY = dt.timedelta(days=30)  # a voided record is offered that long; the list keeps it for ever


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Each part shows for those whom it concerns; somebody with two roles sees both."""
    today = timezone.localdate()
    user = request.user
    paths = {deed: granted_paths(user, deed, on=today) for deed in Deed}
    context: dict[str, Any] = {
        "today": today,
        "may_read": bool(paths[Deed.READ]),
        "may_record": bool(paths[Deed.RECORD]),
        "may_restore": bool(paths[Deed.SUBMIT]),
        "may_review": bool(paths[Deed.REVIEW]),
        "is_auditor": access.is_auditor(user, on=today),
    }
    if paths[Deed.REVIEW]:
        submitted = Activity.objects.editable_by(user, on=today, deed=Deed.REVIEW)
        reviewed = Organization.objects.editable_by(user, on=today, deed=Deed.REVIEW)
        branches = reviewed.open_on(today).exclude(kind=OrganizationKind.GROUP)
        context["submitted"] = _listed(waiting(submitted, Status.SUBMITTED))
        context["year_counts"] = year_by_organization(branches, year=today.year)
        context["upkeep"] = upkeep_of(reviewed, on=today)
    if paths[Deed.RECORD]:
        # A reviewer may edit every draft of the tree; only their own are theirs to finish.
        mine = Activity.objects.editable_by(user, on=today).exclude(
            under(paths[Deed.REVIEW], "host__path"), ~Q(created_by=user)
        )
        context["returned"] = _listed(
            waiting(mine, Status.RETURNED).prefetch_related("review_comments")
        )
        context["drafts"] = _listed(waiting(mine, Status.DRAFT))
        restorable = Activity.objects.editable_by(user, on=today, deed=Deed.SUBMIT)
        context["voided"] = _listed(voided_since(restorable, timezone.now() - LATELY))
        context["starts"] = starts_of(user, on=today)
        context["kept_drafts"] = list(kept_by(user)[:AT_MOST])
        context["month"] = month_by_kind(paths[Deed.RECORD], on=today)
        everything = paths[Deed.RECORD] == ("",)  # a superuser's, who is appointed nowhere
        context["organizations"] = (
            Organization.objects.filter(depth=1)
            if everything
            else Organization.objects.filter(path__in=paths[Deed.RECORD])
        )
    return render(request, "meetings/home.html", context)


def _listed(activities: ActivityQuerySet) -> dict[str, Any]:
    rows = [
        (
            activity,
            credit_summary(activity.credits.all()),
            latest_comments(activity) if activity.status == Status.RETURNED else [],
        )
        for activity in activities[:AT_MOST]
    ]
    total = len(rows) if len(rows) < AT_MOST else activities.count()
    return {"rows": rows, "total": total}
