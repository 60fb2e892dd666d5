"""The files of a record's form: those there already, and those that came with what was sent."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat

from branches.clean import clean_line
from meetings.attachments.recognise import ACCEPTED
from meetings.models import Activity, Attachment, AttachmentKind
from meetings.services import AttachmentLine

LONGEST_CAPTION = 200
_LARGEST_KEY = 2**63 - 1  # what a database holds as a primary key


class UploadForm(forms.Form):
    """One file sent by itself while the form of its record is still being filled in."""

    entry_key = forms.UUIDField()
    file = forms.FileField(allow_empty_file=True)  # `recognise` says it in better words


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One attachment as the form shows it: what was typed over what is stored."""

    attachment: Attachment
    kind: str
    caption: str
    is_removed: bool

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return list(AttachmentKind.choices)

    @property
    def size(self) -> str:
        return filesizeformat(self.attachment.size)


def stored_row(attachment: Attachment) -> AttachmentRow:
    """The attachment as it is stored."""
    is_removed = attachment.removed_at is not None
    return AttachmentRow(attachment, attachment.kind, attachment.caption, is_removed)


class AttachmentsPart:
    """The part of a record's page about files.

    `taken` and `refused` are what became of files that came with the form itself, for browsers
    without JavaScript; the others came before, one by one, and are named in what was sent.
    """

    accepted = ACCEPTED

    def __init__(self, *, user: Any, activity: Activity | None, sent: QueryDict | None) -> None:
        self._user, self._activity, self._sent = user, activity, sent or QueryDict()
        self.taken: list[int] = []
        self.refused: list[str] = []
        self.most = settings.MOST_ATTACHMENTS
        self.largest = settings.LARGEST_ATTACHMENT
        self.largest_in_words = f"{self.largest // 1024**2} MB"

    @cached_property
    def rows(self) -> list[AttachmentRow]:
        """Every file at hand, in the order chosen; the removed ones too. One query."""
        named = list(_keys(self._sent.getlist("attachment")))
        at_hand = Q(pk__in=[*named, *self.taken])
        if (key := _uuid(self._sent.get("entry_key", ""))) is not None:
            at_hand |= Q(entry_key=key)  # also what arrived while the form was being sent
        condition = Q(activity=None, uploaded_by=self._user, removed_at=None) & at_hand
        if self._activity is not None:
            condition |= Q(activity=self._activity)
        elif not self._sent:
            return []
        places = {pk: place for place, pk in enumerate(named)}
        found = sorted(
            Attachment.objects.filter(condition),
            key=lambda one: (places.get(one.pk, len(places)), one.position, one.pk),
        )
        return [self._as_typed(one) if one.pk in places else stored_row(one) for one in found]

    @property
    def kept(self) -> list[AttachmentRow]:
        return [row for row in self.rows if not row.is_removed]

    @property
    def removed(self) -> list[AttachmentRow]:
        return [row for row in self.rows if row.is_removed]

    def lines(self) -> tuple[AttachmentLine, ...]:
        """What the form says about its files, in their order."""
        return tuple(
            AttachmentLine(row.attachment.pk, row.kind, row.caption, row.is_removed)
            for row in self.rows
        )

    def _as_typed(self, attachment: Attachment) -> AttachmentRow:
        prefix = f"attachment-{attachment.pk}"
        kind = self._sent.get(f"{prefix}-kind", "")
        return AttachmentRow(
            attachment,
            kind if kind in AttachmentKind.values else attachment.kind,
            clean_line(self._sent.get(f"{prefix}-caption", ""))[:LONGEST_CAPTION],
            f"{prefix}-remove" in self._sent,
        )


def _keys(typed: Iterable[str]) -> Iterator[int]:
    for text in typed:
        if text.isascii() and text.isdigit() and int(text[:20]) <= _LARGEST_KEY:
            yield int(text[:20])


def _uuid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None
