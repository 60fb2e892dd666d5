"""A member's periods in memory: what holds on a day, and what would contradict what."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.models import (
    Member,
    Membership,
    Organization,
    OrganizationKind,
    Post,
    PostTitle,
    Standing,
    StandingException,
)
from branches.roster import standing_on

NEVER = dt.date.max

# Held by one person at a time in one organization (机关条例 §9); of the others there may be more.
SINGLE_TITLES = frozenset({PostTitle.SECRETARY, PostTitle.GROUP_LEADER})

Period = Membership | Post | StandingException


def end_of(period: Period) -> dt.date:
    """The first day after the period; `NEVER` for one that is open."""
    return period.ended_on or NEVER


def overlap(period: Period, start: dt.date, end: dt.date) -> bool:
    """Whether the period shares a day with `[start, end)`."""
    return period.started_on < end and start < end_of(period)


def is_within(organization: Organization, upper: Organization) -> bool:
    """Whether the organization is the upper one or stands below it."""
    return organization.path.startswith(upper.path)


def branch_path(organization: Organization) -> str:
    """The path of the branch: its own, or of a Party group that of the branch above it."""
    if organization.kind == OrganizationKind.GROUP:
        return organization.path[: -Organization.steplen]
    return organization.path


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What must not be: a code, the row it is about, and the words for it."""

    code: str
    pk: int
    text: str


class Life:
    """All periods of one member, in order. Three queries."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.memberships: list[Membership] = list(
            member.memberships.select_related("organization").order_by("started_on", "pk")
        )
        self.posts: list[Post] = list(
            member.posts.select_related("organization").order_by("started_on", "pk")
        )
        self.exceptions: list[StandingException] = list(
            StandingException.objects.filter(membership__member=member, membership__is_void=False)
            .select_related("membership__organization")
            .order_by("started_on", "pk")
        )

    @property
    def last(self) -> Membership | None:
        """The latest membership, whether it is open or not."""
        return self.memberships[-1] if self.memberships else None

    def membership_on(self, day: dt.date) -> Membership | None:
        """The membership that holds on the day."""
        return next(
            (one for one in self.memberships if one.started_on <= day < end_of(one)),
            None,
        )

    def from_membership(self, first: Membership) -> Iterator[Membership]:
        """The membership and those that follow it without a gap."""
        day = first.started_on
        for one in self.memberships[self.memberships.index(first) :]:
            if one.started_on != day:
                return
            yield one
            day = end_of(one)

    def is_covered(self, organization: Organization, start: dt.date, end: dt.date) -> bool:
        """Whether the member belongs at or below the organization on all days of the period."""
        day = start
        for one in self.memberships:
            if is_within(one.organization, organization) and one.started_on <= day < end_of(one):
                day = end_of(one)
        return day >= end

    def contradictions(self) -> dict[tuple[str, int], Contradiction]:
        """Everything in the periods that cannot be, by code and row. One more query when the
        member holds a post that only one person can hold."""
        found = [*self._of_memberships(), *self._of_posts(), *self._of_exceptions()]
        return {(one.code, one.pk): one for one in found}

    def _of_memberships(self) -> Iterator[Contradiction]:
        for before, after in zip(self.memberships, self.memberships[1:], strict=False):
            if end_of(before) > after.started_on:
                yield Contradiction("belongs twice", after.pk, _("Two memberships overlap."))
        for one in self.memberships:
            if one.started_on < self.member.joined_on:
                yield Contradiction(
                    "before admission", one.pk, _("A membership begins before the admission.")
                )

    def _of_posts(self) -> Iterator[Contradiction]:
        for number, post in enumerate(self.posts):
            words = {"post": post.get_title_display(), "day": date_format(post.started_on)}
            if standing_on(self.member, post.started_on) != Standing.FULL:
                yield Contradiction(
                    "post without standing",
                    post.pk,
                    _("The post %(post)s began on %(day)s, before the conversion.") % words,
                )
            if not self.is_covered(post.organization, post.started_on, end_of(post)):
                yield Contradiction(
                    "post elsewhere",
                    post.pk,
                    _("The post %(post)s, begun on %(day)s, needs the membership.") % words,
                )
            if any(
                (other.organization_id, other.title) == (post.organization_id, post.title)
                and overlap(other, post.started_on, end_of(post))
                for other in self.posts[:number]
            ):
                yield Contradiction(
                    "post twice", post.pk, _("The post %(post)s would stand twice.") % words
                )
            if post.title in SINGLE_TITLES and others_in_post(post):
                yield Contradiction(
                    "post taken",
                    post.pk,
                    _("Somebody else holds the post %(post)s in that time.") % words,
                )

    def _of_exceptions(self) -> Iterator[Contradiction]:
        for number, one in enumerate(self.exceptions):
            words = {"effect": one.get_effect_display(), "day": date_format(one.started_on)}
            if one.started_on < one.membership.started_on or end_of(one) > end_of(one.membership):
                yield Contradiction(
                    "exception without membership",
                    one.pk,
                    _("“%(effect)s” from %(day)s on needs the membership.") % words,
                )
            if any(
                other.effect == one.effect and overlap(other, one.started_on, end_of(one))
                for other in self.exceptions[:number]
            ):
                yield Contradiction(
                    "exception twice", one.pk, _("“%(effect)s” would stand twice.") % words
                )


def others_in_post(post: Post) -> list[Post]:
    """Posts of the same title and organization that others hold in the time. One query."""
    return [
        other
        for other in Post.objects.filter(organization=post.organization, title=post.title)
        .exclude(member=post.member_id)
        .select_related("member")
        if overlap(other, post.started_on, end_of(post))
    ]
