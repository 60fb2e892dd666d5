"""A member: how they stand, what happened year by year, and the attendance of a year."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.forms import WholeNumberField
from branches.models import Member
from branches.person import Line, state_of, timeline_of
from branches.sensitive import shown_to
from branches.services.people.life import Life
from branches.views.acts import links_for
from meetings.attendance import attendance_by_year, turnout_of
from meetings.forms.filters import EARLIEST_YEAR, LATEST_YEAR
from meetings.models import Activity, Status


@require_safe
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One member. Entries, periods and activities outside the user's scope do not show (`?year=`).

    Somebody entered by mistake is shown as such to whoever could see them before.
    """
    today = timezone.localdate()
    member = access.get_visible(Member.with_void.all(), request.user, on=today, pk=pk)
    life = Life(member)
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
            "state": state_of(life, request.user, on=today),
            "links": links_for(life, request.user, on=today),
            "years": _years(
                timeline_of(life, request.user, on=today),
                attendance_by_year(member, request.user, on=today),
            ),
            "year": year,
            "this_year": today.year,
            "attendances": attendances,
            "turnout": turnout_of(attendances),
            "sensitive": shown_to(request.user, member, on=today),
            "breadcrumbs": [(_("Party members"), reverse("member_list")), (member.name, "")],
        },
    )


def _years(
    lines: list[Line], turnouts: dict[int, tuple[int, int]]
) -> list[tuple[int, list[Line], tuple[int, int] | None]]:
    """(year, its lines, (expected, present) or None), the latest year first."""
    of_year: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        of_year[line.day.year].append(line)
    return [
        (year, of_year[year], turnouts.get(year))
        for year in sorted(of_year.keys() | turnouts.keys(), reverse=True)
    ]


def _year(text: str | None, *, otherwise: int) -> int:
    field = WholeNumberField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    try:
        return field.clean(text) or otherwise
    except ValidationError:
        return otherwise
