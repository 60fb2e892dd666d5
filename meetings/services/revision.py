"""The revision that every save leaves behind."""

from typing import Any

from meetings.models import Activity, Revision
from meetings.services.entry import OWN_FIELDS


def snapshot_of(activity: Activity) -> dict[str, Any]:
    """The activity with all its rows as plain JSON values, for keeping and comparing.

    People and organizations stand by id and by the name they had when it was saved.
    """
    own = {name: _plain(getattr(activity, name)) for name in OWN_FIELDS if name != "host"}
    return own | {
        "host": {"id": activity.host_id, "name": activity.host.name},
        "status": activity.status,
        "return_comment": activity.return_comment,
        "void_reason": activity.void_reason,
        "credits": [
            {"kind": credit.kind, "organization": credit.organization.name}
            for credit in activity.credits.select_related("organization")
        ],
        "agenda": list(
            activity.agenda_items.values(
                "position",
                "topic",
                "reporter",
                "discussion",
                "decision",
                "votes_for",
                "votes_against",
                "votes_abstain",
            )
        ),
        "attendance": [
            {
                "member": row.member_id,
                "name": row.member.name,
                "state": row.state,
                "reason": row.reason,
                "standing": row.standing,
                "has_vote": row.has_vote,
            }
            for row in activity.attendances.select_related("member")
        ],
        "guests": list(activity.guests.values("name", "unit")),
        "materials": list(activity.study_materials.values_list("title", flat=True)),
    }


def write_revision(activity: Activity, *, action: str, user: Any, note: str = "") -> Revision:
    """Keep the activity as this save leaves it."""
    return Revision.objects.create(
        activity=activity,
        version=activity.version,
        action=action,
        snapshot=snapshot_of(activity),
        note=note,
        user=user,
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)
