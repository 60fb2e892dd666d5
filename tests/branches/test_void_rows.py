"""What was entered by mistake is kept, and nobody reads it as if it stood."""

import pytest
from django.db import IntegrityError, transaction

from branches.headcount import headcounts
from branches.models import Member, Membership, Post, Role, StandingException
from branches.roster import committee_expected, members_expected, posts_of
from branches.roster_book import RosterBook
from branches.standing import belonging_rows, committee_rows
from tests.factories import (
    DAY,
    LONG_AGO,
    make_member,
    make_membership,
    make_organization,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_no_reading_of_the_roster_finds_a_void_row() -> None:
    here, elsewhere = make_organization("D01"), make_organization("D02")
    member = make_member("甲一", here)
    limited = member.memberships.get()
    StandingException.objects.create(
        membership=limited,
        effect=StandingException.Effect.NOT_EXPECTED,
        started_on=LONG_AGO,
        reason="错录",
        is_void=True,
    )
    mistaken = make_member("乙二", elsewhere)
    make_post(mistaken, here)
    Post.objects.update(is_void=True)
    mistaken.memberships.update(is_void=True)

    book = RosterBook([here, elsewhere])
    for read in (members_expected, book.members_expected):
        assert [one.name for one in read([here, elsewhere], on=DAY)] == ["甲一"]
    for read in (committee_expected, book.committee_expected):
        assert read([here], on=DAY) == []
    assert posts_of([mistaken.pk], on=DAY) == {}
    assert committee_rows(here, on=DAY) == []
    assert belonging_rows(elsewhere, on=DAY, at_most=9) == []
    assert headcounts([elsewhere], on=DAY)[elsewhere.pk].total == 0
    assert not mistaken.posts.exists()
    assert not Member.objects.belonging_to(elsewhere, on=DAY).exists()


def test_a_void_membership_shows_a_member_to_nobody() -> None:
    here = make_organization("D01")
    user = make_user(role=Role.SECRETARY, organization=here)
    member = make_member("甲一", here)
    assert Member.objects.visible_to(user, on=DAY).exists()
    member.memberships.update(is_void=True)
    assert not Member.objects.visible_to(user, on=DAY).exists()


def test_somebody_entered_by_mistake_shows_to_those_who_saw_them_and_frees_the_name() -> None:
    here, elsewhere = make_organization("D01"), make_organization("D02")
    member = make_member("甲一", here)
    member.memberships.update(is_void=True)
    Member.objects.update(is_void=True)
    seen = {
        one.code: list(
            Member.with_void.visible_to(
                make_user(one.code, role=Role.SECRETARY, organization=one), on=DAY
            )
        )
        for one in (here, elsewhere)
    }
    assert seen == {"D01": [member], "D02": []}
    assert make_member("甲一", here) != member


def test_a_void_open_membership_leaves_room_for_the_right_one() -> None:
    here = make_organization("D01")
    member = make_member("甲一", here)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_membership(member, here, since=DAY)
    member.memberships.update(is_void=True)
    right = make_membership(member, here, since=DAY)
    assert list(Membership.objects.all()) == [right]


def test_a_void_post_leaves_room_for_the_same_post() -> None:
    here = make_organization("D01")
    member = make_member("甲一", here)
    make_post(member, here)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(member, here)
    Post.objects.update(is_void=True)
    right = make_post(member, here)
    assert list(member.posts.all()) == [right]
