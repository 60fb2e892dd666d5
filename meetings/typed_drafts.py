"""What was typed into a record's form and is not saved yet, kept for the one who typed it.

A kept form is no record: it is judged only when its user goes on with it and saves, and it is
gone once that is done.
"""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from branches.clean import clean_line, clean_text
from meetings.models import Activity, TypedDraft

LARGEST = 500_000  # characters of one form; a long meeting has 30 000
MOST = 50  # forms of one user; the oldest give way
# Proofs, buttons and which record it is: not something a person typed.
_LEFT_OUT = ("csrfmiddlewaretoken", "action", "activity", "password")


class TooLarge(Exception):
    """More was sent than anybody types."""


def keep_typed(
    sent: QueryDict,
    *,
    user: Any,
    entry_key: uuid.UUID | None = None,
    activity: Activity | None = None,
) -> None:
    """Keep the form in place of what was kept of it before.

    The form of a stored record is known by the `activity`, that of a new one by its `entry_key`.
    TooLarge for more than `LARGEST` characters. A new form that has become a record already (its
    last words arrive after it was saved) is passed over.
    """
    if sum(len(value) for _name, values in sent.lists() for value in values) > LARGEST:
        raise TooLarge
    if activity is None and Activity.objects.filter(entry_key=entry_key).exists():
        return
    typed = {
        clean_line(name): [clean_text(value) for value in values]
        for name, values in sent.lists()
        if name not in _LEFT_OUT
    }
    version = sent.get("version", "")
    based_on = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    TypedDraft.objects.update_or_create(
        user=user,
        activity=activity,
        entry_key=entry_key if activity is None else None,
        defaults={"typed": typed, "base_version": based_on},
    )
    if activity is None:
        drafts = TypedDraft.objects.filter(user=user, activity=None)
        surplus = drafts.values_list("pk", flat=True)[MOST:]
        if surplus:
            drafts.filter(pk__in=list(surplus)).delete()


def kept_by(user: Any) -> QuerySet[TypedDraft]:
    """All that is kept for the user, the latest first."""
    return TypedDraft.objects.filter(user=user).select_related("activity")


def forget_typed(
    *, user: Any, entry_key: uuid.UUID | None = None, activity: Activity | None = None
) -> None:
    """The form has been saved. What others typed into theirs stays theirs."""
    drafts = TypedDraft.objects.filter(user=user)
    if activity is not None:
        drafts.filter(activity=activity).delete()
    elif entry_key is not None:
        drafts.filter(entry_key=entry_key).delete()


def as_sent(draft: TypedDraft) -> QueryDict:
    """The kept form as a browser would send it."""
    sent = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        sent.setlist(name, values)
    return sent
