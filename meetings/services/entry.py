"""What a form or an Excel row says about an activity, before it is written."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from branches.models import Organization
from meetings.models import GRADES, Activity, AttendanceState

# The fields of an entry that stand in the activity's own row.
OWN_FIELDS = (
    "host",
    "held_on",
    "start_time",
    "end_time",
    "place",
    "title",
    "chair",
    "recorder",
    "lecturer",
    "form",
    "holiday",
    "study_hours",
    "minutes",
    "decision",
    "highlight",
)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One agenda item; its place in the tuple is its number."""

    topic: str
    reporter: str = ""
    discussion: str = ""
    decision: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstain: int | None = None


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """An exception to "everyone expected was there": on leave or absent, with the reason."""

    state: AttendanceState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GuestLine:
    """Somebody who attended without being expected."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class GradeLine:
    """The result of an appraisal for one organization: full members by grade."""

    organization: Organization
    excellent: int = 0
    qualified: int = 0
    basically_qualified: int = 0
    unqualified: int = 0


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """What a form says about one attachment; its place in the tuple is its number."""

    pk: int
    kind: str
    caption: str = ""
    is_removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A whole activity as entered.

    `credits` are (kind, organization) pairs, at least one. `exceptions` maps member ids to
    their leave; an empty mapping means everyone expected was there, None that attendance was
    not recorded. `grades` name organizations credited with the appraisal, each once; one without
    a line has no result. `attachments` None leaves the files as they are. Texts come cleaned
    (branches.clean).
    """

    host: Organization
    held_on: dt.date
    title: str
    credits: tuple[tuple[str, Organization], ...]
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    place: str = ""
    chair: str = ""
    recorder: str = ""
    lecturer: str = ""
    form: str = ""
    holiday: str = ""
    study_hours: Decimal | None = None
    minutes: str = ""
    decision: str = ""
    highlight: str = ""
    exceptions: Mapping[int, LeaveLine] | None = None
    agenda: tuple[AgendaLine, ...] = ()
    guests: tuple[GuestLine, ...] = ()
    materials: tuple[str, ...] = ()
    grades: tuple[GradeLine, ...] = ()
    attachments: tuple[AttachmentLine, ...] | None = None


def own_values(entry: Entry) -> dict[str, Any]:
    """What of the entry stands in the activity's own row."""
    return {name: getattr(entry, name) for name in OWN_FIELDS}


def entry_of(activity: Activity) -> Entry:
    """The entry of an activity. Seven queries, or none for rows that were prefetched."""
    rows = list(activity.attendances.all())
    return Entry(
        **{name: getattr(activity, name) for name in OWN_FIELDS},
        credits=tuple((credit.kind, credit.organization) for credit in activity.credits.all()),
        exceptions=(
            {
                row.member_id: LeaveLine(AttendanceState(row.state), row.reason)
                for row in rows
                if row.state != AttendanceState.PRESENT
            }
            if rows
            else None
        ),
        agenda=tuple(
            AgendaLine(**{name: getattr(item, name) for name in AgendaLine.__dataclass_fields__})
            for item in activity.agenda_items.all()
        ),
        guests=tuple(GuestLine(one.name, one.unit) for one in activity.guests.all()),
        materials=tuple(material.title for material in activity.study_materials.all()),
        grades=in_tree_order(
            GradeLine(row.organization, **{grade: getattr(row, grade) for grade in GRADES})
            for row in activity.appraisals.all()
        ),
    )


def in_tree_order(grades: Iterable[GradeLine]) -> tuple[GradeLine, ...]:
    """The order in which a stored record has them, whatever the order of the form."""
    return tuple(sorted(grades, key=lambda line: line.organization.path))
