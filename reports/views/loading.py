"""What every page of a year starts from: the organization within the user's scope, a year that
has begun, and the year's report."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from branches import access
from branches.access import Deed
from branches.models import Organization
from meetings.querysets import ACCEPTED_AND_SUBMITTED, ACCEPTED_ONLY
from reports.arguments import FIRST_YEAR
from reports.models import AnnualReport


def load_organization(
    request: HttpRequest, code: str, year: int, *, deed: Deed = Deed.READ
) -> Organization:
    """Http404 outside the scope and for a year that has not begun, 403 without the right."""
    today = timezone.localdate()
    organization = access.get_organization(request.user, code, on=today, deed=deed)
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return organization


def load_report(
    request: HttpRequest, code: str, year: int, *, deed: Deed = Deed.READ
) -> AnnualReport:
    """As `load_organization`; Http404 also while the year has no report."""
    organization = load_organization(request, code, year, deed=deed)
    rows = AnnualReport.objects.select_related("organization")
    return get_object_or_404(rows, organization=organization, year=year)


def statuses_asked(request: HttpRequest) -> tuple[str, ...]:
    """Which records the page counts (rule 6): `?include=submitted` adds the submitted ones."""
    is_wide = request.GET.get("include") == "submitted"
    return ACCEPTED_AND_SUBMITTED if is_wide else ACCEPTED_ONLY
