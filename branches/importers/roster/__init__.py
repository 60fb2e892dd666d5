"""The roster workbook: organizations and people, all or nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError

from branches.audit import Outcome, act
from branches.effects import Effects
from branches.importers.preview import Preview, preview_of
from branches.importers.problems import (
    WRITTEN_BY_ANOTHER,
    ImportRefused,
    Problem,
    file_refused,
)
from branches.importers.roster.compare import PeoplePlan, plan_people
from branches.importers.roster.lines import LAYOUTS, read_members, read_organizations
from branches.importers.roster.organizations import WHOLE_SITE, TreePlan, plan_tree
from branches.importers.roster.people import gather_people
from branches.importers.roster.undo import TreeEffects, undo_roster
from branches.importers.roster.write import write_people, write_tree
from branches.importers.rows import Reading, Sheets, check_layouts

__all__ = [
    "LAYOUTS",
    "RosterPlan",
    "import_roster",
    "plan_roster",
    "preview_roster",
    "undo_roster",
    "write_roster",
]


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What an import does. `ignored` names the sheets and columns that nobody reads."""

    tree: TreePlan
    people: PeoplePlan
    ignored: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return not any(new + changed for _, new, changed, _ in self.counts)

    @property
    def counts(self) -> list[tuple[str, int, int, int]]:
        """(what, new, changed, unchanged) for organizations, members, periods and posts."""
        tree, people = self.tree, self.people
        return [
            ("党组织", len(tree.to_add), tree.changed, tree.unchanged),
            (
                "党员",
                len(people.new_people),
                len(people.changed_members),
                people.unchanged_members,
            ),
            (
                "组织关系",
                len(people.new_memberships),
                len(people.ended_memberships),
                people.unchanged_memberships,
            ),
            (
                "党内职务",
                len(people.new_posts),
                len(people.ended_posts),
                people.unchanged_posts,
            ),
        ]


def plan_roster(sheets: Sheets, *, is_partial: bool = False) -> RosterPlan:
    """Check the sheets against themselves and the database; write nothing. Four queries.

    `sheets` maps 党组织 and 党员 to their rows; `is_partial` takes one of them alone. ImportRefused
    with every problem there is.
    """
    plan, problems, _readings = _compare(sheets, is_partial=is_partial, within=WHOLE_SITE)
    if problems:
        raise ImportRefused(problems)
    return plan


def preview_roster(
    sheets: Sheets, *, within: tuple[str, ...] = WHOLE_SITE
) -> tuple[RosterPlan, Preview]:
    """The plan of sheets of which some may be missing, and what it is row by row.

    `within` are the tree paths that the import may reach. The plan of a preview with problems
    is not to be written.
    """
    plan, problems, readings = _compare(sheets, is_partial=True, within=within)
    return plan, preview_of(problems, readings, plan.counts)


def _compare(
    sheets: Sheets, *, is_partial: bool, within: tuple[str, ...]
) -> tuple[RosterPlan, list[Problem], list[Reading]]:
    """Four queries."""
    problems, ignored = check_layouts(sheets, LAYOUTS, is_partial=is_partial)
    organizations = read_organizations(sheets, problems)
    tree = plan_tree(organizations, within=within)
    members = read_members(sheets, set(tree.places), problems)
    people = plan_people(gather_people(members, tree), tree, within=within)
    readings = [
        *(line.reading for line in organizations),
        *(line.reading for line in members),
    ]
    return RosterPlan(tree, people, ignored), problems, readings


def import_roster(sheets: Sheets, *, is_partial: bool = False) -> RosterPlan:
    """Plan and write in one transaction; the plan tells what was done."""
    try:
        with act("roster.import") as told:
            plan = plan_roster(sheets, is_partial=is_partial)
            write_roster(plan)
            told.noted(**{what: [new, changed] for what, new, changed, _same in plan.counts})
            if plan.changes_nothing:
                told.outcome = Outcome.REFUSED
    except IntegrityError as error:
        raise file_refused(WRITTEN_BY_ANOTHER) from error
    return plan


def write_roster(plan: RosterPlan) -> dict[str, Any]:
    """Write a plan just made in the same transaction. What was done comes back as `undo_roster`
    takes it, as JSON values."""
    tree = TreeEffects(plan.tree)
    write_tree(plan.tree)
    people = Effects()
    write_people(plan.people, people)
    return {"organizations": tree.as_json(), "people": people.as_json()}
