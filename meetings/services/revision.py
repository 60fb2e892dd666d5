"""The revision that every save leaves behind, and what the audit log says of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from branches.audit import Act
from branches.audit_chain import digest_of
from meetings.models import GRADES, Activity, Attachment, Revision
from meetings.services.entry import OWN_FIELDS
from meetings.services.rows import ActivityRows

_AGENDA_FIELDS = (
    "position",
    "topic",
    "reporter",
    "discussion",
    "decision",
    "votes_for",
    "votes_against",
    "votes_abstain",
)


def snapshot_of(activity: Activity) -> dict[str, Any]:
    """The activity with all its rows, as they are stored, as plain JSON values."""
    attendance = list(activity.attendances.select_related("member"))
    rows = ActivityRows(
        credits=list(activity.credits.select_related("organization")),
        agenda=list(activity.agenda_items.all()),
        guests=list(activity.guests.all()),
        materials=list(activity.study_materials.all()),
        attendance=attendance,
        grades=list(activity.appraisals.select_related("organization")),
    )
    names = {row.member_id: row.member.name for row in attendance}
    return snapshot_from(activity, rows, names, activity.attachments.filter(removed_at=None))


def snapshot_from(
    activity: Activity,
    rows: ActivityRows,
    names: Mapping[int, str],
    attachments: Iterable[Attachment] = (),
) -> dict[str, Any]:
    """The activity with the rows as plain JSON values, for keeping and comparing. No query.

    Files stand by key, name and checksum: their bytes stay in the store, whatever becomes of them
    in the record. People and organizations stand by id and by the name they had when it was saved;
    `names` gives those of the members.
    """
    own = {name: _plain(getattr(activity, name)) for name in OWN_FIELDS if name != "host"}
    return own | {
        "host": {"id": activity.host_id, "name": activity.host.name},
        "status": activity.status,
        "return_comment": activity.return_comment,
        "void_reason": activity.void_reason,
        "credits": [
            {
                "kind": credit.kind,
                "organization": credit.organization.name,
                "id": credit.organization_id,
            }
            for credit in rows.credits
        ],
        "agenda": [{name: getattr(item, name) for name in _AGENDA_FIELDS} for item in rows.agenda],
        "attendance": [
            {
                "member": row.member_id,
                "name": names[row.member_id],
                "state": row.state,
                "reason": row.reason,
                "standing": row.standing,
                "has_vote": row.has_vote,
            }
            for row in rows.attendance
        ],
        "guests": [{"name": guest.name, "unit": guest.unit} for guest in rows.guests],
        "materials": [material.title for material in rows.materials],
        "grades": [
            {"organization": row.organization.name, "id": row.organization_id}
            | {grade: getattr(row, grade) for grade in GRADES}
            for row in rows.grades
        ],
        "attachments": [
            {
                "id": one.pk,
                "name": one.original_name,
                "kind": one.kind,
                "caption": one.caption,
                "sha256": one.sha256,
            }
            for one in attachments
        ],
    }


def told_of(activity: Activity) -> dict[str, Any]:
    """What the audit log tells of a record before and after: nothing that somebody wrote."""
    return {
        "host": activity.host_id,
        "held_on": activity.held_on,
        "status": activity.status,
        "version": activity.version,
    }


def write_revision(
    activity: Activity,
    entry: Act,
    *,
    before: Mapping[str, Any],
    action: str,
    user: Any,
    note: str = "",
) -> Revision:
    """Keep the activity as this save leaves it; `entry` tells what changed since `before`
    (`told_of`) and the checksum of what is kept.
    """
    revision = Revision.objects.create(
        activity=activity,
        version=activity.version,
        action=action,
        snapshot=snapshot_of(activity),
        note=note,
        user=user,
    )
    digest = {revision_key(activity.version): digest_of(revision.snapshot)}
    entry.changed(activity, before, told_of(activity) | digest)
    return revision


def revision_key(version: int) -> str:
    """The name under which the checksum of a revision's snapshot stands in the log."""
    return f"revision {version}"


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)
