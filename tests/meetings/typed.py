"""What a browser sends for the form of an activity."""

import uuid
from typing import Any

from branches.models import Organization
from meetings.models import Activity, Kind
from tests.factories import DAY


def make_typed(host: Organization, *kinds: Kind, **fields: Any) -> dict[str, Any]:
    """A valid form of one activity; `fields` replace or add to what is typed."""
    return {
        "held_on": DAY.isoformat(),
        "host": host.pk,
        "kinds": [kind.value for kind in kinds or (Kind.GROUP_STUDY,)],
        "title": "学习会议",
        "attendance": "NOT_RECORDED",
        "agenda-TOTAL_FORMS": 0,
        "agenda-INITIAL_FORMS": 0,
        "entry_key": str(uuid.UUID(int=1)),
        "action": "save",
    } | fields


def make_typed_edit(activity: Activity, **fields: Any) -> dict[str, Any]:
    """A valid edit of a stored activity of one kind, on top of its version."""
    kinds = [Kind(credit.kind) for credit in activity.credits.all()]
    return make_typed(
        activity.host,
        *kinds,
        **{
            "held_on": activity.held_on.isoformat(),
            "title": activity.title,
            "version": activity.version,
            "entry_key": "",
        }
        | fields,
    )
