"""Founding, renaming and splitting: from the day on, and put back without deleting anything."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from branches.models import Organization, OrganizationKind, PostTitle
from branches.services.organizations import dissolve, found, rename, split, undo_event
from tests.branches.services.organizations.conftest import Bureau
from tests.factories import make_activity, make_member, make_post

pytestmark = pytest.mark.django_db

JUNE = dt.date(2025, 6, 1)
MAY = dt.date(2025, 5, 31)


def _found(bureau: Bureau, code: str = "D03") -> Organization:
    return found(
        bureau.general,
        kind=OrganizationKind.BRANCH,
        code=code,
        name="第三支部",
        short_name="三支部",
        on=JUNE,
        user=bureau.admin,
    )


def test_a_branch_is_founded_below_another_organization(bureau: Bureau) -> None:
    branch = _found(bureau)
    assert (branch.founded_on, Organization.objects.get_parent(branch)) == (JUNE, bureau.general)
    assert bureau.above(branch, JUNE) == ["D09", "D00"]
    assert branch.names.get().short_name == "三支部"
    assert branch.events.get().kind == "FOUNDED"


def test_a_code_in_use_or_a_wrong_place_is_refused(bureau: Bureau) -> None:
    with pytest.raises(ValidationError) as refused:
        _found(bureau, code="D02")
    assert "code" in refused.value.message_dict
    with pytest.raises(ValidationError):
        found(
            bureau.first,
            kind=OrganizationKind.BRANCH,
            code="D08",
            name="支部",
            short_name="",
            on=JUNE,
            user=bureau.admin,
        )
    assert not Organization.objects.filter(code="D08").exists()


def test_a_founding_undone_stood_on_no_day_and_its_code_is_free(bureau: Bureau) -> None:
    event = _found(bureau).events.get()
    undo_event(event, on=JUNE, user=bureau.admin, reason="录入错误")

    kept = event.organization
    kept.refresh_from_db()
    assert kept.closed_on == kept.founded_on
    assert not Organization.objects.open_on(JUNE).filter(pk=kept.pk).exists()
    assert _found(bureau).code == "D03"


def test_a_founding_is_not_undone_once_something_was_recorded(bureau: Bureau) -> None:
    branch = _found(bureau)
    make_activity(branch, held_on=dt.date(2025, 7, 1))
    with pytest.raises(ValidationError):
        undo_event(branch.events.get(), on=JUNE, user=bureau.admin, reason="录入错误")
    branch.refresh_from_db()
    assert branch.closed_on is None


def test_a_name_holds_from_its_day(bureau: Bureau) -> None:
    event = rename(bureau.first, name="综合支部", short_name="综合", on=JUNE, user=bureau.admin)
    names = {day: bureau.first.names.in_force(day).get().name for day in (MAY, JUNE)}
    assert names == {MAY: "第一支部", JUNE: "综合支部"}
    bureau.first.refresh_from_db()
    assert bureau.first.label == "综合"

    undo_event(event, on=JUNE, user=bureau.admin, reason="录入错误")
    bureau.first.refresh_from_db()
    assert bureau.first.name == "第一支部"
    assert bureau.first.names.in_force(JUNE).get().name == "第一支部"


def test_the_same_name_or_one_before_the_present_one_is_refused(bureau: Bureau) -> None:
    rename(bureau.first, name="综合支部", short_name="", on=JUNE, user=bureau.admin)
    for name, day in (("综合支部", dt.date(2025, 7, 1)), ("别名", JUNE), ("别名", MAY)):
        with pytest.raises(ValidationError):
            rename(bureau.first, name=name, short_name="", on=day, user=bureau.admin)


def test_chosen_members_and_groups_go_to_the_branch_that_is_split_off(bureau: Bureau) -> None:
    staying, going = make_member("甲一", bureau.first), make_member("乙二", bureau.first)
    make_post(staying, bureau.first)
    make_post(going, bureau.first, PostTitle.PUBLICITY_OFFICER)

    new = split(
        bureau.first,
        code="D03",
        name="第三支部",
        short_name="",
        members=[going],
        groups=[bureau.group],
        on=JUNE,
        user=bureau.admin,
    )

    assert [one.organization.code for one in going.memberships.order_by("started_on")] == [
        "D01",
        "D03",
    ]
    assert [one.organization.code for one in staying.memberships.all()] == ["D01"]
    assert going.posts.get().ended_on == JUNE
    assert staying.posts.get().ended_on is None
    assert bureau.above(bureau.group, MAY) == ["D01", "D00"]
    assert bureau.above(bureau.group, JUNE) == ["D03", "D00"]

    undo_event(new.events.get(), on=JUNE, user=bureau.admin, reason="录入错误")
    new.refresh_from_db()
    assert new.closed_on == new.founded_on
    assert going.memberships.get().ended_on is None
    assert bureau.above_in_tree(bureau.group) == ["D01", "D00"]


def test_nobody_or_a_stranger_is_not_split_off(bureau: Bureau) -> None:
    stranger = make_member("丙三", bureau.second)
    for members in ([], [stranger]):
        with pytest.raises(ValidationError) as refused:
            split(
                bureau.first,
                code="D03",
                name="第三支部",
                short_name="",
                members=members,
                on=JUNE,
                user=bureau.admin,
            )
        assert "members" in refused.value.message_dict
    assert not Organization.objects.filter(code="D03").exists()


def test_nothing_happens_before_the_founding(bureau: Bureau) -> None:
    branch = _found(bureau)
    with pytest.raises(ValidationError) as refused:
        dissolve(branch, on=MAY, user=bureau.admin)
    assert "on" in refused.value.message_dict
