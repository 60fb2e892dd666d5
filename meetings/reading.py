"""Activities read whole, and an entry in words: to edit, compare, copy."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.models import GRADES, Activity, AppraisalResult, Holiday, Kind
from meetings.querysets import ActivityQuerySet
from meetings.services import AgendaLine, Entry
from meetings.services.entry import OWN_FIELDS


def with_rows() -> ActivityQuerySet:
    """Activities with all their rows, loaded in a fixed number of queries."""
    return Activity.objects.select_related("host", "created_by").prefetch_related(
        "credits__organization",
        "agenda_items",
        "guests",
        "study_materials",
        "attendances__member",
        "attendances__organization",
        "appraisals__organization",
    )


def label_of(name: str) -> Any:
    """The label of an activity's own field, translated when it is shown."""
    field = Activity._meta.get_field(name)
    return field.verbose_name  # type: ignore[union-attr]


def grade_label(grade: str) -> Any:
    """The label of one of GRADES."""
    field = AppraisalResult._meta.get_field(grade)
    return capfirst(field.verbose_name)  # type: ignore[union-attr]


def readable(entry: Entry, *, names: dict[int, str]) -> list[tuple[str, str]]:
    """(label, text) of every field of an entry, always the same labels in the same order.

    `names` gives the name of every member id among the exceptions.
    """
    rows = []
    for name in OWN_FIELDS:
        value = getattr(entry, name)
        if value is None:
            text = ""
        elif name == "host":
            text = value.label
        elif name == "held_on":
            text = date_format(value)
        elif name in ("start_time", "end_time"):
            text = value.strftime("%H:%M")
        elif name == "holiday":
            text = str(Holiday(value).label) if value else ""
        elif name == "study_hours":
            text = number_format(value.normalize())
        else:
            text = value
        rows.append((str(label_of(name)), text))
    kinds = {kind for kind, _organization in entry.credits}
    organizations = dict.fromkeys(one.label for _kind, one in entry.credits)
    rows[1:1] = [
        (_("Kinds"), " · ".join(str(kind.label) for kind in Kind if kind.value in kinds)),
        (_("Counts for"), " · ".join(organizations)),
    ]
    rows += [
        (_("Attendance"), _attendance_text(entry, names)),
        (_("Agenda"), "\n\n".join(_agenda_text(line) for line in entry.agenda)),
        (_("Guests"), "\n".join(" ".join((one.name, one.unit)).strip() for one in entry.guests)),
        (_("Study materials"), "\n".join(f"《{title}》" for title in entry.materials)),
        (
            _("Appraisal result"),
            "\n".join(
                grades_text(
                    line.organization.label, {grade: getattr(line, grade) for grade in GRADES}
                )
                for line in entry.grades
            ),
        ),
    ]
    return rows


def grades_text(organization: str, counts: Mapping[str, int]) -> str:
    """The result of one organization on a line; `counts` by the names of GRADES."""
    return _(
        "%(organization)s: excellent %(excellent)d, qualified %(qualified)d, basically qualified "
        "%(basically_qualified)d, unqualified %(unqualified)d"
    ) % {"organization": organization, **{grade: counts[grade] for grade in GRADES}}


def _attendance_text(entry: Entry, names: dict[int, str]) -> str:
    if entry.exceptions is None:
        return _("Not recorded")
    if not entry.exceptions:
        return _("Everyone expected was there")
    return "\n".join(
        " ".join((names.get(member_id, "?"), str(line.state.label), line.reason)).strip()
        for member_id, line in sorted(entry.exceptions.items())
    )


def _agenda_text(line: AgendaLine) -> str:
    votes = (line.votes_for, line.votes_against, line.votes_abstain)
    parts = [line.topic, line.reporter, line.discussion, line.decision]
    if any(count is not None for count in votes):
        parts.append(
            pgettext("votes", "for %(ayes)s, against %(noes)s, abstentions %(abstentions)s")
            % dict(
                zip(
                    ("ayes", "noes", "abstentions"),
                    ("–" if count is None else count for count in votes),
                    strict=True,
                )
            )
        )
    return "\n".join(part for part in parts if part)
