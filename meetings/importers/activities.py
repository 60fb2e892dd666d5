"""The activity workbook: checked whole, written whole."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from branches.audit import Outcome, act
from branches.effects import Effects, undo
from branches.importers.preview import Preview, preview_of
from branches.importers.problems import (
    WRITTEN_BY_ANOTHER,
    ImportRefused,
    Problem,
    file_refused,
)
from branches.importers.roster import WHOLE_SITE
from branches.importers.rows import Reading, Sheets, check_layouts
from meetings.importers.followups import (
    APPRAISALS,
    RECTIFICATIONS,
    plan_appraisals,
    plan_loose_rectifications,
    read_rectifications,
)
from meetings.importers.lines import ACTIVITIES, AGENDA, read_activities, read_agenda
from meetings.importers.planner import PlannedActivity, Planner
from meetings.models import AppraisalResult, Rectification, Status
from meetings.services import record_activities, void_imported

LAYOUTS = (ACTIVITIES, AGENDA, RECTIFICATIONS, APPRAISALS)


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """What an import does. `ignored` names sheets and columns that nobody reads, `notes` say
    what the user should know of rows that were taken."""

    new: list[PlannedActivity]
    unchanged: int
    loose_rectifications: list[Rectification]
    unchanged_rectifications: int
    new_appraisals: list[AppraisalResult]
    unchanged_appraisals: int
    ignored: list[str]
    notes: list[str]

    @property
    def counts(self) -> list[tuple[str, int, int, int]]:
        """(what, new, changed, unchanged). An import never changes a record."""
        rectifications = sum(len(one.rectifications) for one in self.new)
        return [
            ("活动", len(self.new), 0, self.unchanged),
            (
                "整改",
                rectifications + len(self.loose_rectifications),
                0,
                self.unchanged_rectifications,
            ),
            ("评议", len(self.new_appraisals), 0, self.unchanged_appraisals),
        ]

    @property
    def changes_nothing(self) -> bool:
        return not any(new for _, new, _, _ in self.counts)


def plan_activities(
    sheets: Sheets, *, today: dt.date, file_name: str = "", is_partial: bool = False
) -> ActivityPlan:
    """Check the sheets against themselves and the database; write nothing.

    `is_partial` takes a file without the sheet 活动 (pasted text is one table).
    ImportRefused with every problem there is. A fixed number of queries.
    """
    plan, problems, _readings = _compare(
        sheets, today=today, file_name=file_name, is_partial=is_partial, within=WHOLE_SITE
    )
    if problems:
        raise ImportRefused(problems)
    return plan


def preview_activities(
    sheets: Sheets, *, today: dt.date, file_name: str, within: tuple[str, ...] = WHOLE_SITE
) -> tuple[ActivityPlan, Preview]:
    """The plan of sheets of which some may be missing, and what it is row by row.

    `within` are the tree paths that the import may reach. The plan of a preview with problems
    is not to be written.
    """
    plan, problems, readings = _compare(
        sheets, today=today, file_name=file_name, is_partial=True, within=within
    )
    return plan, preview_of(problems, readings, plan.counts, plan.notes)


def _compare(
    sheets: Sheets, *, today: dt.date, file_name: str, is_partial: bool, within: tuple[str, ...]
) -> tuple[ActivityPlan, list[Problem], list[Reading]]:
    problems, ignored = check_layouts(sheets, LAYOUTS, is_partial=is_partial)
    lines = read_activities(sheets, problems, today=today)
    numbers = {line.number for line in lines if line.number}
    agenda = read_agenda(sheets, numbers, problems)
    rectifications = read_rectifications(sheets, numbers, problems, today=today)
    planner = Planner(lines, agenda, rectifications, file_name, within=within)
    loose = plan_loose_rectifications(rectifications, planner.hosts, today=today)
    appraisals, known_appraisals, appraisal_readings = plan_appraisals(
        sheets, planner.organizations, problems, today=today
    )
    new = planner.plan()
    plan = ActivityPlan(
        new=new,
        unchanged=len(lines) - len(new),
        loose_rectifications=loose,
        unchanged_rectifications=len(rectifications)
        - sum(len(one.rectifications) for one in new)
        - len(loose),
        new_appraisals=appraisals,
        unchanged_appraisals=known_appraisals,
        ignored=ignored,
        notes=planner.notes,
    )
    readings = [
        *(line.reading for line in lines),
        *(row.reading for rows in agenda.values() for row in rows),
        *(row.reading for row in rectifications),
        *appraisal_readings,
    ]
    return plan, problems, readings


def import_activities(
    sheets: Sheets,
    *,
    today: dt.date,
    file_name: str = "",
    as_draft: bool = False,
    user: Any = None,
    is_partial: bool = False,
) -> ActivityPlan:
    """Plan and write in one transaction; the plan tells what was done."""
    try:
        with act("activity.import", user=user) as told:
            plan = plan_activities(sheets, today=today, file_name=file_name, is_partial=is_partial)
            write_activities(plan, status=Status.DRAFT if as_draft else Status.ACCEPTED, user=user)
            told.noted(file=file_name, **{what: new for what, new, _changed, _same in plan.counts})
            if plan.changes_nothing:
                told.outcome = Outcome.REFUSED
    except IntegrityError as error:
        raise file_refused(WRITTEN_BY_ANOTHER) from error
    return plan


def write_activities(plan: ActivityPlan, *, status: Status, user: Any) -> dict[str, Any]:
    """Write a plan just made in the same transaction. What was done comes back as
    `undo_activities` takes it, as JSON values."""
    activities = record_activities([one.imported for one in plan.new], user=user, status=status)
    rectifications = [
        Rectification(
            activity=activity,
            organization=activity.host,
            opened_on=activity.held_on,
            **row.content,
        )
        for activity, planned in zip(activities, plan.new, strict=True)
        for row in planned.rectifications
    ]
    effects = Effects()
    effects.created(
        Rectification.objects.bulk_create([*rectifications, *plan.loose_rectifications], 1000)
    )
    effects.created(AppraisalResult.objects.bulk_create(plan.new_appraisals, 1000))
    return {
        "activities": [[one.pk, one.version, one.status] for one in activities],
        "rows": effects.as_json(),
    }


def undo_activities(effects: Mapping[str, Any], *, user: Any, reason: str) -> None:
    """Take back what `write_activities` did, inside a transaction: the records are void with the
    reason. ValidationError, with what is in the way, when something later builds on it."""
    undo(effects["rows"])
    void_imported(effects["activities"], user=user, reason=reason)
