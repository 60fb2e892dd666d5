"""Recording and editing an activity, and the list of people the form asks for on the way."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches import access
from branches.access import Deed
from branches.audit import Outcome, act
from branches.querysets import granted_paths
from meetings.commenting import latest_comments, show_at_fields
from meetings.due import starts_of
from meetings.forms.record import RecordPage
from meetings.models import Activity, Status
from meetings.permissions import may_edit
from meetings.reading import with_rows
from meetings.services import StaleVersion, amend_activity, record_activity
from meetings.typed_drafts import forget_typed
from meetings.views.attachment import take_files
from meetings.views.attendance import MATCHING, list_read
from meetings.views.check import OPEN, handed_in
from meetings.views.conflict import MERGE, conflict_page
from meetings.views.start import FOLLOWUPS, prefill_of, sent_so_far
from meetings.views.template import KEEP_TEMPLATE
from meetings.views.typed_draft import typed_before, typed_context

SAVE, SUBMIT, REFRESH = "save", "submit", "refresh"
# Buttons that show the form again with all that was typed.
ON_THE_WAY = (REFRESH, FOLLOWUPS, KEEP_TEMPLATE, MERGE, *MATCHING)


@require_http_methods(["GET", "POST"])
def activity_create(request: HttpRequest) -> HttpResponse:
    """A new activity, as a draft or handed in at once."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.RECORD, on=today)
    page = RecordPage(
        user=request.user,
        today=today,
        host_code=request.GET.get("host", ""),
        prefill=prefill_of(request, today=today) if request.method == "GET" else None,
        sent=_sent(request, None),
        is_draft=request.method == "GET" or request.POST.get("action") in ON_THE_WAY,
    )
    page.attachments.taken, page.attachments.refused = take_files(request, None)
    if request.method == "POST" and request.POST.get("action") not in ON_THE_WAY:
        submits = _wants_to_submit(request)
        if page.is_valid() and _may_hand_in(page, request.user, submits):
            try:
                key = page.form.cleaned_data["entry_key"]
                # Recording and handing in are one act: both are kept, or neither.
                with act("activity.create") as told:
                    activity = record_activity(page.entry(), user=request.user, entry_key=key)
                    forget_typed(user=request.user, entry_key=key)
                    hands_in = submits and activity.status in OPEN
                    landing = _hand_in(request, activity) if hands_in else None
                    if not told.changes:  # the same form sent twice
                        told.outcome = Outcome.REFUSED
            except StaleVersion as stale:
                return _conflict(request, page, stale.current)
            except ValidationError as refusal:
                _show(refusal, page)
            else:
                if landing is None:
                    messages.success(request, _("Saved."))
                return landing or redirect("activity_detail", pk=activity.pk)
    return _render(request, page, activity=None)


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a record; what was saved by somebody else in the meantime is never overwritten."""
    today = timezone.localdate()
    activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
    access.require(request.user, Deed.RECORD, activity.host, on=today)
    editable = may_edit(request.user, activity, on=today)
    page = RecordPage(
        user=request.user,
        today=today,
        activity=activity,
        sent=_sent(request, activity),
        is_draft=request.method == "GET" or request.POST.get("action") in ON_THE_WAY,
    )
    if editable:
        page.attachments.taken, page.attachments.refused = take_files(request, activity)
    if request.method == "POST" and request.POST.get("action") not in ON_THE_WAY:
        submits = _wants_to_submit(request)
        if page.is_valid():
            version = page.form.cleaned_data["version"] or 0
            if version != activity.version:
                return conflict_page(request, page, activity, may_go_on=editable)
            if not editable:
                raise PermissionDenied
            if _may_hand_in(page, request.user, submits):
                try:
                    with act("activity.edit", subject=activity):
                        saved = _amend(request, page, activity, version)
                        hands_in = submits and saved.status in OPEN
                        landing = _hand_in(request, saved) if hands_in else None
                except StaleVersion as stale:
                    return _conflict(request, page, stale.current)
                except ValidationError as refusal:
                    _show(refusal, page)
                else:
                    return landing or redirect("activity_detail", pk=activity.pk)
    if not editable:
        raise PermissionDenied
    return _render(request, page, activity=activity)


@require_safe
def activity_expected(request: HttpRequest) -> HttpResponse:
    """The people expected for the day, kinds and organizations of the address, as a grid.

    `?activity=` names the record being edited, whose partners may lie outside the user's scope.
    """
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.RECORD, on=today)
    activity = None
    if pk := request.GET.get("activity"):
        activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
        access.require(request.user, Deed.RECORD, activity.host, on=today)
    page = RecordPage(
        user=request.user, today=today, activity=activity, sent=request.GET, is_draft=True
    )
    # Sent again only when other organizations are graded: numbers typed meanwhile stay.
    grades = page.grades if request.GET.get("graded") not in (None, page.grades.shown) else None
    return render(
        request,
        "meetings/_expected_answer.html",
        {"grid": page.grid, "ticks": page.ticks, "grades": grades},
    )


def _sent(request: HttpRequest, activity: Activity | None) -> QueryDict | None:
    """The form as sent, an empty one too, or as it was kept before; None for a fresh form."""
    sent = sent_so_far(request, activity)
    return typed_before(request, activity) if sent is None else sent


def _amend(request: HttpRequest, page: RecordPage, activity: Activity, version: int) -> Activity:
    was_accepted = activity.status == Status.ACCEPTED
    saved = amend_activity(activity, page.entry(), user=request.user, expected_version=version)
    forget_typed(user=request.user, activity=activity)
    if was_accepted:
        messages.success(request, _("Saved. The record waits for acceptance again."))
    elif request.POST.get("action") != SUBMIT:
        messages.success(request, _("Saved."))
    return saved


def _conflict(request: HttpRequest, page: RecordPage, stored: Activity) -> HttpResponse:
    current = access.get_visible(with_rows(), request.user, on=page.today, pk=stored.pk)
    go_on = may_edit(request.user, current, on=page.today)
    return conflict_page(request, page, current, may_go_on=go_on)


def _hand_in(request: HttpRequest, saved: Activity) -> HttpResponse:
    """Submit what was just saved; somebody quicker with the same record leaves it as it is."""
    try:
        return handed_in(
            request, with_rows().get(pk=saved.pk), version=saved.version, is_saved=True
        )
    except StaleVersion:
        return redirect("activity_detail", pk=saved.pk)


def _wants_to_submit(request: HttpRequest) -> bool:
    wants = request.POST.get("action") == SUBMIT
    if wants:
        access.require_somewhere(request.user, Deed.SUBMIT, on=timezone.localdate())
    return wants


def _may_hand_in(page: RecordPage, user: Any, submits: bool) -> bool:
    """Whether the host is one whose records the user may submit; else says so on the form."""
    host = page.form.cleaned_data["host"]
    if not submits or access.may(user, Deed.SUBMIT, host, on=page.today):
        return True
    page.form.add_error(None, _("You may save this as a draft, but not submit it for this host."))
    return False


def _show(refusal: ValidationError, page: RecordPage) -> None:
    """Put what the service refused on the form: at its field where the form has it."""
    if not hasattr(refusal, "error_dict"):
        page.form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        page.form.add_error(name if name in page.form.fields else None, errors)


def _render(request: HttpRequest, page: RecordPage, activity: Activity | None) -> HttpResponse:
    crumbs = [(_("Activities"), reverse("activity_list"))]
    if activity is None:
        crumbs.append((_("Record an activity"), ""))
    else:
        crumbs += [
            (activity.title, reverse("activity_detail", args=[activity.pk])),
            (_("Edit"), ""),
        ]
    is_blank = activity is None and request.method == "GET" and not request.GET
    is_new_step = activity is None or activity.status in OPEN
    said = latest_comments(activity) if activity and activity.status == Status.RETURNED else []
    show_at_fields(page.form, said)
    return render(
        request,
        "meetings/activity_edit.html",
        {
            "activity": activity,
            "form": page.form,
            "agenda": page.agenda,
            "formsets": [page.agenda, *page.grades.rows],
            "grades": page.grades,
            "grid": page.grid,
            "attachments": page.attachments,
            "ticks": page.ticks,
            "pasted_names": page.pasted_names,
            **(list_read(request, page) if page.pasted_names else {}),
            "said": said,
            "starts": starts_of(request.user, on=page.today) if is_blank else None,
            "may_submit": is_new_step
            and bool(granted_paths(request.user, Deed.SUBMIT, on=page.today)),
            "breadcrumbs": crumbs,
            **typed_context(request, activity),
        },
    )
