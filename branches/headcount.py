"""How many members each organization has as of a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from branches.models import Membership, Organization
from branches.querysets import stood_below_one_of


@dataclass(frozen=True, slots=True)
class Headcount:
    """Members of an organization and of those below it: persons."""

    full: int = 0
    probationary: int = 0

    @property
    def total(self) -> int:
        return self.full + self.probationary


def headcounts(organizations: Iterable[Organization], *, on: dt.date) -> dict[int, Headcount]:
    """Head count by organization id, those below on the day included. One query."""
    organizations = list(organizations)
    is_full = Q(member__is_conversion_date_unknown=True) | Q(member__converted_on__lte=on)
    counted = {
        pk: Headcount(full, everyone - full)
        for pk, full, everyone in Membership.objects.in_force(on)
        .filter(stood_below_one_of(organizations, on=on), member__joined_on__lte=on)
        .order_by()
        .values_list("organization__placements__ancestor")
        .annotate(
            full=Count("member", filter=is_full, distinct=True),
            everyone=Count("member", distinct=True),
        )
    }
    return {one.pk: counted.get(one.pk, Headcount()) for one in organizations}
