"""The roster as of a day: who belonged where, in what standing, and who was expected.

Rule 3 of the counting rules: expected, standing and voting right are those of the day of the
activity, never of today. Selectors run a fixed number of queries and return frozen values.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from branches.models import (
    COMMITTEE_TITLES,
    Member,
    Membership,
    Organization,
    Placement,
    Post,
    PostTitle,
    Standing,
    StandingException,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A person expected at an activity, as of its day."""

    member_id: int
    name: str
    sort_key: str
    organization_id: int
    standing: Standing
    has_vote: bool


def standing_on(member: Member, day: dt.date) -> Standing | None:
    """Standing of the member on the day; None before admission (Party Constitution §7)."""
    if member.joined_on > day:
        return None
    if member.is_conversion_date_unknown:
        return Standing.FULL
    if member.converted_on is not None and member.converted_on <= day:
        return Standing.FULL
    return Standing.PROBATIONARY


def members_expected(organizations: Iterable[Organization], *, on: dt.date) -> list[Expected]:
    """Members of the organizations and those below them that day who are expected on it.

    Left out are those not yet admitted and those under an exception "not expected". Sorted by
    the sort key. Two queries.
    """
    memberships = list(
        Membership.objects.in_force(on)
        .filter(organization__in=Placement.objects.below(organizations, on=on))
        .select_related("member")
    )
    return expected_among(memberships, _effects(memberships, on=on), on=on)


def committee_expected(organizations: Iterable[Organization], *, on: dt.date) -> list[Expected]:
    """Holders of committee posts in the organizations themselves on the day.

    Their organization is the one they belong to that day, or else that of the post. Three
    queries.
    """
    posts, memberships = _committees(organizations, on=on)
    return committee_among(posts, memberships, _effects(memberships, on=on), on=on)


def seats_of(organizations: Iterable[Organization], *, on: dt.date) -> dict[int, set[int]]:
    """Organization id → members of its committee who are expected on the day.

    As `committee_expected` of each organization alone, in three queries altogether.
    """
    posts, memberships = _committees(organizations, on=on)
    effects = _effects(memberships, on=on)
    expected = {one.member_id for one in committee_among(posts, memberships, effects, on=on)}
    seats: dict[int, set[int]] = defaultdict(set)
    for post in posts:
        if post.member_id in expected:
            seats[post.organization_id].add(post.member_id)
    return seats


def posts_of(
    member_ids: Iterable[int], *, on: dt.date
) -> dict[int, list[tuple[PostTitle, Organization]]]:
    """Posts held on the day by each of the members, in customary order. One query."""
    order = list(PostTitle)
    held: dict[int, list[tuple[PostTitle, Organization]]] = defaultdict(list)
    for post in (
        Post.objects.in_force(on).filter(member__in=list(member_ids)).select_related("organization")
    ):
        held[post.member_id].append((PostTitle(post.title), post.organization))
    for posts in held.values():
        posts.sort(key=lambda one: order.index(one[0]))
    return dict(held)


def expected_among(
    memberships: Iterable[Membership], effects: Mapping[int, Set[str]], *, on: dt.date
) -> list[Expected]:
    """Who of the memberships in force on the day is expected, sorted by the sort key.

    `effects` are the exceptions in force, by membership id. No query, provided the members
    came with the memberships.
    """
    found = {}
    for membership in memberships:
        standing = standing_on(membership.member, on)
        limits = effects.get(membership.pk, frozenset())
        if standing is None or StandingException.Effect.NOT_EXPECTED in limits:
            continue
        found[membership.member_id] = Expected(
            member_id=membership.member_id,
            name=membership.member.name,
            sort_key=membership.member.sort_key,
            organization_id=membership.organization_id,
            standing=standing,
            has_vote=(
                standing == Standing.FULL and StandingException.Effect.NOT_VOTING not in limits
            ),
        )
    return _sorted(found.values())


def committee_among(
    posts: Iterable[Post],
    memberships: Iterable[Membership],
    effects: Mapping[int, Set[str]],
    *,
    on: dt.date,
) -> list[Expected]:
    """The holders of the posts, with what their own memberships on the day say of them.

    A holder who belongs nowhere that day stands under the organization of the post. No query,
    as in `expected_among`.
    """
    memberships = list(memberships)
    belonging = {membership.member_id for membership in memberships}
    strangers = {
        post.member_id: Expected(
            member_id=post.member_id,
            name=post.member.name,
            sort_key=post.member.sort_key,
            organization_id=post.organization_id,
            standing=standing,
            has_vote=standing == Standing.FULL,
        )
        for post in posts
        if post.member_id not in belonging
        and (standing := standing_on(post.member, on)) is not None
    }
    return _sorted([*expected_among(memberships, effects, on=on), *strangers.values()])


def _committees(
    organizations: Iterable[Organization], *, on: dt.date
) -> tuple[list[Post], list[Membership]]:
    """The committee posts of the organizations and where their holders belong on the day."""
    posts = list(
        Post.objects.in_force(on)
        .filter(organization__in=list(organizations), title__in=COMMITTEE_TITLES)
        .select_related("member")
    )
    memberships = list(
        Membership.objects.in_force(on)
        .filter(member__in={post.member_id for post in posts})
        .select_related("member")
    )
    return posts, memberships


def _effects(memberships: list[Membership], *, on: dt.date) -> dict[int, set[str]]:
    effects: dict[int, set[str]] = defaultdict(set)
    for membership_id, effect in (
        StandingException.objects.in_force(on)
        .filter(membership__in=memberships)
        .values_list("membership_id", "effect")
    ):
        effects[membership_id].add(effect)
    return effects


def _sorted(people: Iterable[Expected]) -> list[Expected]:
    return sorted(people, key=lambda person: (person.sort_key, person.name, person.member_id))
