"""Re-elections and organization: what is due, each row with the form that settles it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.models import Organization
from branches.upkeep import upkeep_of


@require_safe
def upkeep(request: HttpRequest) -> HttpResponse:
    """Everything due in the organizations that the user may read. A fixed number of queries."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    organizations = Organization.objects.visible_to(request.user, on=today)
    may_change = set(
        Organization.objects.editable_by(request.user, on=today, deed=Deed.ORGANIZE)
        .order_by()
        .values_list("pk", flat=True)
    )
    return render(
        request,
        "branches/upkeep.html",
        {
            "upkeep": upkeep_of(organizations, on=today),
            "may_change": may_change,
            "today": today,
            "breadcrumbs": [
                (_("Party organizations"), reverse("organization_list")),
                (_("Re-elections and organization"), ""),
            ],
        },
    )
