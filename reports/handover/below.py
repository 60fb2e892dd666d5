"""What is open below a committee or a general branch, summed up by organization."""

from collections import Counter
from collections.abc import Iterable

from branches.models import Organization, OrganizationKind, Term
from branches.upkeep import Upkeep
from reports.handover.values import OPEN, Below, is_above


def sum_up_below(
    organization: Organization,
    standing: Iterable[Organization],
    terms: dict[int, Term],
    upkeep: Upkeep,
    held: dict[tuple[str, str], int],
    problems: dict[str, int],
) -> tuple[Below, ...]:
    """The organizations below, each with what is open in it and in its groups. No query."""
    if not is_above(organization):
        return ()
    rows = [
        one for one in standing if one.pk != organization.pk and one.kind != OrganizationKind.GROUP
    ]
    paths = {one.path for one in rows}

    def home(path: str) -> str:
        """The nearest of the rows at or above the path; "" for none."""
        while path and path not in paths:
            path = path[: -Organization.steplen]
        return path

    records: Counter[tuple[str, str]] = Counter()
    for (path, status), number in held.items():
        records[home(path), status] += number
    rectifications: Counter[str] = Counter()
    for path, number in problems.items():
        rectifications[home(path)] += number
    conversions = Counter(home(one.organization.path) for one in upkeep.conversions)
    return tuple(
        Below(
            organization=one,
            term=terms.get(one.pk),
            records={status.value: records[one.path, status.value] for status in OPEN},
            rectifications=rectifications[one.path],
            conversions=conversions[one.path],
        )
        for one in rows
    )
