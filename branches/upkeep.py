"""What the organizations of a user ask for: re-elections, conversions, committees, sizes.

Every list is read as of a day, in a fixed number of queries whatever the number of organizations.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from branches.headcount import headcounts
from branches.models import (
    COMMITTEE_TITLES,
    Member,
    Membership,
    Organization,
    OrganizationKind,
    Post,
    Term,
)
from branches.probation import probation_over_on
from branches.services.organizations.terms import YEARS_OF_TERM

# 支部条例: the superior reminds a branch six months before its term ends.
REMINDER = dt.timedelta(days=183)
# A general meeting has to be called in time: conversions show two months ahead.
CONVERSION_AHEAD = dt.timedelta(days=61)
# 支部条例 §4 and §10, 机关条例 §7: at least three full members; a committee from seven on, of three
# to five people; generally not above fifty.
FEWEST_MEMBERS, MOST_MEMBERS = 3, 50
COMMITTEE_FROM, FEWEST_SEATS = 7, 3


@dataclass(frozen=True, slots=True)
class ElectionDue:
    """A re-election that is due soon, or overdue; `term` is None where none is on record."""

    organization: Organization
    term: Term | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ConversionDue:
    """Somebody whose probation is over on the day, or was before."""

    member: Member
    organization: Organization
    due_on: dt.date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class SizeRemark:
    """A branch with its number of full members."""

    organization: Organization
    full: int


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Everything that is to be seen to, most urgent first."""

    elections: tuple[ElectionDue, ...]
    without_term: tuple[ElectionDue, ...]
    conversions: tuple[ConversionDue, ...]
    without_committee: tuple[SizeRemark, ...]
    too_small: tuple[SizeRemark, ...]
    too_large: tuple[SizeRemark, ...]

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return sum(len(getattr(self, name)) for name in self.__slots__)

    def __bool__(self) -> bool:
        return self.total > 0


def upkeep_of(organizations: Iterable[Organization], *, on: dt.date) -> Upkeep:
    """What these organizations ask for. Four queries beside the one that loads them."""
    standing = [
        one
        for one in organizations
        if not (one.founded_on and one.founded_on > on)
        and not (one.closed_on and one.closed_on <= on)
    ]
    terms = {
        term.organization_id: term
        for term in Term.objects.filter(organization__in=standing, ended_on=None)
    }
    seats = dict(
        Post.objects.in_force(on)
        .filter(organization__in=standing, title__in=COMMITTEE_TITLES)
        .order_by()
        .values_list("organization")
        .annotate(Count("member", distinct=True))
    )
    due = [
        ElectionDue(one, terms[one.pk], terms[one.pk].due_on < on)
        for one in sorted(
            (one for one in standing if one.pk in terms),
            key=lambda one: (terms[one.pk].due_on, one.path),
        )
        if terms[one.pk].due_on <= on + REMINDER
    ]
    branches = [one for one in standing if one.kind == OrganizationKind.BRANCH]
    counts = headcounts(branches, on=on)
    sizes = [SizeRemark(one, counts[one.pk].full) for one in branches]
    return Upkeep(
        elections=tuple(due),
        without_term=tuple(
            ElectionDue(one, None, is_overdue=False)
            for one in standing
            if one.kind in YEARS_OF_TERM and one.pk not in terms and seats.get(one.pk)
        ),
        conversions=tuple(_conversions(standing, on=on)),
        without_committee=tuple(
            one
            for one in sizes
            if one.full >= COMMITTEE_FROM and seats.get(one.organization.pk, 0) < FEWEST_SEATS
        ),
        too_small=tuple(one for one in sizes if one.full < FEWEST_MEMBERS),
        too_large=tuple(one for one in sizes if one.full > MOST_MEMBERS),
    )


def _conversions(organizations: Iterable[Organization], *, on: dt.date) -> list[ConversionDue]:
    found = [
        ConversionDue(membership.member, membership.organization, due_on, due_on < on)
        for membership in Membership.objects.in_force(on)
        .filter(
            Q(member__converted_on=None) | Q(member__converted_on__gt=on),
            organization__in=list(organizations),
            member__joined_on__lte=on,
            member__is_conversion_date_unknown=False,
        )
        .select_related("member", "organization")
        if (due_on := probation_over_on(membership.member)) <= on + CONVERSION_AHEAD
    ]
    return sorted(found, key=lambda row: (row.due_on, row.member.sort_key, row.member.pk))
