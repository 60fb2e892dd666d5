"""Rectification: the list by due date, one of them with its story, and its steps."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization
from meetings.forms.rectification import (
    CloseForm,
    CorrectionForm,
    RectificationFilterForm,
    RectificationForm,
    ReopenForm,
)
from meetings.models import Activity, Rectification, Status
from meetings.services.rectify import (
    close_rectification,
    correct_rectification,
    open_rectification,
    reopen_rectification,
)
from meetings.services.review import WrongStatus

PER_PAGE = 25
State = RectificationFilterForm.State


@require_safe
def rectification_list(request: HttpRequest) -> HttpResponse:
    """Rectifications that the user may read, the first due first. Open ones unless asked."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    form = RectificationFilterForm(
        {"state": State.OPEN} | request.GET.dict(),
        organizations=Organization.objects.visible_to(request.user, on=today),
    )
    form.is_valid()
    wanted = form.cleaned_data
    rows = Rectification.objects.visible_to(request.user, on=today)
    if organization := wanted.get("organization"):
        rows = rows.at_or_below(organization)
    if year := wanted.get("year"):
        rows = rows.filter(opened_on__year=year)
    if state := wanted.get("state"):
        rows = rows.filter(done_on__isnull=state != State.DONE)
    if state == State.OVERDUE:
        rows = rows.filter(due_on__lt=today)
    page = Paginator(
        rows.select_related("organization").order_by(F("due_on").asc(nulls_last=True), "pk"),
        PER_PAGE,
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "meetings/rectification_list.html",
        {
            "form": form,
            "page_obj": page,
            "today": today,
            "is_filtered": state != State.OPEN
            or any(wanted.get(name) for name in ("organization", "year")),
        },
    )


@require_http_methods(["GET", "POST"])
def rectification_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a rectification from an activity, for one of those it belongs to."""
    today = timezone.localdate()
    activity = access.get_visible(
        Activity.objects.select_related("host"), request.user, on=today, pk=pk
    )
    organizations = may_open_for(activity, request.user)
    if activity.status == Status.VOID or not organizations:
        raise PermissionDenied
    form = RectificationForm(
        request.POST or None,
        organizations=organizations,
        initial={"organization": organizations.filter(pk=activity.host_id).first()},
    )
    if request.method == "POST" and form.is_valid():
        rectification = open_rectification(activity, **form.cleaned_data)
        messages.success(request, _("The rectification is open."))
        return redirect("rectification_detail", pk=rectification.pk)
    return render(
        request,
        "meetings/rectification_edit.html",
        {
            "activity": activity,
            "form": form,
            "back": reverse("activity_detail", args=[activity.pk]),
            "breadcrumbs": [
                (_("Activities"), reverse("activity_list")),
                (activity.title, reverse("activity_detail", args=[activity.pk])),
                (_("Open a rectification"), ""),
            ],
        },
    )


@require_safe
def rectification_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One rectification with its story, and the step that is open to the user."""
    return _detail_page(request, _visible(request, pk))


@require_http_methods(["GET", "POST"])
def rectification_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an open one; what stood there before goes into its story."""
    today = timezone.localdate()
    rectification = _writable(request, pk)
    form = CorrectionForm(request.POST or None, rectification=rectification)
    if request.method == "POST" and form.is_valid():
        try:
            correct_rectification(pk, seen=form.seen, now=form.now, user=request.user, on=today)
        except WrongStatus as refusal:
            messages.error(request, str(refusal))
            return redirect("rectification_detail", pk=pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("rectification_detail", pk=pk)
    if rectification.done_on is not None and request.method == "GET":
        raise PermissionDenied
    return render(
        request,
        "meetings/rectification_edit.html",
        {
            "activity": None,
            "form": form,
            "back": reverse("rectification_detail", args=[pk]),
            "breadcrumbs": [
                (_("Rectification"), reverse("rectification_list")),
                (_("Correct"), ""),
            ],
        },
    )


@require_POST
def rectification_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Done: with what was done and when."""
    return _step(request, pk, CloseForm, close_rectification, _("The rectification is done."))


@require_POST
def rectification_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Not done after all: open again, with the reason."""
    return _step(
        request, pk, ReopenForm, reopen_rectification, _("The rectification is open again.")
    )


def of_activity(activity: Activity, user: Any) -> dict[str, Any]:
    """What `_rectifications.html` needs on the page of an activity. Two queries."""
    today = timezone.localdate()
    return {
        "today": today,
        "rectifications": Rectification.objects.visible_to(user, on=today)
        .filter(activity=activity)
        .select_related("organization"),
        "may_open_rectification": activity.status != Status.VOID
        and may_open_for(activity, user).exists(),
    }


def may_open_for(activity: Activity, user: Any) -> Any:
    """Of the host and those it is credited to, the ones whose records the user may enter."""
    editable = Organization.objects.editable_by(user, on=timezone.localdate())
    credited = activity.credits.order_by().values("organization")
    return editable.filter(pk__in=credited) | editable.filter(pk=activity.host_id)


def _visible(request: HttpRequest, pk: int) -> Rectification:
    rows = Rectification.objects.select_related("organization", "activity")
    found: Rectification = access.get_visible(rows, request.user, on=timezone.localdate(), pk=pk)
    return found


def _writable(request: HttpRequest, pk: int) -> Rectification:
    rectification = _visible(request, pk)
    access.require(request.user, Deed.RECORD, rectification.organization, on=timezone.localdate())
    return rectification


def _step(
    request: HttpRequest, pk: int, form_class: type[forms.Form], service: Any, done: str
) -> HttpResponse:
    rectification = _writable(request, pk)
    form = form_class(request.POST)
    if form.is_valid():
        try:
            service(pk, user=request.user, on=timezone.localdate(), **form.cleaned_data)
        except WrongStatus as refusal:
            messages.error(request, str(refusal))
            return redirect("rectification_detail", pk=pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect("rectification_detail", pk=pk)
    return _detail_page(request, rectification, refused=form)


def _detail_page(
    request: HttpRequest, rectification: Rectification, *, refused: forms.Form | None = None
) -> HttpResponse:
    today = timezone.localdate()
    step = refused
    if step is None:
        is_open = rectification.done_on is None
        step = CloseForm(initial={"done_on": today}) if is_open else ReopenForm()
    activity = rectification.activity
    can_see = (
        activity is not None
        and Activity.objects.visible_to(request.user, on=today).filter(pk=activity.pk).exists()
    )
    return render(
        request,
        "meetings/rectification_detail.html",
        {
            "rectification": rectification,
            "activity": activity if can_see else None,
            "today": today,
            "step": step,
            "form": refused,
            "may_record": access.may(
                request.user, Deed.RECORD, rectification.organization, on=today
            ),
            "breadcrumbs": [
                (_("Rectification"), reverse("rectification_list")),
                (Truncator(rectification.problem).chars(20), ""),
            ],
        },
    )
