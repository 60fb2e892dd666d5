"""The roster of some organizations in memory, for asking about many days at once.

It answers as `branches.roster` does, from three queries altogether instead of two or three a
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
    Post,
    StandingException,
)
from branches.querysets import under
from branches.roster import Expected, committee_among, expected_among

_MOST_PATHS = 100

_Dated = Membership | Post | StandingException


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
        paths = _topmost(organization.path for organization in organizations)
        memberships = Membership.objects.select_related("member", "organization")
        # A long chain of conditions costs more than reading the whole roster.
        if len(paths) <= _MOST_PATHS:
            memberships = memberships.filter(
                under(paths, "organization__path") | Q(member__in=holders)
            )
        self._of_organization: dict[str, list[Membership]] = defaultdict(list)
        self._of_member: dict[int, list[Membership]] = defaultdict(list)
        for membership in memberships:
            path = membership.organization.path
            # Under its own organization and each one above.
            for end in range(Organization.steplen, len(path) + 1, Organization.steplen):
                self._of_organization[path[:end]].append(membership)
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
            for membership in self._of_organization.get(organization.path, ())
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


def _topmost(paths: Iterable[str]) -> list[str]:
    """Of paths below one another the upper ones: a short condition for the database."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept
