"""The roster of some organizations in memory, for asking about many days at once.

It answers as `branches.roster` does, from four queries altogether instead of two or three a
question: an import of ten thousand activities asks ten thousand times.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from branches.models import (
    COMMITTEE_TITLES,
    Membership,
    Organization,
    Placement,
    Post,
    StandingException,
)
from branches.roster import Expected, committee_among, expected_among

_MOST_ORGANIZATIONS = 100

_Dated = Membership | Placement | Post | StandingException


class RosterBook:
    """Memberships, exceptions and committee posts of organizations and those below them."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        organizations = list(organizations)
        self._posts: dict[int, list[Post]] = defaultdict(list)
        for post in Post.objects.filter(
            organization__in=organizations, title__in=COMMITTEE_TITLES
        ).select_related("member"):
            self._posts[post.organization_id].append(post)
        holders = {post.member_id for posts in self._posts.values() for post in posts}
        memberships = Membership.objects.select_related("member")
        # A long list of keys costs more than reading the whole roster.
        if len(organizations) <= _MOST_ORGANIZATIONS:
            below = Placement.objects.filter(ancestor__in=organizations).values("organization")
            memberships = memberships.filter(Q(organization__in=below) | Q(member__in=holders))
        # What stood at or below each of the organizations, and when.
        self._places: dict[int, list[Placement]] = defaultdict(list)
        for placement in Placement.objects.filter(ancestor__in=organizations):
            self._places[placement.ancestor_id].append(placement)
        self._of_organization: dict[int, list[Membership]] = defaultdict(list)
        self._of_member: dict[int, list[Membership]] = defaultdict(list)
        for membership in memberships:
            self._of_organization[membership.organization_id].append(membership)
            self._of_member[membership.member_id].append(membership)
        self._exceptions: dict[int, list[StandingException]] = defaultdict(list)
        for exception in StandingException.objects.filter(
            membership__organization__in={one.organization_id for one in memberships}
        ):
            self._exceptions[exception.membership_id].append(exception)

    def members_expected(
        self, organizations: Iterable[Organization], *, on: dt.date
    ) -> list[Expected]:
        """As `branches.roster.members_expected`."""
        found = {
            membership.pk: membership
            for organization in organizations
            for placement in self._places.get(organization.pk, ())
            if _is_in_force(placement, on)
            for membership in self._of_organization.get(placement.organization_id, ())
            if _is_in_force(membership, on)
        }
        return expected_among(found.values(), self._effects(found, on), on=on)

    def committee_expected(
        self, organizations: Iterable[Organization], *, on: dt.date
    ) -> list[Expected]:
        """As `branches.roster.committee_expected`."""
        posts = [
            post
            for organization in organizations
            for post in self._posts.get(organization.pk, ())
            if _is_in_force(post, on)
        ]
        found = {
            membership.pk: membership
            for member_id in {post.member_id for post in posts}
            for membership in self._of_member.get(member_id, ())
            if _is_in_force(membership, on)
        }
        return committee_among(posts, found.values(), self._effects(found, on), on=on)

    def _effects(self, membership_ids: Iterable[int], on: dt.date) -> dict[int, set[str]]:
        return {
            pk: {one.effect for one in self._exceptions[pk] if _is_in_force(one, on)}
            for pk in membership_ids
            if pk in self._exceptions
        }


def _is_in_force(row: _Dated, on: dt.date) -> bool:
    return row.started_on <= on and (row.ended_on is None or row.ended_on > on)
