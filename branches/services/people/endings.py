"""How a membership ends, and what ends with it."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.effects import Effects
from branches.models import Membership, Organization, StandingException
from branches.services.people.entry import refusal
from branches.services.people.life import Life, branch_path, end_of, is_within


def end_membership(
    effects: Effects, life: Life, *, on: dt.date, moving_to: Organization | None = None
) -> Membership:
    """End the open membership and the posts that need it; `moving_to` is where the next begins.

    Refused when there is no open membership, when it begins on the day or later, or when a post
    or an exception that would end begins on the day or later.
    """
    membership = life.last
    if membership is None or membership.ended_on is not None:
        raise refusal("happened_on", _("The member belongs to no organization now."))
    if on <= membership.started_on:
        raise refusal(
            "happened_on",
            _("The member belongs here since %(day)s. Choose a later day."),
            day=date_format(membership.started_on),
        )
    for post in life.posts:
        stays = moving_to is not None and is_within(moving_to, post.organization)
        if stays or end_of(post) <= on:
            continue
        if post.started_on >= on:
            raise refusal(
                "happened_on",
                _("The post %(post)s begins on %(day)s. Undo that entry first."),
                post=post.get_title_display(),
                day=date_format(post.started_on),
            )
        effects.change(post, ended_on=on)
    for exception in life.exceptions:
        if end_of(exception) > on:
            _end_exception(effects, exception, on=on, moves=_moves(exception, moving_to))
    effects.change(membership, ended_on=on)
    return membership


def carry_exceptions(
    effects: Effects, exceptions: list[StandingException], *, to: Membership, on: dt.date
) -> None:
    """Go on with exceptions in the new membership.

    `exceptions` are those of the old one as they were before it ended. Without voting right is a
    measure against the person and goes with them; not expected is a decision of the branch and
    holds within it.
    """
    for one in exceptions:
        if end_of(one) > on and _moves(one, to.organization):
            effects.create(
                StandingException(
                    membership=to,
                    effect=one.effect,
                    started_on=max(one.started_on, on),
                    ended_on=one.ended_on,
                    reason=one.reason,
                )
            )


def goes_along(effect: str, old: Organization, new: Organization) -> bool:
    """Whether an exception goes on when the member moves from one organization to the other."""
    if effect == StandingException.Effect.NOT_VOTING:
        return True
    return branch_path(old) == branch_path(new)


def _moves(exception: StandingException, moving_to: Organization | None) -> bool:
    return moving_to is not None and goes_along(
        exception.effect, exception.membership.organization, moving_to
    )


def _end_exception(
    effects: Effects, exception: StandingException, *, on: dt.date, moves: bool
) -> None:
    if exception.started_on < on:
        effects.change(exception, ended_on=on)
    elif moves:
        effects.change(exception, is_void=True)  # it stands in the new membership instead
    else:
        raise refusal(
            "happened_on",
            _("“%(effect)s” begins on %(day)s. Undo that entry first."),
            effect=exception.get_effect_display(),
            day=date_format(exception.started_on),
        )
