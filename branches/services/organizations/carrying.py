"""Members and posts that pass from one organization to another on a day."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Q

from branches.effects import Effects
from branches.models import Member, Membership, Organization, Post, StandingException


def carry_memberships(
    memberships: Iterable[Membership], to: Organization, *, on: dt.date, effects: Effects
) -> None:
    """End each membership on the day and let it go on in the other organization.

    What is said of the member for a time (not expected, not voting) goes on with it. One that
    began on the day or later belongs to the other organization from its first day.
    """
    for membership in memberships:
        if membership.started_on >= on:
            effects.change(membership, organization=to)
            continue
        until = membership.ended_on
        effects.change(membership, ended_on=on)
        carried = effects.create(
            Membership(
                member_id=membership.member_id, organization=to, started_on=on, ended_on=until
            )
        )
        for exception in membership.exceptions.filter(_goes_beyond(on)):
            if exception.started_on >= on:
                effects.change(exception, membership=carried)
                continue
            end = exception.ended_on
            effects.change(exception, ended_on=on)
            effects.create(
                StandingException(
                    membership=carried,
                    effect=exception.effect,
                    started_on=on,
                    ended_on=end,
                    reason=exception.reason,
                )
            )


def end_posts(
    organization: Organization,
    *,
    on: dt.date,
    effects: Effects,
    members: Collection[Member] | None = None,
    carried: Collection[Post] = (),
    to: Organization | None = None,
) -> None:
    """End the posts held in the organization (by the members, or by all) on the day.

    Those `carried` go on in the organization `to`. A post that would have begun on the day or
    later never began here.
    """
    posts = organization.posts.filter(_goes_beyond(on))
    if members is not None:
        posts = posts.filter(member__in=members)
    kept = {post.pk for post in carried}
    for post in posts:
        goes_on = to if post.pk in kept else None
        if post.started_on >= on:
            effects.change(post, **({"organization": goes_on} if goes_on else {"is_void": True}))
            continue
        until = post.ended_on
        effects.change(post, ended_on=on)
        if goes_on:
            effects.create(
                Post(
                    member_id=post.member_id,
                    organization=goes_on,
                    title=post.title,
                    started_on=on,
                    ended_on=until,
                )
            )


def _goes_beyond(on: dt.date) -> Q:
    return Q(ended_on__isnull=True) | Q(ended_on__gt=on)
