"""The rows below an activity, as an entry gives them: built here for every way of writing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from branches.roster import Expected
from meetings.models import (
    GRADES,
    Activity,
    AgendaItem,
    AppraisalResult,
    Attendance,
    AttendanceState,
    Credit,
    Guest,
    Kind,
    StudyMaterial,
)
from meetings.services.entry import Entry
from meetings.title_pattern import year_looked_at


@dataclass(frozen=True, slots=True)
class ActivityRows:
    """Unsaved rows of one activity."""

    credits: list[Credit]
    agenda: list[AgendaItem]
    guests: list[Guest]
    materials: list[StudyMaterial]
    attendance: list[Attendance]
    grades: list[AppraisalResult]

    def by_model(self) -> list[list[models.Model]]:
        """The lists that hold anything, one a model."""
        lists: list[list[models.Model]] = [
            [*self.credits],
            [*self.agenda],
            [*self.guests],
            [*self.materials],
            [*self.attendance],
            [*self.grades],
        ]
        return [rows for rows in lists if rows]


def rows_of_entry(activity: Activity, entry: Entry, expected: Iterable[Expected]) -> ActivityRows:
    """Build the rows; the activity is saved already. No query.

    `expected` is everyone expected on the day; without recorded attendance it is not looked at.
    ValidationError without a credit, when somebody marked as away was not expected, or with
    grades of an organization that is not credited with the appraisal.
    """
    if not entry.credits:
        raise ValidationError(_("An activity counts as at least one kind."))
    return ActivityRows(
        credits=[
            Credit(activity=activity, kind=kind, organization=organization)
            for kind, organization in dict.fromkeys(entry.credits)
        ],
        agenda=[
            AgendaItem(
                activity=activity,
                position=position,
                topic=line.topic,
                reporter=line.reporter,
                discussion=line.discussion,
                decision=line.decision,
                votes_for=line.votes_for,
                votes_against=line.votes_against,
                votes_abstain=line.votes_abstain,
            )
            for position, line in enumerate(entry.agenda, start=1)
        ],
        guests=[
            Guest(activity=activity, position=position, name=line.name, unit=line.unit)
            for position, line in enumerate(entry.guests, start=1)
        ],
        materials=[
            StudyMaterial(activity=activity, position=position, title=title)
            for position, title in enumerate(dict.fromkeys(entry.materials), start=1)
        ],
        attendance=[] if entry.exceptions is None else _attendance(activity, entry, list(expected)),
        grades=_grades(activity, entry),
    )


def _attendance(activity: Activity, entry: Entry, expected: list[Expected]) -> list[Attendance]:
    """A row for everyone expected: the exceptions as given, everyone else present (rule 4)."""
    exceptions = entry.exceptions or {}
    if not exceptions.keys() <= {person.member_id for person in expected}:
        raise ValidationError(
            _("Somebody marked as absent was not expected on that day. Check the list again.")
        )
    rows = []
    for person in expected:
        leave = exceptions.get(person.member_id)
        rows.append(
            Attendance(
                activity=activity,
                member_id=person.member_id,
                organization_id=person.organization_id,
                state=leave.state if leave else AttendanceState.PRESENT,
                reason=leave.reason if leave else "",
                standing=person.standing,
                has_vote=person.has_vote,
            )
        )
    return rows


def _grades(activity: Activity, entry: Entry) -> list[AppraisalResult]:
    appraised = {one for kind, one in entry.credits if kind == Kind.DEMOCRATIC_APPRAISAL}
    if not {line.organization for line in entry.grades} <= appraised:
        raise ValidationError(
            _("Grades belong to an organization for which the record counts as an appraisal.")
        )
    return [
        AppraisalResult(
            activity=activity,
            organization=line.organization,
            year=year_looked_at(entry.held_on),
            **{grade: getattr(line, grade) for grade in GRADES},
        )
        for line in entry.grades
    ]
