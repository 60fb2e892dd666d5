"""What a secretary hands over: to read, and as a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.audit import note
from reports.exporters.handover import export_handover
from reports.handover import Handover, handover_of, remarks_of, tables_of


@require_safe
def handover(request: HttpRequest, code: str) -> HttpResponse:
    """Posts, open items, due dates and where the year stands, as of today."""
    handed = _handover(request, code)
    return render(
        request,
        "reports/handover.html",
        {
            "handover": handed,
            "organization": handed.organization,
            "tables": tables_of(handed),
            "remarks": remarks_of(handed),
            "breadcrumbs": [
                (_("Party organizations"), reverse("organization_list")),
                (
                    handed.organization.label,
                    reverse("organization_detail", args=[handed.organization.code]),
                ),
                (_("Handover"), ""),
            ],
        },
    )


@require_safe
def handover_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on paper."""
    handed = _handover(request, code)
    file = export_handover(handed)
    note(
        "handover.pdf",
        organization=handed.organization,
        with_accounts=handed.appointments is not None,
    )
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.filename)
    return response


def _handover(request: HttpRequest, code: str) -> Handover:
    """Whoever reads the organization reads its handover; who has an account there is for those
    who answer for it, the secretary and the administrator."""
    today = timezone.localdate()
    organization = access.get_organization(request.user, code, on=today)
    return handover_of(
        organization,
        on=today,
        with_accounts=access.may(request.user, Deed.SUBMIT, organization, on=today),
    )
