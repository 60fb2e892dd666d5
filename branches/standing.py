"""Rows of people as the pages show them: who, where, in what standing, with which posts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from branches.models import (
    COMMITTEE_TITLES,
    Member,
    Membership,
    Organization,
    Post,
    PostTitle,
    Standing,
)
from branches.querysets import stood_below
from branches.roster import posts_of, standing_on
from branches.xlsx import Cell


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as of a day; `posts` are labels in customary order."""

    member_id: int
    name: str
    organization: Organization
    standing: Standing | None
    posts: tuple[str, ...]


def person_rows(memberships: Iterable[Membership], *, on: dt.date) -> list[PersonRow]:
    """Rows of memberships loaded with member and organization, in the order given. One query."""
    memberships = list(memberships)
    held = posts_of([membership.member_id for membership in memberships], on=on)
    return [
        PersonRow(
            member_id=membership.member_id,
            name=membership.member.name,
            organization=membership.organization,
            standing=standing_on(membership.member, on),
            # Who is officer of the same kind at two levels has the title once.
            posts=tuple(
                dict.fromkeys(_post_label(title) for title, _ in held.get(membership.member_id, []))
            ),
        )
        for membership in memberships
    ]


def roster_cells(
    memberships: Iterable[Membership], *, on: dt.date
) -> tuple[list[tuple[str, int]], list[list[Cell]]]:
    """(heading, width) of each column, and the rows of the roster as a sheet.

    `memberships` come with member and organization. Two queries.
    """
    memberships = list(memberships)
    people = person_rows(memberships, on=on)
    columns = [
        (_("Name"), 12),
        (_("Gender"), 6),
        (_("Ethnic group"), 10),
        (_("Born in"), 10),
        (_("Party organization"), 24),
        (_("Code"), 12),
        (_("Standing"), 10),
        (_("Posts"), 24),
        (_("Admitted on"), 12),
        (_("Converted on"), 12),
        (_("Since"), 12),
    ]
    rows: list[list[Cell]] = [
        [
            person.name,
            one.member.gender,
            one.member.ethnicity,
            one.member.birth_month,
            one.organization.name,
            one.organization.code,
            str(person.standing.label) if person.standing else "",
            "、".join(person.posts),
            one.member.joined_on,
            one.member.converted_on,
            one.started_on,
        ]
        for one, person in zip(memberships, people, strict=True)
    ]
    return columns, rows


def belonging_rows(organization: Organization, *, on: dt.date, at_most: int) -> list[PersonRow]:
    """The first members of the organization and those below it that day, by name. Two queries."""
    return person_rows(
        Membership.objects.in_force(on)
        .filter(stood_below(organization, on=on), member__joined_on__lte=on)
        .select_related("member", "organization")
        .order_by("member__sort_key", "member__name", "member_id")[:at_most],
        on=on,
    )


def committee_rows(organization: Organization, *, on: dt.date) -> list[tuple[Member, str, dt.date]]:
    """(member, post, since) of everyone who holds a post in the organization itself on the day,
    the committee first, in customary order. One query.
    """
    order = list(PostTitle)
    posts = Post.objects.in_force(on).filter(organization=organization).select_related("member")
    return [
        (post.member, post.get_title_display(), post.started_on)
        for post in sorted(
            posts,
            key=lambda post: (
                post.title not in COMMITTEE_TITLES,
                order.index(PostTitle(post.title)),
                post.member.sort_key,
                post.pk,
            ),
        )
    ]


def _post_label(title: PostTitle) -> str:
    return str(title.label)
