"""The findings of the check in words, and where their field stands on the page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from meetings.checks import Finding

_WORDS: dict[str, Any] = {
    "future_date": _("%(day)s is still to come. Record an activity once it is over."),
    "quorum_missing_general": _(
        "%(organization)s: %(present)d of %(expected)d members with voting right were present, "
        "%(needed)d are needed before a general meeting votes."
    ),
    "quorum_missing_committee": _(
        "%(organization)s: %(present)d of %(expected)d committee members were present, "
        "%(needed)d are needed for a committee meeting."
    ),
    "item_undecided": _("Agenda item %(number)d was voted on, but no resolution is written down."),
    "votes_too_many": _(
        "Agenda item %(number)d has %(votes)d votes, but only %(voters)d were expected with "
        "voting right."
    ),
    "majority_missed": _(
        "Agenda item %(number)d is said to have passed with %(ayes)d votes in favour; %(needed)d "
        "of the %(voters)d expected with voting right are needed."
    ),
    "chair_absent": _("The chair %(names)s is not among those present or the guests."),
    "recorder_absent": _("The recorder %(names)s is not among those present or the guests."),
    "two_places": _("%(names)s stand as present in “%(title)s” at the same time."),
    "two_places_elsewhere": _("%(names)s stand as present in another record at the same time."),
    "same_minutes": _("The minutes say the same as those of “%(title)s” of %(day)s."),
    "committee_missing": _(
        "%(organization)s: the general meeting decided, but no committee meeting within the "
        "%(days)d days before it is on record."
    ),
    "late_entry": _("Late entry: held on %(held_on)s, recorded on %(recorded_on)s."),
    "attendance_missing": _("Attendance is not recorded."),
    "holiday_missing": _("Integrity education without the holiday before which it was held."),
    "lecturer_missing": _("A Party lecture without the lecturer."),
    "too_many_excellent": _(
        "%(organization)s: %(excellent)d graded excellent; of %(full)d full members on that day "
        "at most a third may be, that is %(most)d."
    ),
    "too_many_graded": _(
        "%(organization)s: %(graded)d members are graded, but there were %(full)d full members on "
        "that day. Probationary members get no grade."
    ),
    "grades_missing": _("A democratic appraisal without the numbers of each grade."),
    "materials_missing": _("Group study without what was studied."),
}
# Fields that are a group of controls: the first one is the place to go to.
_PLACES = {"attendance": "id_attendance_0", "kinds": "div_id_kinds", "grades": "grades"}


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as shown: its words, the id of the control on the edit page, the other record."""

    is_blocking: bool
    words: str
    target: str
    record: int | None


def in_words(findings: Iterable[Finding]) -> list[Line]:
    """The findings in the reader's language."""
    return [
        Line(
            is_blocking=finding.is_blocking,
            words=str(_WORDS[finding.rule])
            % {name: _said(of) for name, of in finding.said.items()},
            target=_PLACES.get(finding.field, f"id_{finding.field}"),
            record=finding.record,
        )
        for finding in findings
    ]


def _said(value: Any) -> Any:
    return date_format(value) if isinstance(value, dt.date) else value
