"""The records behind one figure."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.models import Member, Organization
from meetings.models import Activity, AppraisalResult, Rectification
from meetings.querysets import ACCEPTED_AND_SUBMITTED
from reports.documents import frozen_figures
from reports.figures import Figure, Listing, compute_figures
from reports.models import AnnualReport, ReportStatus
from reports.views.loading import load_organization, statuses_asked

PER_PAGE = 50

# The table that the ids of a figure belong to, each narrowed to the user before it is read.
_ROWS: dict[str, Callable[[], Any]] = {
    "activity": lambda: Activity.objects.select_related("host").prefetch_related("credits"),
    "member": lambda: Member.objects.all(),
    "rectification": lambda: Rectification.objects.select_related("organization", "activity"),
    "appraisal": lambda: AppraisalResult.objects.select_related("organization", "activity"),
    "organization": lambda: Organization.objects.all(),
}


@require_safe
def figure_records(request: HttpRequest, code: str, year: int, key: str) -> HttpResponse:
    """Definition, value and the records of a figure, 50 a page.

    `?frozen=1` shows what the final report counted instead of what the records say now.
    """
    organization = load_organization(request, code, year)
    today = timezone.localdate()
    is_frozen = "frozen" in request.GET
    statuses = statuses_asked(request)
    attendance: dict[int, tuple[int, int]] = {}
    figure: Figure | Listing | None
    if is_frozen:
        report = get_object_or_404(
            AnnualReport, organization=organization, year=year, status=ReportStatus.FINAL
        )
        figure = frozen_figures(report).get(key)
    else:
        computed = compute_figures(organization, year=year, statuses=statuses)
        figure = computed.figures.get(key) or computed.listings.get(key)
        if key.startswith("attendance."):
            attendance = computed.attendance
    if figure is None:
        raise Http404
    page = Paginator(figure.records, PER_PAGE).get_page(request.GET.get("page"))
    rows = _ROWS[figure.definition.records]().visible_to(request.user, on=today)
    records = _in_order(rows.filter(pk__in=page.object_list), page.object_list)
    is_wide = statuses == ACCEPTED_AND_SUBMITTED
    return render(
        request,
        "reports/figure_records.html",
        {
            "organization": organization,
            "year": year,
            "figure": figure,
            "is_listing": isinstance(figure, Listing),
            "is_frozen": is_frozen,
            "is_wide": is_wide,
            "page_obj": page,
            "records": [(record, attendance.get(record.pk)) for record in records],
            "with_attendance": bool(attendance),
            "breadcrumbs": [
                (_("Figures"), reverse("figures", args=[organization.code, year])),
                (figure.definition.label, ""),
            ],
        },
    )


def _in_order(rows: Iterable[Model], ids: Iterable[int]) -> list[Model]:
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]
