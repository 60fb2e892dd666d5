"""A pasted list of names, read against the people expected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches import access
from branches.access import Deed
from meetings.forms.record import RecordPage
from meetings.models import AttendanceState
from meetings.pasted_names import marks_of, match_names
from meetings.reading import with_rows


@require_POST
def activity_match(request: HttpRequest) -> HttpResponse:
    """What the list says of those expected for the day, kinds and organizations sent with it.

    Nothing is stored: the page marks the people once its user agrees. `activity` is as for
    the list of those expected.
    """
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.RECORD, on=today)
    activity = None
    if pk := request.POST.get("activity"):
        activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
        access.require(request.user, Deed.RECORD, activity.host, on=today)
    page = RecordPage(
        user=request.user, today=today, activity=activity, sent=request.POST, is_draft=True
    )
    people = page.grid.people if page.grid else ()
    matching = match_names(request.POST.get("pasted_names", ""), people)
    is_of_absent = request.POST.get("unsaid") == AttendanceState.ABSENT
    unsaid = AttendanceState.ABSENT if is_of_absent else AttendanceState.PRESENT
    states = marks_of(matching, unsaid=unsaid.value)
    marks = [
        (match, state, AttendanceState(state).label, reason)
        for match in matching.matched
        for state, reason in [states[match.person.id]]
    ]
    return render(
        request, "meetings/_expected_matching.html", {"matching": matching, "marks": marks}
    )
