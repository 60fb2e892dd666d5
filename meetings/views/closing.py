"""Merging an organization into another one and dissolving it, with what is still open there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.access import Deed
from branches.forms.organizations import DissolveForm, MergeForm
from branches.models import Organization
from branches.services import organizations as services
from branches.views.organization_changes import answer, organization_to_change
from meetings.models import Activity, Rectification, Status

_METHODS = ["GET", "HEAD", "POST"]
_TEMPLATE = "meetings/organization_close.html"
_UNFINISHED = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED)
_AT_MOST = 50


@require_http_methods(_METHODS)
def organization_merge(request: HttpRequest, code: str) -> HttpResponse:
    """Another organization takes over."""
    today = timezone.localdate()
    organization = organization_to_change(request, code)
    form = MergeForm(
        request.POST or None,
        organization=organization,
        organizations=Organization.objects.editable_by(request.user, on=today, deed=Deed.ORGANIZE),
        today=today,
    )
    return answer(
        request,
        organization,
        form,
        lambda values: services.merge(organization, user=request.user, **values),
        heading=_("Merge into another organization"),
        button=_("Merge"),
        done=_("The organization is merged; its members belong to the other one."),
        template=_TEMPLATE,
        more=_still_open(organization),
    )


@require_http_methods(_METHODS)
def organization_dissolve(request: HttpRequest, code: str) -> HttpResponse:
    """The organization is given up; its members have gone elsewhere before."""
    organization = organization_to_change(request, code)
    return answer(
        request,
        organization,
        DissolveForm(request.POST or None, today=timezone.localdate()),
        lambda values: services.dissolve(organization, user=request.user, **values),
        heading=_("Dissolve"),
        button=_("Dissolve"),
        done=_("The organization is dissolved. Its records stay."),
        template=_TEMPLATE,
        more=_still_open(organization),
    )


def _still_open(organization: Organization) -> dict[str, Any]:
    """What somebody has to finish there. Two queries."""
    return {
        "unfinished": list(
            Activity.objects.filter(host=organization, status__in=_UNFINISHED).order_by(
                "held_on", "pk"
            )[:_AT_MOST]
        ),
        "rectifications": list(
            Rectification.objects.filter(organization=organization, done_on=None)[:_AT_MOST]
        ),
    }
