"""The reports there are, and composing one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization, OrganizationKind
from reports.arguments import FIRST_YEAR
from reports.models import AnnualReport
from reports.services import ReportRefused, compose_report
from reports.tasks import prepare_later
from reports.views.loading import load_organization

PER_PAGE = 50
YEARS_SHOWN = 3


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Organizations by years (three, up to `?year=`): each report's state or the way to it."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    last = _year_asked(request.GET.get("year", ""), last=today.year)
    years = [year for year in range(last, last - YEARS_SHOWN, -1) if year >= FIRST_YEAR]
    organizations = Organization.objects.visible_to(request.user, on=today).exclude(
        kind=OrganizationKind.GROUP  # a group reports through its branch
    )
    page = Paginator(organizations, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    reports = {
        (report.organization_id, report.year): report
        for report in AnnualReport.objects.visible_to(request.user, on=today)
        .filter(organization__in=shown, year__in=years)
        .defer("snapshot")
    }
    return render(
        request,
        "reports/report_list.html",
        {
            "years": years,
            "earlier": years[-1] - 1 if years[-1] > FIRST_YEAR else None,
            "later": min(last + YEARS_SHOWN, today.year) if last < today.year else None,
            "page_obj": page,
            "rows": [_row(request.user, one, years, reports, today) for one in shown],
        },
    )


@require_POST
def report_compose(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Draft the year's report from the records; `force` words an edited one anew."""
    organization = load_organization(request, code, year, deed=Deed.SUBMIT)
    stored = AnnualReport.objects.filter(organization=organization, year=year).first()
    try:
        report = compose_report(
            organization,
            year=year,
            includes_submitted=stored.includes_submitted if stored else False,
            force="force" in request.POST,
        )
    except ReportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        prepare_later(report)
        messages.success(
            request, _("Composed from the records. Fill in what only a person can write.")
        )
    return redirect("report_detail", code=code, year=year)


def _row(
    user: Any, organization: Organization, years: list[int], reports: dict[Any, Any], today: Any
) -> dict[str, Any]:
    return {
        "organization": organization,
        "may_compose": access.may(user, Deed.SUBMIT, organization, on=today),
        "cells": [(year, reports.get((organization.pk, year))) for year in years],
    }


def _year_asked(text: str, *, last: int) -> int:
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= last:
        return int(text[:5])
    return last
