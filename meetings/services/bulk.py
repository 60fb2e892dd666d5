"""Recording many activities at once: the same rows and revisions, a few queries per batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import Act, act
from branches.audit_chain import digest_of
from branches.roster import Expected
from meetings.models import Activity, Attachment, Rectification, ReviewComment, Revision, Status
from meetings.services.entry import Entry, own_values
from meetings.services.revision import snapshot_from
from meetings.services.rows import rows_of_entry

# Activities a batch; with their attendance some ten thousand rows are in memory at a time.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """An entry from a file: who was expected, and where it came from.

    `provenance` holds import_key, import_digest, imported_file and imported_row.
    """

    entry: Entry
    expected: Sequence[Expected]
    provenance: dict[str, Any]


def record_activities(
    imported: Iterable[ImportedEntry], *, user: Any, status: Status
) -> list[Activity]:
    """Write new activities as `record_activity` does, all or none, in the order given.

    The caller has checked the entries; what contradicts the database's rules ends in
    IntegrityError. Some eight queries per batch, whatever the batch holds. The audit log gets one
    line a batch: the ids and a checksum over all their revisions.
    """
    activities: list[Activity] = []
    with act("activity.import", user=user) as told:
        for batch in batched(imported, _BATCH):
            activities += _record_batch(batch, told, user=user, status=status)
    return activities


def _record_batch(
    batch: Sequence[ImportedEntry], told: Act, *, user: Any, status: Status
) -> list[Activity]:
    activities = Activity.objects.bulk_create(
        Activity(**own_values(one.entry), status=status, created_by=user, **one.provenance)
        for one in batch
    )
    below: dict[type[models.Model], list[models.Model]] = {}
    revisions = []
    for activity, one in zip(activities, batch, strict=True):
        rows = rows_of_entry(activity, one.entry, one.expected)
        for same_model in rows.by_model():
            below.setdefault(type(same_model[0]), []).extend(same_model)
        names = {person.member_id: person.name for person in one.expected}
        revisions.append(
            Revision(
                activity=activity,
                version=activity.version,
                action=Revision.Action.IMPORTED,
                snapshot=snapshot_from(activity, rows, names),
                user=user,
            )
        )
    for model, all_rows in below.items():
        model._default_manager.bulk_create(all_rows)
    Revision.objects.bulk_create(revisions)
    pks = [activity.pk for activity in activities]
    told.created(
        f"activities:{pks[0]}-{pks[-1]}",
        number=len(pks),
        ranges=ranges_of(pks),
        revisions=digest_of([digest_of(revision.snapshot) for revision in revisions]),
    )
    return activities


def ranges_of(pks: Sequence[int]) -> list[list[int]]:
    """Ascending ids as first and last of each unbroken run."""
    ranges: list[list[int]] = []
    for pk in pks:
        if ranges and pk == ranges[-1][1] + 1:
            ranges[-1][1] = pk
        else:
            ranges.append([pk, pk])
    return ranges


def void_imported(written: Sequence[Sequence[Any]], *, user: Any, reason: str) -> None:
    """Void records that an import wrote: `written` are (key, version, status) as they were then.

    Those that somebody voided since stay as they are. ValidationError when one was changed, has
    got files or comments, or a rectification was opened from it; call it inside a transaction.
    """
    for batch in batched(written, _BATCH):
        _void_batch({pk: (version, status) for pk, version, status in batch}, user, reason)


def _void_batch(written: dict[int, tuple[int, str]], user: Any, reason: str) -> None:
    activities = [
        one
        for one in Activity.objects.select_for_update().filter(pk__in=list(written))
        if one.status != Status.VOID
    ]
    changed = [one for one in activities if (one.version, one.status) != written[one.pk]]
    pks = [one.pk for one in activities]
    for model in (Attachment, ReviewComment, Rectification):
        used = model._default_manager.filter(activity__in=pks).values_list("activity", flat=True)
        changed += [one for one in activities if one.pk in set(used)]
    if changed:
        raise ValidationError(
            _(
                "Somebody went on working with “%(title)s” after the import. "
                "Void the others by hand."
            )
            % {"title": changed[0].title}
        )
    snapshots = {
        revision.activity_id: revision.snapshot
        for revision in Revision.objects.filter(
            activity__in=pks, version=models.F("activity__version")
        )
    }
    for one in activities:
        one.status, one.void_reason, one.version = Status.VOID, reason[:300], one.version + 1
        # The same file may bring it again.
        one.import_key, one.updated_at = None, timezone.now()
    Activity.objects.bulk_update(
        activities, ["status", "void_reason", "version", "import_key", "updated_at"], batch_size=100
    )
    Revision.objects.bulk_create(
        Revision(
            activity=one,
            version=one.version,
            action=Revision.Action.VOIDED,
            snapshot=snapshots.get(one.pk, {})
            | {"status": one.status, "void_reason": one.void_reason},
            note=one.void_reason,
            user=user,
        )
        for one in activities
    )
