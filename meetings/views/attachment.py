"""Attached files: sent one by one while a record is written, and served to whom may read it."""

import logging
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches import access
from branches.access import Deed
from branches.audit import note
from meetings.attachments import store
from meetings.attachments.recognise import FileRefused
from meetings.forms.attachment import UploadForm, stored_row
from meetings.models import Activity, Attachment
from meetings.permissions import may_edit
from meetings.services import attach_file

logger = logging.getLogger(__name__)


@require_POST
def attachment_upload(request: HttpRequest) -> HttpResponse:
    """Keep one file under the key of the form in which it was chosen.

    Answers its row of the form, or 422 with the reason as plain text. `activity` names the
    record being edited; whoever may edit it may attach.
    """
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.RECORD, on=today)
    activity = None
    if pk := request.POST.get("activity"):
        activity = access.get_visible(Activity.objects.all(), request.user, on=today, pk=pk)
        access.require(request.user, Deed.RECORD, activity.host, on=today)
        if not may_edit(request.user, activity, on=today):
            raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refusal(_("The file did not arrive. Choose it again."))
    try:
        attachment = attach_file(
            form.cleaned_data["file"],
            user=request.user,
            entry_key=form.cleaned_data["entry_key"],
            activity=activity,
        )
    except FileRefused as refusal:
        return _refusal(str(refusal))
    return render(request, "meetings/_attachment.html", {"row": stored_row(attachment)})


def take_files(request: HttpRequest, activity: Activity | None) -> tuple[list[int], list[str]]:
    """The files that came with the whole form: keys of those kept, reasons for the others.

    The caller has checked that the user may record, and edit `activity` if there is one.
    """
    try:
        key = uuid.UUID(request.POST.get("entry_key", ""))
    except ValueError:
        key = uuid.uuid4()
    taken, refused = [], []
    for upload in request.FILES.getlist("files"):
        try:
            kept = attach_file(upload, user=request.user, entry_key=key, activity=activity)
        except FileRefused as refusal:
            refused.append(str(refusal))
        else:
            taken.append(kept.pk)
    return taken, refused


@require_safe
def attachment_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file: a picture to look at, anything else only to download."""
    attachment = _visible(request, pk)
    response = _served(
        request,
        attachment.stored_name,
        content_type=attachment.content_type,
        etag=f'"{attachment.sha256}"',
        disposition=content_disposition_header(not attachment.is_image, attachment.download_name),
    )
    if response.status_code == 200:  # not what the browser still has
        activity = attachment.activity
        note(
            "attachment.file",
            subject=attachment,
            organization=activity and activity.host,
            activity=activity,
        )
    return response


@require_safe
def attachment_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """The small version of a picture."""
    attachment = _visible(request, pk)
    if not attachment.thumbnail_name:
        raise Http404
    return _served(
        request,
        attachment.thumbnail_name,
        content_type="image/jpeg",
        etag=f'"{attachment.sha256}-small"',
        disposition="inline",
    )


def _visible(request: HttpRequest, pk: int) -> Any:
    today = timezone.localdate()
    rows = Attachment.objects.select_related("activity__host")
    return access.get_visible(rows, request.user, on=today, pk=pk)


def _served(
    request: HttpRequest, name: str, *, content_type: str, etag: str, disposition: str | None
) -> HttpResponse:
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = HttpResponse(store.read(name), content_type=content_type)
        except FileNotFoundError as error:
            logger.error("The file of an attachment is gone: %s", name)
            raise Http404 from error
    headers = {
        "ETag": etag,
        # Kept by the browser, but asked about each time: rights may have ended.
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition or "attachment",
        # Whatever got in would have nothing to run with: no script, no form, no origin.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    for header, value in headers.items():
        response[header] = value
    return response


def _refusal(reason: str) -> HttpResponse:
    return HttpResponse(reason, content_type="text/plain; charset=utf-8", status=422)
