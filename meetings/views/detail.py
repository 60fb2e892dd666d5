"""One activity, whole, with what the user may do about it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.querysets import Deed, granted_paths
from meetings.attendance import quorums_of, turnout_of
from meetings.checking import check_lines
from meetings.commenting import latest_comments
from meetings.credits import credit_summary
from meetings.forms.review import ReturnForm, StepForm, VoidForm
from meetings.models import Activity, AttendanceState, Status
from meetings.permissions import allowed
from meetings.quorum import is_carried, majority_needed
from meetings.reading import with_rows
from meetings.views.rectification import of_activity


@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened, what it counts as, who was there, how the record came about."""
    today = timezone.localdate()
    activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
    return detail_page(request, activity)


def detail_page(
    request: HttpRequest,
    activity: Activity,
    *,
    refused: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an activity from `with_rows`; `refused` is a form of a step that was not taken,
    shown again with what was typed.
    """
    today = timezone.localdate()
    version = {"version": activity.version}
    credits = list(activity.credits.all())
    rows = list(activity.attendances.all())
    turnout = turnout_of(rows)
    voting = turnout.voting_expected if turnout else None
    steps = allowed(request.user, activity, on=today)
    is_open = activity.status in (Status.DRAFT, Status.RETURNED) and steps.edit
    return render(
        request,
        "meetings/activity_detail.html",
        {
            "activity": activity,
            "credits": credit_summary(credits),
            "turnout": turnout,
            "missing": [row for row in rows if row.state != AttendanceState.PRESENT],
            "present": [row for row in rows if row.state == AttendanceState.PRESENT],
            "quorums": quorums_of(credits, rows, on=activity.held_on),
            "agenda": [
                (
                    item,
                    None
                    if voting is None or item.votes_for is None
                    else is_carried(ayes=item.votes_for, expected=voting),
                )
                for item in activity.agenda_items.all()
            ],
            "attachments": activity.attachments.filter(removed_at=None),
            "voting_expected": voting,
            "majority": majority_needed(expected=voting) if voting else None,
            "revisions": activity.revisions.select_related("user").defer("snapshot"),
            "may_copy": bool(granted_paths(request.user, Deed.RECORD, on=today)),
            "allowed": steps,
            "check_lines": (
                check_lines(activity, user=request.user, today=today) if is_open else []
            ),
            "said": latest_comments(activity) if activity.status == Status.RETURNED else [],
            "step_form": StepForm(initial=version),
            "return_form": (
                refused if isinstance(refused, ReturnForm) else ReturnForm(initial=version)
            ),
            "void_form": refused if isinstance(refused, VoidForm) else VoidForm(initial=version),
            "form": refused,
            **of_activity(activity, request.user),
            "breadcrumbs": [
                (_("Activities"), reverse("activity_list")),
                (activity.title, ""),
            ],
        },
        status=status,
    )
