"""How many members each organization has as of a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from branches.models import Membership, Organization
from branches.querysets import under


@dataclass(frozen=True, slots=True)
class Headcount:
    """Members of an organization and of those below it: persons."""

    full: int = 0
    probationary: int = 0

    @property
    def total(self) -> int:
        return self.full + self.probationary


def headcounts(organizations: Iterable[Organization], *, on: dt.date) -> dict[int, Headcount]:
    """Head count by organization id, members of organizations below included. One query."""
    organizations = list(organizations)
    tops: list[str] = []
    for path in sorted(organization.path for organization in organizations):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    is_full = Q(member__is_conversion_date_unknown=True) | Q(member__converted_on__lte=on)
    own = list(
        Membership.objects.in_force(on)
        .filter(under(tops, "organization__path"), member__joined_on__lte=on)
        .order_by()
        .values_list("organization__path")
        .annotate(
            full=Count("member", filter=is_full, distinct=True),
            everyone=Count("member", distinct=True),
        )
    )
    sums: dict[str, list[int]] = {organization.path: [0, 0] for organization in organizations}
    step = Organization.steplen
    for path, full, everyone in own:
        for end in range(step, len(path) + 1, step):
            if path[:end] in sums:
                sums[path[:end]][0] += full
                sums[path[:end]][1] += everyone - full
    return {organization.pk: Headcount(*sums[organization.path]) for organization in organizations}
