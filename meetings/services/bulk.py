"""Recording many activities at once: the same rows and revisions, a few queries per batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import models

from branches.audit import Act, act
from branches.audit_chain import digest_of
from branches.roster import Expected
from meetings.models import Activity, Revision, Status
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
