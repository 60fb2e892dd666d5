"""A member: periods, posts, and the attendance of a year."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.forms import WholeNumberField
from branches.models import Member, Organization
from branches.roster import standing_on
from branches.sensitive import shown_to
from meetings.attendance import turnout_of
from meetings.forms.filters import EARLIEST_YEAR, LATEST_YEAR
from meetings.models import Activity, Status


@require_safe
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One member. Periods and activities outside the user's scope do not show (`?year=`)."""
    today = timezone.localdate()
    member = access.get_visible(Member.objects.all(), request.user, on=today, pk=pk)
    organizations = Organization.objects.visible_to(request.user, on=today).order_by()
    year = _year(request.GET.get("year"), otherwise=today.year)
    attendances = list(
        member.attendances.filter(
            activity__in=Activity.objects.visible_to(request.user, on=today)
            .in_year(year)
            .exclude(status=Status.VOID)
            .order_by()
            .values("pk")
        )
        .select_related("activity", "organization")
        .order_by("-activity__held_on", "-activity_id")
    )
    return render(
        request,
        "meetings/member_detail.html",
        {
            "member": member,
            "standing": standing_on(member, today),
            "memberships": member.memberships.filter(organization__in=organizations)
            .select_related("organization")
            .order_by("-started_on"),
            "posts": member.posts.filter(organization__in=organizations)
            .select_related("organization")
            .order_by("-started_on"),
            "year": year,
            "this_year": today.year,
            "attendances": attendances,
            "turnout": turnout_of(attendances),
            "sensitive": shown_to(request.user, member, on=today),
            "breadcrumbs": [(_("Party members"), reverse("member_list")), (member.name, "")],
        },
    )


def _year(text: str | None, *, otherwise: int) -> int:
    field = WholeNumberField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    try:
        return field.clean(text) or otherwise
    except ValidationError:
        return otherwise
