"""A pasted list of names, read against the people expected."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from branches import access
from branches.access import Deed
from meetings.forms.activity import RECORDED
from meetings.forms.record import RecordPage
from meetings.models import Activity, AttendanceState
from meetings.pasted_names import marks_of, match_names
from meetings.reading import with_rows

MATCH, MATCH_ABSENT = "match", "match_absent"
# Each button that reads a list, and the one that then agrees to what was read.
AGREED = {MATCH: "match_agreed", MATCH_ABSENT: "match_absent_agreed"}
MATCHING = (*AGREED, *AGREED.values())


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
    return render(request, "meetings/_expected_matching.html", list_read(request, page))


def list_read(request: HttpRequest, page: RecordPage) -> dict[str, Any]:
    """Context of `_expected_matching.html`; empty unless one of its buttons was pressed.

    `marks` are (Match, state, label, reason) of those recognized.
    """
    action = request.POST.get("action", "")
    if action not in MATCHING:
        return {}
    is_of_absent = action in (MATCH_ABSENT, AGREED[MATCH_ABSENT])
    unsaid = AttendanceState.ABSENT if is_of_absent else AttendanceState.PRESENT
    matching = match_names(page.pasted_names, page.grid.people if page.grid else ())
    states = marks_of(matching, unsaid=unsaid.value)
    marks = [
        (match, state, AttendanceState(state).label, reason)
        for match in matching.matched
        for state, reason in [states[match.person.id]]
    ]
    return {"matching": matching, "marks": marks, "apply": AGREED.get(action, action)}


def with_marks(request: HttpRequest, activity: Activity | None) -> QueryDict:
    """What was sent, with those marked whom the list recognized: the way without JavaScript.

    The others keep their marks. Once everybody bears one, attendance is recorded.
    """
    sent = request.POST.copy()
    today = timezone.localdate()
    page = RecordPage(user=request.user, today=today, activity=activity, sent=sent, is_draft=True)
    for match, state, _label, reason in list_read(request, page).get("marks", ()):
        sent[f"state-{match.person.id}"] = state
        if reason:
            sent[f"reason-{match.person.id}"] = reason
    people = page.grid.rows if page.grid else ()
    if people and all(sent.get(f"state-{row.member_id}") for row in people):
        sent["attendance"] = RECORDED
    sent["pasted_names"] = ""
    return sent
