"""From an organization and a year to its figures."""

from branches.models import Organization
from branches.naming import name_in_year
from meetings.querysets import ACCEPTED_ONLY
from reports.figures.facts import Facts, load_facts
from reports.figures.names import KIND_LABELS
from reports.figures.registry import measure_all
from reports.figures.values import BranchRow, Difference, YearFigures


def compute_figures(
    organization: Organization, *, year: int, statuses: tuple[str, ...] = ACCEPTED_ONLY
) -> YearFigures:
    """Every figure of an organization (with those below it) for a year. Ten queries,
    and one more where an organization moved within the year.

    `statuses`: which records count, ACCEPTED_ONLY or ACCEPTED_AND_SUBMITTED (rule 6).
    """
    facts = load_facts(organization, year=year, statuses=statuses)
    figures, listings = measure_all(facts)
    branches, differences = _by_branch(facts)
    return YearFigures(
        organization_id=organization.pk,
        organization_code=organization.code,
        organization_name=name_in_year(organization, year=year).name,
        year=year,
        statuses=statuses,
        figures=figures,
        listings=listings,
        branches=branches,
        differences=differences,
        attendance={pk: (expected, present) for pk, expected, present in facts.attendance},
    )


def _by_branch(facts: Facts) -> tuple[tuple[BranchRow, ...], tuple[Difference, ...]]:
    """The counts of each branch, and for each kind why they do not add up to the total."""
    branch_at = {pk: index for index, (pk, _, _) in enumerate(facts.branches)}
    # (kind, activity) -> the branches it counts for
    takers: dict[tuple[str, int], set[int]] = {}
    for activity_id, kind, branch_ids in facts.credits:
        takers.setdefault((kind, activity_id), set()).update(branch_at[pk] for pk in branch_ids)
    kinds = [kind.value for kind in KIND_LABELS]
    counts: list[dict[str, int]] = [dict.fromkeys(kinds, 0) for _ in facts.branches]
    again = dict.fromkeys(kinds, 0)
    above = dict.fromkeys(kinds, 0)
    for (kind, _), branches in takers.items():
        for index in branches:
            counts[index][kind] += 1
        again[kind] += max(len(branches) - 1, 0)
        above[kind] += not branches
    rows = tuple(
        BranchRow(pk, code, label, counts[index])
        for index, (pk, code, label) in enumerate(facts.branches)
    )
    differences = tuple(
        Difference(
            kind=kind,
            total=len(facts.by_kind[kind]),
            branch_sum=sum(row.counts[kind] for row in rows),
            counted_again=again[kind],
            above_branches=above[kind],
        )
        for kind in kinds
        if again[kind] or above[kind]
    )
    return rows, differences
