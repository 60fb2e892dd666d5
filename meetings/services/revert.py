"""Writing the content of an earlier revision again, as a new version."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.models import Organization
from meetings.expected import expected_for
from meetings.models import GRADES, Attachment, AttendanceState, Revision
from meetings.services.entry import (
    OWN_FIELDS,
    AgendaLine,
    AttachmentLine,
    Entry,
    GradeLine,
    GuestLine,
    LeaveLine,
)


@dataclass(frozen=True, slots=True)
class Reversion:
    """The entry of an earlier revision, and whose attendance it cannot tell as it stood then.

    `no_longer` were on the list then and are not expected any more, `newly` the other way round:
    the entry leaves out the former and has the latter as present.
    """

    entry: Entry
    no_longer: tuple[str, ...]
    newly: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        return not (self.no_longer or self.newly)


def reversion_of(revision: Revision) -> Reversion:
    """The entry that writes the revision's content again, by the roster as it is known now.

    Files removed since come back, with kind and caption as they were then; files added since
    stay, behind the others: what was once handed over is not taken away by going back.

    ValidationError when an organization of that time cannot be told any more. At most eight
    queries.
    """
    snapshot = revision.snapshot
    held_on = dt.date.fromisoformat(snapshot["held_on"])
    found = _organizations(snapshot, revision.activity.host)
    host = found[snapshot["host"]["id"]]
    credits = tuple((one["kind"], found[_key(one)]) for one in snapshot["credits"])
    rows = snapshot["attendance"]
    expected = {one.member_id: one.name for one in expected_for(credits, on=held_on)}
    listed = {row["member"]: row["name"] for row in rows}
    own: dict[str, Any] = {name: snapshot.get(name) or "" for name in OWN_FIELDS}
    own |= {
        "host": host,
        "held_on": held_on,
        "start_time": _time(snapshot["start_time"]),
        "end_time": _time(snapshot["end_time"]),
        "study_hours": Decimal(snapshot["study_hours"]) if snapshot["study_hours"] else None,
    }
    entry = Entry(
        **own,
        credits=credits,
        exceptions=_exceptions(rows, expected) if rows else None,
        agenda=tuple(
            AgendaLine(**{name: item[name] for name in AgendaLine.__dataclass_fields__})
            for item in snapshot["agenda"]
        ),
        guests=tuple(GuestLine(one["name"], one["unit"]) for one in snapshot["guests"]),
        materials=tuple(snapshot["materials"]),
        grades=tuple(
            GradeLine(found[row["id"]], **{grade: row[grade] for grade in GRADES})
            for row in snapshot.get("grades", ())  # none in the snapshots of earlier days
        ),
        attachments=_attachments(revision),
    )
    return Reversion(
        entry,
        no_longer=tuple(name for pk, name in listed.items() if pk not in expected),
        newly=tuple(name for pk, name in expected.items() if pk not in listed) if rows else (),
    )


def _exceptions(rows: Iterable[Mapping[str, Any]], expected: Iterable[int]) -> dict[int, LeaveLine]:
    expected = set(expected)
    return {
        row["member"]: LeaveLine(AttendanceState(row["state"]), row["reason"])
        for row in rows
        if row["state"] != AttendanceState.PRESENT and row["member"] in expected
    }


def _attachments(revision: Revision) -> tuple[AttachmentLine, ...] | None:
    """The files of then, and those that came later; None where the snapshot does not tell."""
    listed = revision.snapshot.get("attachments")
    if listed is None:
        return None
    then = {row["id"]: row for row in listed}
    later = Attachment.objects.filter(activity=revision.activity_id, removed_at=None).exclude(
        pk__in=then
    )
    return (
        *(AttachmentLine(pk, row["kind"], row["caption"]) for pk, row in then.items()),
        *(AttachmentLine(one.pk, one.kind, one.caption) for one in later),
    )


def _key(credit: Mapping[str, Any]) -> int | str:
    """The organization's id; snapshots of earlier days hold its name alone."""
    return credit.get("id") or credit["organization"]


def _organizations(
    snapshot: Mapping[str, Any], host: Organization
) -> dict[int | str, Organization]:
    """The organizations of the snapshot by the key that it gives; names within one's bureau."""
    wanted = {_key(one) for one in snapshot["credits"]} | {snapshot["host"]["id"]}
    found: dict[int | str, Organization] = {
        one.pk: one
        for one in Organization.objects.filter(pk__in=[k for k in wanted if isinstance(k, int)])
    }
    names = [key for key in wanted if isinstance(key, str)]
    if names:
        bureau = host.path[: Organization.steplen]
        for one in Organization.objects.filter(path__startswith=bureau, name__in=names):
            if one.name in found:
                raise ValidationError(
                    _("There are several organizations called “%(name)s”.") % {"name": one.name}
                )
            found[one.name] = one
    missing = [str(key) for key in wanted if key not in found]
    if missing:
        raise ValidationError(
            _("The organization “%(name)s” of that version is not on file any more.")
            % {"name": missing[0]}
        )
    return found


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
