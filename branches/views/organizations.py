"""The tree of organizations, and one of them as of a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.forms import DayForm
from branches.headcount import headcounts
from branches.models import Organization, Placement
from branches.naming import name_on
from branches.organization_history import history_of
from branches.sensitive import fields_on
from branches.services.organizations.terms import YEARS_OF_TERM
from branches.standing import belonging_rows, committee_rows

AT_MOST = 200  # members on the page of one organization; the list of members pages through all


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """Every organization the user may read, as a tree, with its members today."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    organizations = list(Organization.objects.visible_to(request.user, on=today))
    counts = headcounts(organizations, on=today)
    top = min((organization.depth for organization in organizations), default=1)
    return render(
        request,
        "branches/organization_list.html",
        {
            "rows": [
                (organization, min(organization.depth - top, 5), counts[organization.pk])
                for organization in organizations
            ],
            "today": today,
        },
    )


@require_safe
def organization_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One organization as of a day (`?on=`, today when missing): committee, posts, members."""
    today = timezone.localdate()
    organization = access.get_organization(request.user, code, on=today)
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["on"]) or today
    visible = Organization.objects.visible_to(request.user, on=today)
    there = Placement.objects.in_force(day).filter(distance=1)
    below = list(visible.filter(pk__in=there.filter(ancestor=organization).values("organization")))
    counts = headcounts([organization, *below], on=day)
    handles_sensitive = access.may(request.user, Deed.SENSITIVE, organization, on=today)
    return render(
        request,
        "branches/organization_detail.html",
        {
            "organization": organization,
            "parent": visible.filter(
                pk__in=there.filter(organization=organization).values("ancestor")
            ).first(),
            "name_then": name_on(organization, on=day).name,
            "events": history_of(organization),
            "terms": organization.terms.order_by("-started_on"),
            "has_terms": organization.kind in YEARS_OF_TERM,
            "may_organize": access.may(request.user, Deed.ORGANIZE, organization, on=today),
            "form": form if form.is_bound else DayForm(initial={"on": today}),
            "day": day,
            "today": today,
            "committee": committee_rows(organization, on=day),
            "members": belonging_rows(organization, on=day, at_most=AT_MOST),
            "headcount": counts[organization.pk],
            "below": [(one, counts[one.pk]) for one in below],
            "may_record": access.may(request.user, Deed.RECORD, organization, on=today),
            "sets_sensitive": handles_sensitive and organization.is_root(),
            "sensitive_on": handles_sensitive and bool(fields_on(organization)),
            "keeps_roster": access.may(request.user, Deed.ROSTER, organization, on=today),
            "breadcrumbs": [
                (_("Party organizations"), reverse("organization_list")),
                (organization.label, ""),
            ],
        },
    )
