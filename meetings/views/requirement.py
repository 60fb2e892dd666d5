"""What is asked, kept by the administrator: rules, exemptions, kinds apart, holiday notices."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import access
from branches.access import Deed
from branches.audit import act, checksum
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.compliance_words import period_words
from meetings.forms.compliance import FIRST_YEAR
from meetings.forms.filters import LATEST_YEAR
from meetings.forms.requirement import (
    EndForm,
    ExemptionForm,
    HolidayNoticeForm,
    KindsApartForm,
    RequirementForm,
)
from meetings.holidays import breaks_of
from meetings.models import Exemption, Holiday, HolidayNotice, KindsApart, Requirement

LATEST_HOLIDAYS = 2099  # lunar festivals are computed up to here


@require_safe
def requirement_list(request: HttpRequest) -> HttpResponse:
    """The rules that reach the user's organizations, exemptions from them, kinds kept apart."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    visible = Organization.objects.visible_to(request.user, on=today)
    # A rule of an organization above holds below it, and is read there.
    above = {
        path[:end]
        for path in visible.order_by().values_list("path", flat=True)
        for end in range(Organization.steplen, len(path) + 1, Organization.steplen)
    }
    rules = Requirement.objects.filter(Q(scope=None) | Q(scope__path__in=above))
    reviewed = _reviewed(request, today)
    return render(
        request,
        "meetings/requirement_list.html",
        {
            "rules": [
                (rule, period_words(rule), rule.scope is not None and rule.scope in reviewed)
                for rule in rules.select_related("scope").order_by(
                    "kind", F("scope__path").asc(nulls_first=True), "effective_from"
                )
            ],
            "exemptions": Exemption.objects.filter(organization__in=visible.order_by())
            .select_related("organization", "created_by")
            .order_by("-started_on", "-pk"),
            "apart": KindsApart.objects.filter(scope__path__in=above).select_related("scope"),
            "may_change": bool(reviewed),
            "today": today,
        },
    )


@require_http_methods(["GET", "POST"])
def requirement_create(request: HttpRequest) -> HttpResponse:
    """A bureau's own rule."""
    return _create(request, RequirementForm, _("Add a rule"), "requirement.create", "scope")


@require_http_methods(["GET", "POST"])
def requirement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A bureau's own rule no longer holds from a day on; what it judged until then stays."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.REVIEW, on=today)
    rule = get_object_or_404(
        Requirement.objects.filter(scope__in=_reviewed(request, today).order_by()), pk=pk
    )
    return _end(request, rule, "requirement.end", rule.effective_from, "effective_until")


@require_http_methods(["GET", "POST"])
def exemption_create(request: HttpRequest) -> HttpResponse:
    """Name an exemption."""
    return _create(
        request, ExemptionForm, _("Name an exemption"), "exemption.create", "organization"
    )


@require_http_methods(["GET", "POST"])
def exemption_end(request: HttpRequest, pk: int) -> HttpResponse:
    """An exemption no longer holds from a day on."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.REVIEW, on=today)
    exemption = get_object_or_404(
        Exemption.objects.filter(organization__in=_reviewed(request, today).order_by()), pk=pk
    )
    return _end(request, exemption, "exemption.end", exemption.started_on, "ended_on")


@require_http_methods(["GET", "POST"])
def kinds_apart_create(request: HttpRequest) -> HttpResponse:
    """Keep two kinds apart."""
    return _create(
        request, KindsApartForm, _("Keep two kinds apart"), "kinds.apart_create", "scope"
    )


@require_POST
def kinds_apart_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Two kinds may be combined again. A setting, not something that happened: the log keeps it."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.REVIEW, on=today)
    pair = get_object_or_404(
        KindsApart.objects.filter(scope__in=_reviewed(request, today).order_by()), pk=pk
    )
    with act("kinds.apart_remove", subject=pair, organization=pair.scope) as told:
        told.changed(pair, {"first": pair.first, "second": pair.second}, {})
        pair.delete()
    messages.success(request, _("The two kinds may be combined again."))
    return redirect("requirement_list")


@require_safe
def holiday_list(request: HttpRequest, year: int) -> HttpResponse:
    """The holidays of a festival year, and the day on which each reminder is due."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    _must_be_known(year)
    noticed = {one.holiday: one for one in HolidayNotice.objects.filter(year=year)}
    rows = [
        {
            "holiday": Holiday(holiday),
            "first_day": noticed[holiday].first_day if holiday in noticed else one.first_day,
            "due_on": noticed[holiday].due_on if holiday in noticed else one.due_on,
            "source": _("typed in")
            if holiday in noticed
            else (_("official notice") if one.is_official else _("the notice is not out")),
        }
        for one in breaks_of(year)
        for holiday in one.holidays
    ]
    return render(
        request,
        "meetings/holiday_list.html",
        {
            "year": year,
            "rows": sorted(rows, key=lambda row: row["first_day"]),
            "before": year - 1 if year > FIRST_YEAR else None,
            "after": year + 1 if year < LATEST_HOLIDAYS else None,
            "may_change": bool(_reviewed(request, today)),
            "breadcrumbs": _way(_("Holidays")),
        },
    )


@require_http_methods(["GET", "POST"])
def holiday_edit(request: HttpRequest, year: int, holiday: str) -> HttpResponse:
    """Type in the official notice of one holiday. It holds for the whole site."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.REVIEW, on=today)
    _must_be_known(year)
    if holiday not in Holiday.values:
        raise Http404
    notice = HolidayNotice.objects.filter(year=year, holiday=holiday).first()
    known = {name: one for one in breaks_of(year) for name in one.holidays}
    form = HolidayNoticeForm(
        request.POST or None,
        instance=notice or HolidayNotice(year=year, holiday=holiday),
        initial={}
        if notice or holiday not in known
        else {"first_day": known[holiday].first_day, "due_on": known[holiday].due_on},
    )
    before = {"first_day": notice.first_day, "due_on": notice.due_on} if notice else {}
    if request.method == "POST" and form.is_valid():
        with act("holiday.edit") as told:
            saved = form.save()
            told.changed(saved, before, {"first_day": saved.first_day, "due_on": saved.due_on})
        messages.success(request, _("Saved."))
        return redirect("holiday_list", year)
    return _form_page(request, form, f"{Holiday(holiday).label} {year}")


def _must_be_known(year: int) -> None:
    if not FIRST_YEAR <= year <= min(LATEST_YEAR, LATEST_HOLIDAYS):
        raise Http404


def _reviewed(request: HttpRequest, today: dt.date) -> OrganizationQuerySet:
    return Organization.objects.editable_by(request.user, on=today, deed=Deed.REVIEW)


def _create(
    request: HttpRequest,
    form_class: Callable[..., forms.ModelForm],
    title: str,
    name: str,
    where: str,
) -> HttpResponse:
    """One row for one of the organizations that the user administers."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.REVIEW, on=today)
    reviewed = _reviewed(request, today)
    initial = {where: request.GET.get("organization", ""), "effective_from": today}
    form = form_class(request.POST or None, organizations=reviewed, initial=initial)
    if request.method == "POST" and form.is_valid():
        with act(name) as told:
            row = form.save(commit=False)
            if hasattr(row, "created_by"):
                row.created_by = request.user
            row.save()
            told.concerns(row, getattr(row, where))
            told.created(row, **_told_of(row, form))
        messages.success(request, _("Saved."))
        return redirect("requirement_list")
    return _form_page(request, form, title)


def _told_of(row: Any, form: forms.BaseForm) -> dict[str, Any]:
    """What the log tells of a new row: choices and days as they are, of a text its checksum."""
    told = {name: getattr(row, name) for name in form.fields}
    return {
        name: checksum(value) if name in ("source", "reason") else value
        for name, value in told.items()
    }


def _end(request: HttpRequest, row: Any, name: str, begun_on: dt.date, field: str) -> HttpResponse:
    before = getattr(row, field)
    form = EndForm(
        request.POST or None,
        begun_on=begun_on,
        initial={"ended_on": before or timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        organization = getattr(row, "scope", None) or row.organization
        with act(name, subject=row, organization=organization) as told:
            setattr(row, field, form.cleaned_data["ended_on"])
            row.save(update_fields=[field])
            told.changed(row, {field: before}, {field: form.cleaned_data["ended_on"]})
        messages.success(request, _("Saved."))
        return redirect("requirement_list")
    return _form_page(request, form, _("Set the end"))


def _form_page(request: HttpRequest, form: forms.BaseForm, title: str) -> HttpResponse:
    return render(
        request,
        "meetings/requirement_edit.html",
        {"form": form, "title": title, "breadcrumbs": _way(title)},
    )


def _way(here: str) -> list[tuple[str, str]]:
    return [
        (_("Who is behind"), reverse("compliance_list")),
        (_("Rules"), reverse("requirement_list")),
        (here, ""),
    ]
