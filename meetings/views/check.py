"""The check before a record is handed in, and handing it in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches import access
from branches.access import Deed
from meetings.checking import check_lines
from meetings.forms.review import StepForm, SubmitForm
from meetings.models import Activity, Status
from meetings.permissions import allowed
from meetings.reading import with_rows
from meetings.services import NotReady, StaleVersion, WrongStatus, hand_in
from meetings.views.detail import detail_page

OPEN = (Status.DRAFT, Status.RETURNED)


@require_safe
def activity_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check found in a draft, each line linked to its field."""
    today = timezone.localdate()
    activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
    access.require(request.user, Deed.RECORD, activity.host, on=today)
    if activity.status not in OPEN:
        return redirect("activity_detail", pk=pk)
    lines = check_lines(activity, user=request.user, today=today)
    return render(
        request,
        "meetings/activity_check.html",
        {
            "activity": activity,
            "lines": lines,
            "is_blocked": any(line.is_blocking for line in lines),
            "allowed": allowed(request.user, activity, on=today),
            "breadcrumbs": [
                (_("Activities"), reverse("activity_list")),
                (activity.title, reverse("activity_detail", args=[pk])),
                (_("Check before submitting"), ""),
            ],
        },
    )


@require_POST
def activity_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in for review, or show what the check found."""
    today = timezone.localdate()
    activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
    access.require(request.user, Deed.SUBMIT, activity.host, on=today)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return detail_page(request, activity, refused=form)
    try:
        return handed_in(
            request,
            activity,
            version=form.cleaned_data["version"],
            despite_warnings=form.cleaned_data["anyway"],
        )
    except StaleVersion:
        again = StepForm(request.POST.dict() | {"version": activity.version})
        again.add_error(
            None, _("The record was changed in the meantime. Read it again before you decide.")
        )
        return detail_page(request, activity, refused=again, status=409)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return detail_page(request, activity, refused=form)


def handed_in(
    request: HttpRequest,
    activity: Activity,
    *,
    version: int,
    despite_warnings: bool = False,
    is_saved: bool = False,
) -> HttpResponse:
    """Submit a stored record: lands on the record, or on its check when that found something.

    `is_saved`: what was typed has been saved on the way, which the message then says.
    """
    today = timezone.localdate()
    try:
        hand_in(
            activity,
            user=request.user,
            expected_version=version,
            today=today,
            visible=Activity.objects.visible_to(request.user, on=today),
            despite_warnings=despite_warnings,
        )
    except NotReady:
        messages.warning(request, _not_submitted(activity, is_saved=is_saved))
        return redirect("activity_check", pk=activity.pk)
    except WrongStatus as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Submitted for review."))
    return redirect("activity_detail", pk=activity.pk)


def _not_submitted(activity: Activity, *, is_saved: bool) -> str:
    """Where the record stands, in words that are true of it."""
    if not is_saved:
        return _("Not submitted yet: see what was found.")
    if activity.status == Status.RETURNED:
        return _("Saved, but not submitted again yet: see what was found.")
    return _("Saved as a draft, not submitted yet: see what was found.")
