"""The snapshot of a revision as people read it: field by field, in words."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.comparing import FieldText
from meetings.models import AttachmentKind, AttendanceState, Holiday, Kind
from meetings.reading import grades_text, label_of

# Fields of the form in the order of the page; each may be commented on.
FIELDS = (
    "held_on",
    "start_time",
    "end_time",
    "host",
    "kinds",
    "joint",
    "title",
    "place",
    "form",
    "chair",
    "recorder",
    "lecturer",
    "materials",
    "study_hours",
    "holiday",
    "attendance",
    "guests",
    "agenda",
    "minutes",
    "decision",
    "grades",
    "highlight",
    "attachments",
)
CHECKSUM = 12  # characters of a checksum that are shown: enough to tell files of one name apart


def field_label(name: str) -> str:
    """The label of a field of the form."""
    rows = {
        "kinds": _("Counts as"),
        "joint": _("Counts for"),
        "materials": _("Study materials"),
        "attendance": _("Attendance"),
        "guests": _("Guests"),
        "agenda": _("Agenda"),
        "grades": _("Appraisal result"),
        "attachments": _("Attachments"),
    }
    return rows.get(name) or str(capfirst(label_of(name)))


def lines_of(snapshot: Mapping[str, Any]) -> list[FieldText]:
    """Every field of a snapshot, always the same ones in the same order. No query."""
    return [FieldText(name, field_label(name), _text(name, snapshot)) for name in FIELDS]


def _text(name: str, snapshot: Mapping[str, Any]) -> str:
    if reader := _READERS.get(name):
        return reader(snapshot)
    return snapshot.get(name) or ""


def _day(snapshot: Mapping[str, Any]) -> str:
    return date_format(dt.date.fromisoformat(snapshot["held_on"]))


def _hours(snapshot: Mapping[str, Any]) -> str:
    hours = snapshot.get("study_hours")
    return number_format(Decimal(hours).normalize()) if hours else ""


def _holiday(snapshot: Mapping[str, Any]) -> str:
    return str(Holiday(snapshot["holiday"]).label) if snapshot.get("holiday") else ""


def _kinds(snapshot: Mapping[str, Any]) -> str:
    found = {credit["kind"] for credit in snapshot["credits"]}
    return " · ".join(str(kind.label) for kind in Kind if kind.value in found)


def _organizations(snapshot: Mapping[str, Any]) -> str:
    return " · ".join(dict.fromkeys(credit["organization"] for credit in snapshot["credits"]))


def _attendance(snapshot: Mapping[str, Any]) -> str:
    rows = snapshot["attendance"]
    if not rows:
        return _("Not recorded")
    away = [row for row in rows if row["state"] != AttendanceState.PRESENT]
    counts = _("Expected %(expected)d, present %(present)d") % {
        "expected": len(rows),
        "present": len(rows) - len(away),
    }
    lines = [
        " ".join((row["name"], str(AttendanceState(row["state"]).label), row["reason"])).strip()
        for row in away
    ]
    return "\n".join([counts, *lines])


def _agenda(snapshot: Mapping[str, Any]) -> str:
    return "\n".join(_item(number, item) for number, item in enumerate(snapshot["agenda"], start=1))


def _item(number: int, item: Mapping[str, Any]) -> str:
    votes = [item[f"votes_{name}"] for name in ("for", "against", "abstain")]
    parts = [f"{number}. {item['topic']}", item["reporter"], item["discussion"], item["decision"]]
    if any(count is not None for count in votes):
        ayes, noes, abstentions = ("–" if count is None else count for count in votes)
        parts.append(
            pgettext("votes", "for %(ayes)s, against %(noes)s, abstentions %(abstentions)s")
            % {"ayes": ayes, "noes": noes, "abstentions": abstentions}
        )
    return "\n".join(part for part in parts if part)


def _attachments(snapshot: Mapping[str, Any]) -> str:
    """A line for each file; versions of earlier days do not tell which there were."""
    files = snapshot.get("attachments")
    if files is None:
        return _("Not listed in this version")
    return "\n".join(
        " · ".join(
            part
            for part in (
                one["name"],
                str(AttachmentKind(one["kind"]).label),
                one["caption"],
                f"SHA-256 {one['sha256'][:CHECKSUM]}",
            )
            if part
        )
        for one in files
    )


_READERS: dict[str, Any] = {
    "attachments": _attachments,
    "held_on": _day,
    "start_time": lambda snapshot: (snapshot.get("start_time") or "")[:5],
    "end_time": lambda snapshot: (snapshot.get("end_time") or "")[:5],
    "host": lambda snapshot: snapshot["host"]["name"],
    "study_hours": _hours,
    "holiday": _holiday,
    "kinds": _kinds,
    "joint": _organizations,
    "attendance": _attendance,
    "agenda": _agenda,
    "guests": lambda snapshot: "\n".join(
        f"{one['name']} {one['unit']}".strip() for one in snapshot["guests"]
    ),
    "grades": lambda snapshot: "\n".join(
        grades_text(row["organization"], row) for row in snapshot.get("grades", ())
    ),
    "materials": lambda snapshot: "\n".join(f"《{title}》" for title in snapshot["materials"]),
}
