"""The figures of a year, and the page of definitions 口径."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization
from meetings.querysets import ACCEPTED_AND_SUBMITTED
from reports.arguments import FIRST_YEAR
from reports.figures import DEFINITIONS, YearFigures, compute_figures
from reports.figures.facts import last_year_with_records
from reports.figures.groups import GROUPS
from reports.figures.lists import LISTINGS
from reports.figures.names import KIND_LABELS
from reports.forms import YearForm
from reports.views.loading import load_organization, statuses_asked


@require_safe
def figure_index(request: HttpRequest) -> HttpResponse:
    """To the figures asked for (`?organization=&year=&include=`), or to those most likely meant."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    organizations = Organization.objects.visible_to(request.user, on=today)
    code = request.GET.get("organization")
    organization = organizations.with_code(code).first() if code else organizations.first()
    if organization is None:
        raise Http404
    asked = request.GET.get("year", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == 4
        else last_year_with_records(organization, today=today)
    )
    include = "?include=submitted" if request.GET.get("include") == "submitted" else ""
    return redirect(reverse("figures", args=[organization.code, year]) + include)


@require_safe
def figures(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Every figure of an organization's year with its definition and the way to its records."""
    organization = load_organization(request, code, year)
    today = timezone.localdate()
    statuses = statuses_asked(request)
    computed = compute_figures(organization, year=year, statuses=statuses)
    is_wide = statuses == ACCEPTED_AND_SUBMITTED
    form = YearForm(
        initial={
            "organization": organization.code,
            "year": year,
            "include": "submitted" if is_wide else "",
        },
        organizations=Organization.objects.visible_to(request.user, on=today),
        years=range(today.year, min(year, today.year - 9) - 1, -1),
    )
    return render(
        request,
        "reports/figures.html",
        {
            "organization": organization,
            "year": year,
            "previous_year": year - 1 if year > FIRST_YEAR else None,
            "next_year": year + 1 if year < today.year else None,
            "is_wide": is_wide,
            "query": "?include=submitted" if is_wide else "",
            "filter": form,
            "groups": [(group, [computed.figures[key] for key in group.keys]) for group in GROUPS],
            "listings": list(computed.listings.values()),
            "table": _branch_table(computed),
            "breadcrumbs": [
                (_("Figures"), ""),
            ],
        },
    )


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """What every figure means: key, label, unit and wording."""
    access.require_somewhere(request.user, Deed.READ, on=timezone.localdate())
    return render(
        request,
        "reports/definitions.html",
        {
            "groups": [(group, [DEFINITIONS[key] for key in group.keys]) for group in GROUPS],
            "listings": [meaning for meaning, _measure in LISTINGS.values()],
        },
    )


def _branch_table(computed: YearFigures) -> dict[str, Any] | None:
    """Branches by kinds, with their sum, the total and why the two differ; None for one branch."""
    rows = computed.branches
    if len(rows) < 2 and not computed.differences:
        return None
    kinds = list(KIND_LABELS)
    keys = [f"{kind.value.lower()}.count" for kind in kinds]
    return {
        "labels": list(KIND_LABELS.values()),
        "rows": [
            (row, [(key, row.counts[kind]) for key, kind in zip(keys, kinds, strict=True)])
            for row in rows
        ],
        "sums": [sum(row.counts[kind] for row in rows) for kind in kinds],
        "totals": [(key, computed.value(key)) for key in keys],
        "differences": [(KIND_LABELS[one.kind], one) for one in computed.differences],  # type: ignore[index]
    }
