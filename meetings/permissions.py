"""What a user may do with one activity, from its status and host."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from branches import access
from branches.access import Deed
from meetings.models import Activity, Status


@dataclass(frozen=True, slots=True)
class Allowed:
    """Steps open to a user; the page shows their buttons, the views refuse the others."""

    edit: bool
    submit: bool
    review: bool
    void: bool
    restore: bool

    @property
    def anything(self) -> bool:
        return self.submit or self.review or self.void or self.restore


def may_edit(user: Any, activity: Activity, *, on: dt.date) -> bool:
    """A recorder edits what is not handed in; secretary and administrator all but void ones."""
    if activity.status == Status.VOID:
        return False
    deed = Deed.RECORD if activity.status in (Status.DRAFT, Status.RETURNED) else Deed.SUBMIT
    return access.may(user, deed, activity.host, on=on)


def allowed(user: Any, activity: Activity, *, on: dt.date) -> Allowed:
    """Steps possible in the activity's status that the user may take. One query a user."""
    submits = access.may(user, Deed.SUBMIT, activity.host, on=on)
    reviews = access.may(user, Deed.REVIEW, activity.host, on=on)
    is_void = activity.status == Status.VOID
    return Allowed(
        edit=may_edit(user, activity, on=on),
        submit=submits and activity.status in (Status.DRAFT, Status.RETURNED),
        review=reviews and activity.status == Status.SUBMITTED,
        void=submits and not is_void,
        restore=submits and is_void,
    )
