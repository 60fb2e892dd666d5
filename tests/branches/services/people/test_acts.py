"""What each act refuses, in words at the field, and what it does besides the obvious."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import date_format

from branches.models import (
    AuditEntry,
    Member,
    MemberEvent,
    MemberEventKind,
    Organization,
    OrganizationKind,
    PostTitle,
    StandingException,
)
from branches.roster import members_expected
from branches.services import people
from tests.factories import LONG_AGO, make_bureau, make_member, make_organization, make_post

pytestmark = pytest.mark.django_db

NOT_EXPECTED = StandingException.Effect.NOT_EXPECTED
NOT_VOTING = StandingException.Effect.NOT_VOTING


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2025, month, number)


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def places() -> tuple[Organization, Organization, Organization]:
    """A branch with a Party group, and another branch."""
    _bureau, (first, second) = make_bureau()
    group = make_organization("D01-1", parent=first, kind=OrganizationKind.GROUP)
    return first, group, second


def refused(act: Any, *arguments: Any, **more: Any) -> dict[str, list[str]]:
    """The refusal by field; nothing was written."""
    before = (MemberEvent.objects.count(), AuditEntry.objects.count())
    with pytest.raises(ValidationError) as caught:
        act(*arguments, user=None, **more)
    assert (MemberEvent.objects.count(), AuditEntry.objects.count()) == before
    return (
        caught.value.message_dict
        if hasattr(caught.value, "error_dict")
        else {"": caught.value.messages}
    )


def test_an_admitted_member_is_probationary_for_a_year(places: Any) -> None:
    first, _group, _second = places
    event = people.admit(
        organization=first, happened_on=day(3), name="单小红", birth_month="1999-01", user=None
    )
    member = event.member
    assert (member.sort_key, member.joined_on) == ("shan xiao hong", day(3))
    too_early = refused(people.convert, member, happened_on=day(12))["happened_on"][0]
    assert date_format(dt.date(2026, 3, 1)) in too_early
    people.convert(member, happened_on=dt.date(2026, 3, 1), user=None)
    assert refused(people.convert, member, happened_on=dt.date(2026, 4, 1)) == {
        "happened_on": ["This is a full member already."]
    }


def test_nobody_is_admitted_twice_or_into_a_committee(places: Any) -> None:
    first, _group, _second = places
    make_member("甲一", first, birth_month="1980-05")
    assert "name" in refused(
        people.admit, organization=first, happened_on=day(3), name="甲一", birth_month="1980-05"
    )
    bureau = Organization.objects.get(code="D00")
    assert "organization" in refused(
        people.admit, organization=bureau, happened_on=day(3), name="乙"
    )
    first.closed_on = day(2)
    assert date_format(dt.date(2025, 2, 1)) in str(
        refused(people.admit, organization=first, happened_on=day(3), name="乙")["organization"]
    )


def test_probation_is_extended_by_a_year_at_most(places: Any) -> None:
    member = make_member("甲一", places[0], joined_on=day(1), converted_on=None, since=day(1))
    late = dt.date(2027, 1, 2)
    extend = people.extend_probation
    assert date_format(dt.date(2027, 1, 1)) in str(
        refused(extend, member, happened_on=day(12), ends_on=late, reason="材料未齐")["ends_on"]
    )
    extend(member, happened_on=day(12), ends_on=dt.date(2026, 7, 1), reason="材料未齐", user=None)
    assert date_format(dt.date(2026, 7, 1)) in str(
        refused(people.convert, member, happened_on=dt.date(2026, 6, 30))
    )


def test_a_transfer_ends_the_posts_of_the_branch_and_keeps_what_goes_along(places: Any) -> None:
    first, group, second = places
    member = make_member("甲一", group)
    leader = make_post(member, group, PostTitle.GROUP_LEADER)
    officer = make_post(member, first, PostTitle.PUBLICITY_OFFICER)
    for effect in (NOT_EXPECTED, NOT_VOTING):
        people.mark_exception(
            member, effect=effect, happened_on=day(2), until=None, reason="—", user=None
        )
    people.transfer(member, organization=first, happened_on=day(3), user=None)
    leader.refresh_from_db()
    officer.refresh_from_db()
    assert (leader.ended_on, officer.ended_on) == (day(3), None)
    assert members_expected([first], on=day(4)) == []

    people.transfer(member, organization=second, happened_on=day(5), user=None)
    officer.refresh_from_db()
    assert officer.ended_on == day(5)
    assert [one.has_vote for one in members_expected([second], on=day(6))] == [False]


def test_a_transfer_needs_a_later_day_and_another_place(places: Any) -> None:
    first, _group, second = places
    member = make_member("甲一", first, since=day(3))
    assert "organization" in refused(
        people.transfer, member, organization=first, happened_on=day(4)
    )
    assert date_format(dt.date(2025, 3, 1)) in str(
        refused(people.transfer, member, organization=second, happened_on=day(3))["happened_on"]
    )
    make_post(member, first, since=day(6))
    assert date_format(dt.date(2025, 6, 1)) in str(
        refused(people.transfer, member, organization=second, happened_on=day(5))["happened_on"]
    )


def test_whoever_left_comes_back_from_outside_but_not_after_leaving_the_party(
    places: Any,
) -> None:
    first, _group, second = places
    member = make_member("甲一", first)
    people.transfer_out(member, happened_on=day(3), outside_unit="外单位", user=None)
    back = {"organization": second, "outside_unit": "外单位"}
    assert "happened_on" in refused(people.transfer_in, member, happened_on=day(3), **back)
    people.transfer_in(member, happened_on=day(4), user=None, **back)
    assert "organization" in refused(people.transfer_in, member, happened_on=day(5), **back)
    people.leave(member, happened_on=day(6), reason="退党", user=None)
    assert "Left the Party" in str(refused(people.transfer_in, member, happened_on=day(7), **back))


def test_a_post_needs_a_full_member_who_belongs_there_and_a_free_seat(places: Any) -> None:
    first, group, second = places
    member, other = make_member("甲一", group), make_member("乙二", first)
    young = make_member("丙三", first, converted_on=None)
    give = people.begin_post
    secretary = {"organization": first, "title": PostTitle.SECRETARY, "happened_on": day(3)}
    give(member, user=None, **secretary)
    assert "甲一" in str(refused(give, other, **secretary)["title"])
    assert "title" in refused(give, member, **secretary)
    assert "happened_on" in refused(give, young, **(secretary | {"title": "COMMITTEE_MEMBER"}))
    assert "organization" in refused(give, other, **(secretary | {"organization": second}))
    assert "title" in refused(give, other, **(secretary | {"title": PostTitle.GROUP_LEADER}))
    past = secretary | {"happened_on": day(1), "until": day(3)}
    give(other, user=None, **past)
    assert "until" in refused(give, other, **(past | {"until": day(1)}))


def test_an_election_changes_what_differs_and_names_whom_it_cannot_seat(places: Any) -> None:
    first, _group, _second = places
    old, new, young = (
        make_member("甲一", first),
        make_member("乙二", first),
        make_member("丙三", first, converted_on=None),
    )
    make_post(old, first)
    make_post(new, first, PostTitle.DISCIPLINE_OFFICER)
    wanted = [(PostTitle.SECRETARY, new), (PostTitle.DISCIPLINE_OFFICER, new)]
    with pytest.raises(ValidationError, match="丙三"):
        people.hold_election(
            first,
            happened_on=day(3),
            holders=[*wanted, (PostTitle.COMMITTEE_MEMBER, young)],
            user=None,
        )
    events = people.hold_election(first, happened_on=day(3), holders=wanted, user=None)
    assert [(event.member, event.kind) for event in events] == [
        (old, MemberEventKind.POST_ENDED),
        (new, MemberEventKind.POST_BEGAN),
    ]
    assert AuditEntry.objects.get().act == "organization.election"


def test_exceptions_of_one_effect_do_not_overlap_and_stay_within_the_membership(
    places: Any,
) -> None:
    first, _group, _second = places
    member = make_member("甲一", first, until=day(9))
    mark = people.mark_exception
    away = {"effect": NOT_EXPECTED, "reason": "借调", "until": day(5)}
    mark(member, happened_on=day(3), user=None, **away)
    assert "happened_on" in refused(mark, member, happened_on=day(4), **away)
    assert "until" in refused(mark, member, happened_on=day(6), **away)
    assert date_format(dt.date(2025, 9, 1)) in str(
        refused(mark, member, happened_on=day(6), **(away | {"until": day(11)}))["until"]
    )
    assert "happened_on" in refused(mark, member, happened_on=day(10), **(away | {"until": None}))
    exception = StandingException.objects.get()
    assert "happened_on" in refused(people.end_exception, exception, happened_on=day(3))
    assert "happened_on" in refused(people.end_exception, exception, happened_on=day(5))
    people.end_exception(exception, happened_on=day(4), user=None)
    exception.refresh_from_db()
    assert exception.ended_on == day(4)


def test_an_entry_is_undone_once_and_only_while_nothing_builds_on_it(places: Any) -> None:
    first, _group, second = places
    member = make_member("甲一", first)
    moved = people.transfer(member, organization=second, happened_on=day(3), user=None)
    post = people.begin_post(
        member,
        organization=second,
        title=PostTitle.COMMITTEE_MEMBER,
        happened_on=day(4),
        user=None,
    )
    told = refused(people.undo_entry, moved, reason="错录")[""][0]
    assert "Post began" in told
    assert date_format(dt.date(2025, 4, 1)) in told
    people.undo_entry(post, reason="错录", user=None)
    undone = people.undo_entry(moved, reason="错录", user=None)
    assert member.memberships.get().organization == first
    assert "already" in refused(people.undo_entry, moved, reason="错录")[""][0]
    assert "Record it again" in refused(people.undo_entry, undone, reason="错录")[""][0]


def test_an_ended_post_does_not_come_back_over_its_successor(places: Any) -> None:
    first, _group, _second = places
    old, new = make_member("甲一", first), make_member("乙二", first)
    ended = people.end_post(make_post(old, first), happened_on=day(3), user=None)
    people.begin_post(
        new, organization=first, title=PostTitle.SECRETARY, happened_on=day(3), user=None
    )
    assert "Somebody else" in refused(people.undo_entry, ended, reason="错录")[""][0]


def test_an_admission_undone_frees_the_name(places: Any) -> None:
    first, _group, _second = places
    admitted = {"organization": first, "happened_on": day(3), "name": "甲一", "user": None}
    people.undo_entry(people.admit(**admitted), reason="姓名有误", user=None)
    assert not Member.objects.exists()
    gone = Member.with_void.get()
    assert (
        "mistake" in refused(people.transfer, gone, organization=first, happened_on=day(5))[""][0]
    )
    assert people.admit(**admitted).member != gone


def test_particulars_keep_what_stood_before_and_the_key_follows_the_name(places: Any) -> None:
    member = make_member("单一", places[0], birth_month="")
    names = ("name", "birth_month", "gender", "ethnicity", "sort_key", "note")
    seen = {name: getattr(member, name) for name in names}
    change = {"organization": places[0], "happened_on": day(3), "seen": seen}
    event = people.change_particulars(
        member, values=seen | {"name": "仇一", "note": "更名"}, user=None, **change
    )
    assert event is not None
    member.refresh_from_db()
    assert (member.name, member.sort_key) == ("仇一", "qiu yi")
    assert [effect["fields"]["name"] for effect in event.effects] == [["单一", "仇一"]]
    assert "更名" not in AuditEntry.objects.get().changes
    again = refused(people.change_particulars, member, values=seen | {"name": "解一"}, **change)
    assert "meantime" in again[""][0]


def test_an_act_is_one_entry_of_the_log_with_what_it_wrote(places: Any) -> None:
    member = make_member("甲一", places[0])
    people.decease(member, happened_on=day(3), user=None)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.subject) == ("member.decease", f"member:{member.pk}")
    assert entry.organization == places[0]
    assert "2025-03-01" in entry.changes
    assert member.joined_on == LONG_AGO
