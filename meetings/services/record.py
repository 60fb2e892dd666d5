"""Recording and amending an activity."""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from branches.audit import act
from meetings.expected import expected_for
from meetings.models import Activity, Revision, Status
from meetings.services.attach import keep_attachments
from meetings.services.entry import Entry, entry_of, in_tree_order, own_values
from meetings.services.revision import told_of, write_revision
from meetings.services.rows import rows_of_entry


class StaleVersion(Exception):
    """Somebody saved in the meantime. `current` is the activity as it now stands."""

    def __init__(self, current: Activity) -> None:
        super().__init__(f"activity {current.pk} is at version {current.version}")
        self.current = current


def record_activity(
    entry: Entry,
    *,
    user: Any,
    status: Status = Status.DRAFT,
    entry_key: uuid.UUID | None = None,
    provenance: dict[str, Any] | None = None,
) -> Activity:
    """Write a new activity with all its rows.

    `entry_key` is the form's own key: the same form sent twice answers with the first record, and
    with StaleVersion when it says something else by now (somebody went back and typed on).
    `provenance` (import_key, import_digest, imported_file, imported_row) marks an imported one.
    ValidationError when the rows contradict the database's rules or the day's roster, or the key
    is that of somebody else's form.
    """
    if entry_key is not None and (twin := _twin(entry_key)):
        return _sent_again(twin, entry, user=user)
    try:
        with act("activity.create", organization=entry.host, user=user) as told:
            activity = Activity(
                **own_values(entry),
                status=status,
                created_by=user,
                entry_key=entry_key,
                **(provenance or {}),
            )
            activity.full_clean()
            activity.save()
            told.concerns(activity)
            _write_rows(activity, entry)
            keep_attachments(activity, entry.attachments, told, user=user)
            action = Revision.Action.IMPORTED if provenance else Revision.Action.RECORDED
            write_revision(activity, told, before={}, action=action, user=user)
    except (IntegrityError, ValidationError):
        # Both senders found no twin, and the other one was quicker to write.
        if entry_key is not None and (twin := _twin(entry_key)):
            return _sent_again(twin, entry, user=user)
        raise
    return activity


def amend_activity(
    activity: Activity, entry: Entry, *, user: Any, expected_version: int, note: str = ""
) -> Activity:
    """Replace what the activity says by the entry. `note` stands in the history.

    StaleVersion when it is no longer at `expected_version`. An accepted record that is amended
    waits for acceptance again; a void one cannot be amended (ValidationError).
    """
    with act("activity.edit", subject=activity, organization=entry.host, user=user) as told:
        current = lock(activity.pk, expected_version=expected_version)
        before = told_of(current)
        if current.status == Status.VOID:
            raise ValidationError(_("A void record cannot be changed; restore it first."))
        for name, value in own_values(entry).items():
            setattr(current, name, value)
        if current.status == Status.ACCEPTED:
            current.status = Status.SUBMITTED
        current.version += 1
        current.full_clean()
        current.save()
        results = dict(current.appraisals.values_list("organization", "pk"))
        for rows in (
            current.credits,
            current.agenda_items,
            current.attendances,
            current.guests,
            current.study_materials,
            current.appraisals,
        ):
            rows.all().delete()
        _write_rows(current, entry, results=results)
        keep_attachments(current, entry.attachments, told, user=user)
        write_revision(
            current, told, before=before, action=Revision.Action.AMENDED, user=user, note=note
        )
    return current


def _twin(entry_key: uuid.UUID) -> Activity | None:
    """The record that the same form has made already."""
    return Activity.objects.filter(entry_key=entry_key).first()


def _sent_again(twin: Activity, entry: Entry, *, user: Any) -> Activity:
    if twin.created_by != user:
        raise ValidationError(
            _("This form was sent already by somebody else. Open a new one for your record.")
        )
    said = dataclasses.replace(
        entry,
        credits=tuple(dict.fromkeys(entry.credits)),
        materials=tuple(dict.fromkeys(entry.materials)),
        attachments=None,
        grades=in_tree_order(entry.grades),
    )
    if entry_of(twin) != said:
        raise StaleVersion(twin)
    return twin


def lock(pk: int, *, expected_version: int) -> Activity:
    """The activity, locked for this transaction; StaleVersion unless at the version."""
    current = Activity.objects.select_for_update().get(pk=pk)
    if current.version != expected_version:
        raise StaleVersion(current)
    return current


def _write_rows(
    activity: Activity, entry: Entry, *, results: Mapping[int, int] | None = None
) -> None:
    """`results` are the keys of the appraisal results there were, by organization: they stay the
    same, for a final report names the rows that it counted by them.
    """
    expected = [] if entry.exceptions is None else expected_for(entry.credits, on=entry.held_on)
    written = rows_of_entry(activity, entry, expected)
    for row in written.grades:
        row.pk = (results or {}).get(row.organization_id)
    for rows in written.by_model():
        type(rows[0])._default_manager.bulk_create(rows)
