"""An entry is undone only while nothing builds on it, and no row is deleted."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError

from branches.effects import Effects, undo, values_touched
from branches.models import Member, Membership, Post, PostTitle
from tests.factories import LONG_AGO, make_member, make_membership, make_organization, make_post

pytestmark = pytest.mark.django_db

JUNE = dt.date(2025, 6, 1)


def _move(member: Member) -> Effects:
    """As a transfer does it: the old membership ends, a new one begins, a post ends."""
    effects = Effects()
    old = member.memberships.get()
    effects.change(old, ended_on=JUNE)
    effects.create(
        Membership(member=member, organization=make_organization("D02"), started_on=JUNE)
    )
    for post in member.posts.all():
        effects.change(post, ended_on=JUNE)
    return effects


def _kept(effects: Effects) -> list[dict[str, object]]:
    """As it comes back from the database."""
    return json.loads(json.dumps(effects.as_json()))  # type: ignore[no-any-return]


def test_a_move_is_undone_and_its_rows_are_kept_as_void() -> None:
    member = make_member("甲一", make_organization("D01"))
    post = make_post(member, make_organization("D03"))
    moved = _move(member)

    undone = undo(_kept(moved))

    assert [(one.organization.code, one.ended_on) for one in member.memberships.all()] == [
        ("D01", None)
    ]
    post.refresh_from_db()
    assert post.ended_on is None
    assert Membership.with_void.filter(is_void=True).count() == 1
    assert values_touched(undone.as_json()) < values_touched(moved.as_json())
    assert {"is_void": [False, True]} in [effect["fields"] for effect in undone.as_json()]


def test_what_a_later_entry_changed_is_not_undone() -> None:
    member = make_member("甲一", make_organization("D01"))
    moved = _move(member)
    Effects().change(member.memberships.get(ended_on=None), ended_on=dt.date(2025, 9, 1))

    with pytest.raises(ValidationError, match="请先撤回之后的登记"):
        undo(_kept(moved))
    assert member.memberships.get(organization__code="D01").ended_on == JUNE


def test_a_row_that_others_stand_on_does_not_become_void() -> None:
    effects = Effects()
    member = effects.create(Member(name="甲一", joined_on=LONG_AGO))
    membership = make_membership(member, make_organization("D01"))

    with pytest.raises(ValidationError, match="请先撤回之后的登记"):
        undo(_kept(effects))

    effects.created([membership])
    undo(_kept(effects))
    assert not Member.objects.exists()
    assert Member.with_void.get().is_void


def test_the_first_value_comes_back_after_two_changes_of_one_field() -> None:
    member = make_member("甲一")
    effects = Effects()
    effects.change(member, note="one")
    effects.change(member, note="two", gender=member.gender)
    undo(_kept(effects))
    member.refresh_from_db()
    assert member.note == ""
    assert [list(effect["fields"]) for effect in effects.as_json()] == [["note"], ["note"]]


def test_what_an_entry_leaned_on_must_still_be_so() -> None:
    member = make_member("甲一", make_organization("D01"))
    membership = member.memberships.get()
    effects = Effects()
    effects.lean_on(membership, "ended_on")
    assert undo(_kept(effects)).as_json() == []
    Effects().change(membership, ended_on=JUNE)
    with pytest.raises(ValidationError, match="请先撤回之后的登记"):
        undo(_kept(effects))


def test_what_breaks_a_constraint_is_refused_in_words() -> None:
    here = make_organization("D01")
    member = make_member("甲一", here)
    with pytest.raises(ValidationError, match="该党员的组织关系已在另一个党组织"):
        Effects().create(Membership(member=member, organization=here, started_on=JUNE))


def test_rows_written_in_bulk_are_undone_in_few_queries(
    django_assert_max_num_queries: object,
) -> None:
    here = make_organization("D01")
    effects = Effects()
    members = Member.objects.bulk_create(
        Member(name=f"甲{number}", joined_on=LONG_AGO) for number in range(1200)
    )
    posts = Post.objects.bulk_create(
        Post(member=one, organization=here, title=PostTitle.COMMITTEE_MEMBER, started_on=JUNE)
        for one in members
    )
    effects.created(members)
    effects.created(posts)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        undo(_kept(effects))
    assert (Member.objects.count(), Post.objects.count()) == (0, 0)
    assert (Member.with_void.count(), Post.with_void.count()) == (1200, 1200)
