"""Keeping what is typed, offering it back, throwing it away."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches import access
from branches.access import Deed
from branches.audit import act
from meetings.models import Activity
from meetings.permissions import may_edit
from meetings.typed_drafts import TooLarge, as_sent, keep_typed, kept_by


@require_POST
def typed_draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep the form as sent: 204. `activity` names the record it edits; else it is a new one."""
    today = timezone.localdate()
    activity = None
    if pk := request.POST.get("activity"):
        activity = access.get_visible(Activity.objects.all(), request.user, on=today, pk=pk)
        access.require(request.user, Deed.RECORD, activity.host, on=today)
        if not may_edit(request.user, activity, on=today):
            raise PermissionDenied
    else:
        access.require_somewhere(request.user, Deed.RECORD, on=today)
    key = _uuid(request.POST.get("entry_key", ""))
    if activity is None and key is None:
        return HttpResponse(_("This is not the form of a record."), status=400)
    try:
        keep_typed(request.POST, user=request.user, entry_key=key, activity=activity)
    except TooLarge:
        return HttpResponse(_("The text is too long to be kept."), status=413)
    return HttpResponse(status=204)


@require_POST
def typed_draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what was kept; somebody else's does not exist."""
    draft = get_object_or_404(kept_by(request.user), pk=pk)
    with act("typed.draft_discard", subject=draft) as told:
        told.changed(draft, {"is_kept": True}, {"is_kept": False})
        draft.delete()
    messages.success(request, _("Discarded."))
    if draft.activity_id:
        return redirect("activity_edit", pk=draft.activity_id)
    return redirect("home")


def typed_before(request: HttpRequest, activity: Activity | None) -> QueryDict | None:
    """The kept form that `?typed=` asks for. Http404 unless it is this user's, of this form."""
    pk = request.GET.get("typed")
    if request.method != "GET" or not pk:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        raise Http404
    return as_sent(get_object_or_404(kept_by(request.user), pk=pk, activity=activity))


def typed_context(request: HttpRequest, activity: Activity | None) -> dict[str, Any]:
    """What `_typed_draft.html` shows with a form: what is kept, unless the form shows it."""
    is_posted = request.method == "POST"
    is_unsaved = is_posted or "typed" in request.GET
    kept = kept_by(request.user).filter(activity=activity)
    return {
        "kept_drafts": [] if is_unsaved else list(kept),
        "is_unsaved": is_unsaved,
        "is_posted": is_posted,
    }


def _uuid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None
