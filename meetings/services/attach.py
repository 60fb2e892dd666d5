"""Attaching files: a file and its row together, and what a record keeps of those at hand."""

import hashlib
import uuid
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import Act, act, checksum
from branches.clean import clean_line
from branches.models import Organization
from meetings.attachments import store
from meetings.attachments.images import Picture, make_anew
from meetings.attachments.recognise import FileRefused, recognise
from meetings.models import Activity, Attachment, AttachmentKind
from meetings.services.entry import AttachmentLine


def attach_file(
    upload: UploadedFile,
    *,
    user: Any,
    entry_key: uuid.UUID,
    activity: Activity | None = None,
    kind: str = "",
) -> Attachment:
    """Keep an uploaded file under the key of the form in which it was chosen.

    It belongs to a record only once that form is saved (`keep_attachments`); until then only its
    uploader sees it. `activity` is the record that the form edits, whose files count towards the
    limit. The same content sent twice in one form stays one attachment. FileRefused with the
    file's name, the reason and what to do.
    """
    name = plain_name(upload.name or "")
    try:
        return _attach(upload, name, user=user, entry_key=entry_key, activity=activity, kind=kind)
    except FileRefused as refusal:
        raise FileRefused(
            _("“%(name)s” was not attached: %(reason)s.") % {"name": name, "reason": refusal}
        ) from refusal


def keep_attachments(
    activity: Activity, lines: Iterable[AttachmentLine] | None, told: Act, *, user: Any
) -> None:
    """Write what the form says about its files. Within the act that saves the record.

    Files that the user uploaded become the record's; removed ones are hidden, not deleted, and
    come back when a later form says so. Files that no line names stay as they are, and so does
    everything without lines (None). Lines of others' files are passed over.
    """
    if lines is None:
        return
    by_pk = {line.pk: (place, line) for place, line in enumerate(lines, start=1)}
    unsaved = Q(activity=None, uploaded_by=user) if user else Q(pk=None)
    at_hand = Attachment.objects.select_for_update().filter(Q(activity=activity) | unsaved)
    named = list(at_hand.filter(pk__in=by_pk))
    for attachment in named:
        before = _told_of(attachment)
        attachment.position, line = by_pk[attachment.pk]
        attachment.kind, attachment.caption = line.kind, line.caption
        if line.is_removed != (attachment.removed_at is not None):
            attachment.removed_at = timezone.now() if line.is_removed else None
            attachment.removed_by = user if line.is_removed else None
        if not line.is_removed:
            attachment.activity = activity
        told.changed(attachment, before, _told_of(attachment))
    Attachment.objects.bulk_update(
        named, ["position", "kind", "caption", "removed_at", "removed_by", "activity"]
    )


def plain_name(name: str) -> str:
    """The last part of a file's name as one clean line, its ending kept when it is too long."""
    path = PurePosixPath(clean_line(name.replace("\\", "/")).rstrip("/"))
    ending = path.suffix[:20]
    return f"{path.stem[: 200 - len(ending)]}{ending}" or _("without a name")


def _attach(
    upload: UploadedFile,
    name: str,
    *,
    user: Any,
    entry_key: uuid.UUID,
    activity: Activity | None,
    kind: str,
) -> Attachment:
    largest = settings.LARGEST_ATTACHMENT
    if (upload.size or 0) > largest:
        raise FileRefused(
            _("it is larger than %(number)d MB. Make it smaller or split it")
            % {"number": largest // 1024**2}
        )
    content = upload.read()
    recognised = recognise(name, content)
    if recognised.picture:
        stored = make_anew(content, recognised.picture)
    else:
        stored = Picture(content, recognised.ending, recognised.content_type)
    digest = hashlib.sha256(stored.content).hexdigest()
    own = Attachment.objects.filter(entry_key=entry_key, uploaded_by=user, removed_at=None)
    if twin := own.filter(sha256=digest).first():
        return twin
    of_record = Q(activity=activity) if activity else Q(pk=None)
    there = Attachment.objects.filter(of_record | Q(entry_key=entry_key, uploaded_by=user))
    if there.filter(removed_at=None).count() >= settings.MOST_ATTACHMENTS:
        raise FileRefused(
            _("a record has at most %(number)d files. Put several pages into one PDF")
            % {"number": settings.MOST_ATTACHMENTS}
        )
    return _write(
        stored,
        activity.host if activity else None,
        entry_key=entry_key,
        kind=kind if kind in AttachmentKind.values else _usual_kind(recognised.ending, stored),
        position=there.count() + 1,
        original_name=name,
        content_type=stored.content_type,
        size=len(stored.content),
        sha256=digest,
        width=stored.width,
        height=stored.height,
        uploaded_by=user,
    )


def _write(stored: Picture, organization: Organization | None, **values: Any) -> Attachment:
    """The files, then their row, then the files' last place (see `store`)."""
    store.settle_leftovers()
    names = []
    try:
        names.append(store.keep_incoming(stored.content, stored.ending))
        if stored.thumbnail:
            names.append(store.keep_incoming(stored.thumbnail, "jpg"))
        with act(
            "attachment.upload", organization=organization, user=values["uploaded_by"]
        ) as told:
            attachment = Attachment.objects.create(
                stored_name=names[0], thumbnail_name=names[1] if stored.thumbnail else "", **values
            )
            facts = {name: values[name] for name in ("content_type", "size", "sha256")}
            told.created(attachment, **facts, **_told_of(attachment))
            # Robust: once the row is there, a file that could not move is found where it waits.
            transaction.on_commit(lambda: store.settle(names), robust=True)
    except BaseException:
        store.discard_incoming(names)
        raise
    return attachment


def _told_of(attachment: Attachment) -> dict[str, Any]:
    """What the audit log tells of an attachment before and after."""
    return {
        "activity": attachment.activity_id,
        "kind": attachment.kind,
        "caption": checksum(attachment.caption),
        "is_removed": attachment.removed_at is not None,
    }


def _usual_kind(ending: str, stored: Picture) -> AttachmentKind:
    """A first guess, which people may change."""
    if ending in ("tif", "tiff"):
        return AttachmentKind.SCAN
    return AttachmentKind.PHOTO if stored.thumbnail else AttachmentKind.NOTES
