"""The page of two texts: what somebody saved in the meantime, and what was about to be saved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import Member
from meetings.forms.record import RecordPage
from meetings.merging import CHOICE, PARTS
from meetings.models import Activity
from meetings.reading import readable
from meetings.services import entry_of

MERGE = "merge"
NOT_CARRIED_ON = ("csrfmiddlewaretoken", "version", "action")


def conflict_page(
    request: HttpRequest, page: RecordPage, current: Activity, *, may_go_on: bool
) -> HttpResponse:
    """Answer 409 with both texts field by field. `current` comes from `with_rows`.

    All that was typed travels along in hidden fields: going on opens the form again with what was
    chosen of both texts, on top of the version that was shown here.
    """
    theirs, mine = entry_of(current), page.entry()
    marked = {*(theirs.exceptions or {}), *(mine.exceptions or {})}
    names = dict(Member.objects.filter(pk__in=marked).values_list("pk", "name"))
    differing: list[tuple[str, str, str, str]] = []
    same: list[tuple[str, str]] = []
    for part, (label, their_text), (_label, my_text) in zip(
        PARTS, readable(theirs, names=names), readable(mine, names=names), strict=True
    ):
        if their_text != my_text:
            differing.append((CHOICE + part, label, their_text, my_text))
        elif my_text:
            same.append((label, my_text))
    return render(
        request,
        "meetings/activity_conflict.html",
        {
            "activity": current,
            "revision": current.revisions.select_related("user").first(),
            "rows": differing,
            "same": same,
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                if name not in NOT_CARRIED_ON and not name.startswith(CHOICE)
                for value in values
            ],
            "may_go_on": may_go_on,
            "breadcrumbs": [
                (_("Activities"), reverse("activity_list")),
                (current.title, reverse("activity_detail", args=[current.pk])),
                (_("Edited twice"), ""),
            ],
        },
        status=409,
    )
