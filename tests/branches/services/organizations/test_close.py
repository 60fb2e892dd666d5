"""Merging and dissolving: nobody is lost on the way, and it can be put back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from branches.models import Member, Post, PostTitle, StandingException
from branches.roster import members_expected
from branches.services.organizations import begin_term, dissolve, merge, rename, undo_event
from tests.branches.services.organizations.conftest import Bureau
from tests.factories import LONG_AGO, make_member, make_membership, make_post

pytestmark = pytest.mark.django_db

JUNE = dt.date(2025, 6, 1)
MAY = dt.date(2025, 5, 31)


@pytest.fixture
def member(bureau: Bureau) -> Member:
    """The secretary of the first branch, not voting."""
    member = make_member("甲一", bureau.first)
    make_post(member, bureau.first)
    StandingException.objects.create(
        membership=member.memberships.get(),
        effect=StandingException.Effect.NOT_VOTING,
        started_on=LONG_AGO,
        reason="留党察看",
    )
    return member


def _posts(member: Member) -> list[tuple[str, dt.date | None]]:
    return [(one.organization.code, one.ended_on) for one in member.posts.all()]


def test_members_groups_and_chosen_posts_pass_to_the_other(bureau: Bureau, member: Member) -> None:
    deputy = make_member("乙二", bureau.first)
    make_post(deputy, bureau.first, PostTitle.DEPUTY_SECRETARY)
    begin_term(bureau.first, number=3, on=dt.date(2024, 1, 5), user=bureau.admin)

    event = merge(
        bureau.first,
        bureau.second,
        posts=Post.objects.filter(member=deputy),
        on=JUNE,
        user=bureau.admin,
    )

    assert [one.member_id for one in members_expected([bureau.first], on=MAY)] == [
        deputy.pk,
        member.pk,
    ]
    assert members_expected([bureau.first], on=JUNE) == []
    there = members_expected([bureau.second], on=JUNE)
    assert {one.name: one.has_vote for one in there} == {"乙二": True, "甲一": False}
    assert _posts(member) == [("D01", JUNE)]
    assert _posts(deputy) == [("D01", JUNE), ("D02", None)]
    assert bureau.above(bureau.group, MAY)[0] == "D01"
    assert bureau.above(bureau.group, JUNE)[0] == "D02"
    assert bureau.above_in_tree(bureau.group) == ["D02", "D00"]
    bureau.first.refresh_from_db()
    assert bureau.first.closed_on == JUNE
    assert bureau.first.terms.get().ended_on == JUNE
    assert set(event.members.all()) == {member, deputy}


def test_a_merger_is_undone_whole(bureau: Bureau, member: Member) -> None:
    event = merge(bureau.first, bureau.second, on=JUNE, user=bureau.admin)
    undo_event(event, on=JUNE, user=bureau.admin, reason="录入错误")

    bureau.first.refresh_from_db()
    assert bureau.first.closed_on is None
    assert [one.organization.code for one in member.memberships.all()] == ["D01"]
    assert _posts(member) == [("D01", None)]
    assert bureau.above_in_tree(bureau.group) == ["D01", "D00"]
    assert [one.has_vote for one in members_expected([bureau.first], on=JUNE)] == [False]


def test_a_merger_on_which_a_later_entry_builds_is_not_undone(
    bureau: Bureau, member: Member
) -> None:
    event = merge(bureau.first, bureau.second, on=JUNE, user=bureau.admin)
    gone = member.memberships.get(ended_on=None)
    gone.ended_on = dt.date(2025, 9, 1)
    gone.save()

    with pytest.raises(ValidationError):
        undo_event(event, on=JUNE, user=bureau.admin, reason="录入错误")
    bureau.first.refresh_from_db()
    assert bureau.first.closed_on == JUNE


def test_whoever_came_after_the_day_of_a_merger_belongs_to_the_other_from_the_first(
    bureau: Bureau,
) -> None:
    late = make_member("丙三", bureau.first, since=dt.date(2025, 6, 20))
    merge(bureau.first, bureau.second, on=JUNE, user=bureau.admin)
    assert [(one.organization.code, one.started_on) for one in late.memberships.all()] == [
        ("D02", dt.date(2025, 6, 20))
    ]


def test_only_organizations_of_one_kind_merge(bureau: Bureau) -> None:
    for into in (bureau.general, bureau.first):
        with pytest.raises(ValidationError):
            merge(bureau.first, into, on=JUNE, user=bureau.admin)


def test_a_branch_is_dissolved_when_its_members_are_gone(bureau: Bureau, member: Member) -> None:
    with pytest.raises(ValidationError, match="一组"):
        dissolve(bureau.first, on=JUNE, user=bureau.admin)
    dissolve(bureau.group, on=JUNE, user=bureau.admin)
    with pytest.raises(ValidationError, match="甲一"):
        dissolve(bureau.first, on=JUNE, user=bureau.admin)

    membership = member.memberships.get()
    membership.ended_on = JUNE
    membership.save()
    make_membership(member, bureau.second, since=JUNE)
    event = dissolve(bureau.first, on=JUNE, user=bureau.admin)

    bureau.first.refresh_from_db()
    assert bureau.first.closed_on == JUNE
    assert _posts(member) == [("D01", JUNE)]
    with pytest.raises(ValidationError):
        rename(bureau.first, name="新名", short_name="", on=dt.date(2025, 7, 1), user=bureau.admin)
    undo_event(event, on=JUNE, user=bureau.admin, reason="录入错误")
    bureau.first.refresh_from_db()
    assert bureau.first.closed_on is None
