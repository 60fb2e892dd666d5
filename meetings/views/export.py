"""What the list of activities shows, as a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.audit import note
from branches.xlsx import workbook_response
from meetings import exporting
from meetings.views.list import listed_activities


@require_safe
def activity_export(request: HttpRequest) -> HttpResponse:
    """The records of the list's own address (filter, search, order) as xlsx, all pages of it."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    _form, _sort, activities = listed_activities(request, on=today)
    number = activities.count()
    if number > exporting.MOST_ROWS:
        messages.error(
            request,
            _("A file holds at most %(number)s records. Narrow the list first, by year say.")
            % {"number": exporting.MOST_ROWS},
        )
        asked = request.GET.urlencode()
        return redirect(reverse("activity_list") + (f"?{asked}" if asked else ""))
    name = "{}-{}.xlsx".format(_("Activities"), today.isoformat())
    content = exporting.workbook_of(activities, on=today)
    note("activity.export", records=number, filter=request.GET.urlencode())
    return workbook_response(content, name)
