"""Recording many activities at once: the same rows and revisions, a few queries per batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import models, transaction

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
    IntegrityError. Some eight queries per batch, whatever the batch holds.
    """
    activities: list[Activity] = []
    with transaction.atomic():
        for batch in batched(imported, _BATCH):
            activities += _record_batch(batch, user=user, status=status)
    return activities


def _record_batch(batch: Sequence[ImportedEntry], *, user: Any, status: Status) -> list[Activity]:
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
    return activities
