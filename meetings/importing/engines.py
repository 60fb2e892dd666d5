"""The two engines that an import may drive, behind one face."""

import datetime as dt
from typing import Any

from branches.importers import roster
from branches.importers.preview import Preview
from branches.importers.roster import RosterPlan, preview_roster, undo_roster, write_roster
from branches.importers.rows import Layout, Sheets
from meetings.importers import (
    ActivityPlan,
    activities,
    preview_activities,
    undo_activities,
    write_activities,
)
from meetings.models import ImportKind, ImportRun, Status

LAYOUTS: dict[str, tuple[Layout, ...]] = {
    ImportKind.ROSTER: roster.LAYOUTS,
    ImportKind.ACTIVITIES: activities.LAYOUTS,
}
ALL_LAYOUTS = tuple(layout for layouts in LAYOUTS.values() for layout in layouts)

Plan = RosterPlan | ActivityPlan


def layouts_by_name(kind: str) -> dict[str, Layout]:
    """The layouts of a kind of import, by the name of their sheet."""
    return {layout.name: layout for layout in LAYOUTS[kind]}


def reach_of(run: ImportRun) -> tuple[str, ...]:
    """The tree paths that an import may read and write."""
    return (run.organization.path if run.organization else "",)


def compare(run: ImportRun, sheets: Sheets, *, today: dt.date) -> tuple[Plan, Preview]:
    """What the sheets would do to the records. Writes nothing."""
    if run.kind == ImportKind.ROSTER:
        return preview_roster(sheets, within=reach_of(run))
    return preview_activities(sheets, today=today, file_name=run.file_name, within=reach_of(run))


def write(plan: Plan, run: ImportRun, *, user: Any) -> dict[str, Any]:
    """Write a plan just made in the same transaction; what was done comes back for `take_back`."""
    if isinstance(plan, RosterPlan):
        return write_roster(plan)
    status = Status.DRAFT if run.as_draft else Status.ACCEPTED
    return write_activities(plan, status=status, user=user)


def take_back(run: ImportRun, *, user: Any, reason: str) -> None:
    """Undo what was written, inside a transaction. ValidationError with what is in the way."""
    if run.kind == ImportKind.ROSTER:
        undo_roster(run.effects)
    else:
        undo_activities(run.effects, user=user, reason=reason)
