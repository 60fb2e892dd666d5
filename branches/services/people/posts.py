"""Posts: begun, ended, and a whole committee at an election."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.audit import act
from branches.models import (
    Member,
    MemberEvent,
    MemberEventKind,
    Organization,
    Post,
    PostTitle,
    Standing,
)
from branches.roster import standing_on
from branches.services.people.entry import deed_on, refusal
from branches.services.people.life import (
    NEVER,
    SINGLE_TITLES,
    Life,
    end_of,
    others_in_post,
    overlap,
)
from branches.services.people.places import require_open, titles_of


def begin_post(
    member: Member,
    *,
    organization: Organization,
    title: PostTitle,
    happened_on: dt.date,
    user: Any,
    until: dt.date | None = None,
    reason: str = "",
    note: str = "",
) -> MemberEvent:
    """A post from the day on, up to and not including `until`; open without it.

    Refused unless the organization has such a post and was open, the member is a full member
    (a probationary one cannot be elected, Party Constitution §7) who belongs there for the whole
    time, and the post is free.
    """
    if title not in titles_of(organization):
        raise refusal("title", _("There is no such post in this organization."))
    require_open(organization, on=happened_on)
    if until is not None and until <= happened_on:
        raise refusal("until", _("The end is later than the beginning."))
    with deed_on("member.begin_post", member, user=user) as deed:
        # Two acts on one organization wait for each other: a post that one person holds.
        Organization.objects.select_for_update().get(pk=organization.pk)
        post = Post(
            member=deed.member,
            organization=organization,
            title=title,
            started_on=happened_on,
            ended_on=until,
        )
        _require_eligible(deed.life, post)
        _require_free(deed.life, post)
        deed.effects.create(post)
        return deed.write(
            MemberEventKind.POST_BEGAN,
            happened_on=happened_on,
            organization=organization,
            reason=reason,
            note=note,
        )


def end_post(
    post: Post, *, happened_on: dt.date, user: Any, reason: str = "", note: str = ""
) -> MemberEvent:
    """The post is held up to, not including, the day."""
    with deed_on("member.end_post", post.member, user=user) as deed:
        current = next((one for one in deed.life.posts if one.pk == post.pk), None)
        if current is None:
            raise refusal("happened_on", _("This entry was undone in the meantime."))
        if happened_on <= current.started_on:
            raise refusal(
                "happened_on",
                _("It began on %(day)s. Choose a later day, or undo the entry."),
                day=date_format(current.started_on),
            )
        if happened_on >= end_of(current):
            raise refusal(
                "happened_on",
                _("It ended on %(day)s already. Choose an earlier day."),
                day=date_format(end_of(current)),
            )
        deed.effects.change(current, ended_on=happened_on)
        return deed.write(
            MemberEventKind.POST_ENDED,
            happened_on=happened_on,
            organization=current.organization,
            reason=reason,
            note=note,
        )


def hold_election(
    organization: Organization,
    *,
    happened_on: dt.date,
    holders: Sequence[tuple[PostTitle, Member]],
    user: Any,
    note: str = "",
) -> list[MemberEvent]:
    """From the day on these hold the posts of the organization, and nobody else.

    Posts that go on are left alone; the others end, the new ones begin, one entry for each. The
    messages name the member they are about. All or nothing.
    """
    wanted = {(title, member.pk): member for title, member in holders}
    with act("organization.election", subject=organization, organization=organization, user=user):
        standing = list(
            Post.objects.select_for_update(of=("self",))
            .in_force(happened_on)
            .filter(organization=organization)
            .select_related("member")
            .order_by("pk")
        )
        goes_on = {(PostTitle(post.title), post.member_id) for post in standing}
        written = []
        for post in standing:
            if (post.title, post.member_id) not in wanted:
                written.append(
                    _named(
                        post.member, end_post, post, happened_on=happened_on, user=user, note=note
                    )
                )
        for (title, _pk), member in wanted.items():
            if (title, member.pk) not in goes_on:
                written.append(
                    _named(
                        member,
                        begin_post,
                        member,
                        organization=organization,
                        title=title,
                        happened_on=happened_on,
                        user=user,
                        note=note,
                    )
                )
        return written


def _named(member: Member, act: Any, *arguments: Any, **more: Any) -> MemberEvent:
    """Run the act; a refusal becomes one of the whole form that names the member."""
    try:
        event: MemberEvent = act(*arguments, **more)
    except ValidationError as refused:
        raise ValidationError(
            [
                _("%(name)s: %(message)s") % {"name": member.name, "message": message}
                for message in refused.messages
            ]
        ) from refused
    return event


def _require_eligible(life: Life, post: Post) -> None:
    if standing_on(life.member, post.started_on) != Standing.FULL:
        raise refusal("happened_on", _("Only a full member can hold a post on that day."))
    if not life.is_covered(post.organization, post.started_on, end_of(post)):
        raise refusal(
            "organization",
            _(
                "The member does not belong to this organization for the whole time. Enter the end "
                "of the post, or another day."
            ),
        )


def _require_free(life: Life, post: Post) -> None:
    for own in life.posts:
        is_same = (own.organization_id, own.title) == (post.organization_id, post.title)
        if is_same and overlap(own, post.started_on, post.ended_on or NEVER):
            raise refusal("title", _("The member holds this post in that time already."))
    others = others_in_post(post) if post.title in SINGLE_TITLES else []
    if others:
        raise refusal(
            "title",
            _("%(name)s holds this post in that time. End it first."),
            name=others[0].member.name,
        )
