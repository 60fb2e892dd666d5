"""Writing an activity: all its rows, one revision a save, and the states of review."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from branches.models import Organization, PostTitle, User
from meetings.models import Activity, AttendanceState, Kind, Revision, Status
from meetings.services import (
    AgendaLine,
    GuestLine,
    LeaveLine,
    StaleVersion,
    WrongStatus,
    accept_activity,
    amend_activity,
    record,
    record_activity,
    restore_activity,
    return_activity,
    submit_activity,
    void_activity,
)
from tests.factories import (
    DAY,
    make_activity,
    make_bureau,
    make_entry,
    make_member,
    make_organization,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db

SICK = LeaveLine(AttendanceState.ON_LEAVE, "病假")


@pytest.fixture
def branch() -> Organization:
    return make_organization()


@pytest.fixture
def user() -> User:
    return make_user()


def test_a_record_keeps_every_part_of_its_entry(branch: Organization, user: User) -> None:
    entry = make_entry(
        branch,
        Kind.GENERAL_MEETING,
        Kind.PARTY_LECTURE,
        place="会议室",
        agenda=(AgendaLine("甲"), AgendaLine("乙", votes_for=3)),
        guests=(GuestLine("来宾", "某单位"),),
        materials=("文件一", "文件二"),
    )
    activity = record_activity(entry, user=user)
    assert (activity.status, activity.version, activity.place) == (Status.DRAFT, 1, "会议室")
    assert [item.topic for item in activity.agenda_items.all()] == ["甲", "乙"]
    assert [one.unit for one in activity.guests.all()] == ["某单位"]
    assert [one.title for one in activity.study_materials.all()] == ["文件一", "文件二"]
    assert {credit.kind for credit in activity.credits.all()} == {
        "GENERAL_MEETING",
        "PARTY_LECTURE",
    }


def test_an_entry_without_a_kind_is_refused_whole(branch: Organization, user: User) -> None:
    entry = make_entry(branch)
    entry = type(entry)(host=branch, held_on=DAY, title="无类型", credits=())
    with pytest.raises(ValidationError):
        record_activity(entry, user=user)
    assert not Activity.objects.exists()


def test_the_same_form_sent_twice_makes_one_record(branch: Organization, user: User) -> None:
    key = uuid.UUID(int=7)
    first = record_activity(make_entry(branch), user=user, entry_key=key)
    second = record_activity(make_entry(branch), user=user, entry_key=key)
    assert first.pk == second.pk
    assert Activity.objects.count() == Revision.objects.count() == 1


def test_two_senders_of_one_form_who_both_saw_no_record_make_one(
    branch: Organization, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uuid.UUID(int=7)
    first = record_activity(make_entry(branch), user=user, entry_key=key)
    look_up, calls = record._twin, iter([True, False])
    # The second sender's first look comes before the first sender has written.
    monkeypatch.setattr(
        record, "_twin", lambda entry_key: None if next(calls) else look_up(entry_key)
    )
    assert record_activity(make_entry(branch), user=user, entry_key=key) == first
    assert Activity.objects.count() == Revision.objects.count() == 1


def test_a_form_sent_again_with_another_text_overwrites_nothing(
    branch: Organization, user: User
) -> None:
    key = uuid.UUID(int=7)
    first = record_activity(make_entry(branch, minutes="原文"), user=user, entry_key=key)
    with pytest.raises(StaleVersion) as refused:
        record_activity(make_entry(branch, minutes="退回后又写的"), user=user, entry_key=key)
    assert refused.value.current == first
    assert Activity.objects.get().minutes == "原文"


def test_a_whole_entry_sent_again_is_known_as_the_same(branch: Organization, user: User) -> None:
    ill = make_member("甲病", branch)
    entry = make_entry(
        branch,
        Kind.GROUP_STUDY,
        Kind.GROUP_STUDY,
        start_time=dt.time(9),
        study_hours=Decimal(2),
        exceptions={ill.pk: SICK},
        agenda=(AgendaLine("甲", votes_for=3),),
        guests=(GuestLine("罗望川", "工委"),),
        materials=("甲", "乙", "甲"),
    )
    key = uuid.UUID(int=7)
    first = record_activity(entry, user=user, entry_key=key)
    assert record_activity(entry, user=user, entry_key=key) == first


def test_the_key_of_somebody_elses_form_leads_to_nothing(branch: Organization, user: User) -> None:
    key = uuid.UUID(int=7)
    record_activity(make_entry(branch), user=user, entry_key=key)
    with pytest.raises(ValidationError):
        record_activity(make_entry(branch), user=make_user("other"), entry_key=key)
    assert Activity.objects.count() == 1


def test_a_material_listed_twice_is_kept_once(branch: Organization, user: User) -> None:
    activity = record_activity(make_entry(branch, materials=("甲", "乙", "甲")), user=user)
    assert [one.title for one in activity.study_materials.all()] == ["甲", "乙"]


def test_everyone_expected_has_a_row_and_only_the_exceptions_are_missing(
    branch: Organization,
) -> None:
    ill, well = make_member("甲", branch), make_member("乙", branch)
    activity = make_activity(branch, absent={ill: SICK})
    states = {row.member_id: (row.state, row.reason) for row in activity.attendances.all()}
    assert states == {ill.pk: ("ON_LEAVE", "病假"), well.pk: ("PRESENT", "")}


def test_attendance_not_recorded_leaves_no_rows(branch: Organization) -> None:
    make_member("甲", branch)
    assert not make_activity(branch, absent=None).attendances.exists()


def test_attendance_copies_organization_standing_and_vote_of_the_day(
    branch: Organization,
) -> None:
    make_member("甲", branch)
    make_member("乙", branch, joined_on=DAY - dt.timedelta(days=9), converted_on=None)
    rows = {row.member.name: row for row in make_activity(branch, absent={}).attendances.all()}
    assert (rows["甲"].standing, rows["甲"].has_vote) == ("FULL", True)
    assert (rows["乙"].standing, rows["乙"].has_vote) == ("PROBATIONARY", False)
    assert rows["甲"].organization_id == branch.pk


def test_a_member_who_moved_is_expected_where_they_were_on_the_day() -> None:
    _bureau, (old, new) = make_bureau()
    moved_on = dt.date(2025, 6, 1)
    member = make_member("迁移", old, until=moved_on)
    member.memberships.create(organization=new, started_on=moved_on)
    before = make_activity(old, held_on=moved_on - dt.timedelta(days=1), absent={})
    after = make_activity(old, held_on=moved_on, absent={})
    there = make_activity(new, held_on=moved_on, absent={})
    assert [row.member for row in before.attendances.all()] == [member]
    assert not after.attendances.exists()
    assert [row.member for row in there.attendances.all()] == [member]


def test_a_committee_meeting_expects_the_committee_alone(branch: Organization) -> None:
    secretary = make_member("甲", branch)
    make_member("乙", branch)
    make_post(secretary, branch, PostTitle.SECRETARY)
    activity = make_activity(branch, Kind.COMMITTEE_MEETING, absent={})
    assert [row.member for row in activity.attendances.all()] == [secretary]


def test_somebody_not_expected_cannot_be_marked_absent(branch: Organization) -> None:
    stranger = make_member("外人", make_organization("B01"))
    with pytest.raises(ValidationError):
        make_activity(branch, absent={stranger: SICK})
    assert not Activity.objects.exists()


def test_amending_replaces_the_rows_and_leaves_a_revision(branch: Organization, user: User) -> None:
    activity = make_activity(branch, status=Status.DRAFT, user=user, materials=("旧",))
    entry = make_entry(branch, Kind.PARTY_LECTURE, title="改过", materials=("新",))
    amended = amend_activity(activity, entry, user=user, expected_version=1)
    assert (amended.title, amended.version) == ("改过", 2)
    assert [one.title for one in amended.study_materials.all()] == ["新"]
    assert [one.kind for one in amended.credits.all()] == ["PARTY_LECTURE"]
    last = amended.revisions.first()
    assert last is not None
    assert (last.version, last.action, last.user) == (2, Revision.Action.AMENDED, user)
    assert last.snapshot["title"] == "改过"


def test_a_stale_edit_changes_nothing_and_brings_the_current_record(
    branch: Organization, user: User
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    amend_activity(activity, make_entry(branch, title="先"), user=user, expected_version=1)
    with pytest.raises(StaleVersion) as stale:
        amend_activity(activity, make_entry(branch, title="后"), user=user, expected_version=1)
    assert stale.value.current.title == "先"
    activity.refresh_from_db()
    assert (activity.title, activity.version, activity.revisions.count()) == ("先", 2, 2)


def test_an_accepted_record_that_is_amended_waits_for_acceptance_again(
    branch: Organization, user: User
) -> None:
    activity = make_activity(branch, status=Status.ACCEPTED)
    amended = amend_activity(activity, make_entry(branch), user=user, expected_version=1)
    assert amended.status == Status.SUBMITTED


def test_a_void_record_cannot_be_amended(branch: Organization, user: User) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    void_activity(activity, user=user, expected_version=1, reason="重复")
    with pytest.raises(ValidationError):
        amend_activity(activity, make_entry(branch), user=user, expected_version=2)


STEPS: dict[str, tuple[Callable[..., Activity], dict[str, Any], set[Status], Status]] = {
    "submit": (submit_activity, {}, {Status.DRAFT, Status.RETURNED}, Status.SUBMITTED),
    "return": (return_activity, {"comment": "补充"}, {Status.SUBMITTED}, Status.RETURNED),
    "accept": (accept_activity, {}, {Status.SUBMITTED}, Status.ACCEPTED),
    "void": (
        void_activity,
        {"reason": "重复"},
        {Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED},
        Status.VOID,
    ),
    "restore": (restore_activity, {}, {Status.VOID}, Status.DRAFT),
}


def _in(status: Status, branch: Organization) -> Activity:
    activity = make_activity(branch, status=Status.DRAFT)
    reason = "重复" if status == Status.VOID else ""
    Activity.objects.filter(pk=activity.pk).update(status=status, void_reason=reason)
    activity.refresh_from_db()
    return activity


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", list(Status))
def test_a_step_is_taken_from_its_states_and_refused_from_every_other(
    step: str, status: Status, branch: Organization, user: User
) -> None:
    service, words, allowed, to = STEPS[step]
    activity = _in(status, branch)
    if status in allowed:
        moved = service(activity, user=user, expected_version=1, **words)
        assert (moved.status, moved.version) == (to, 2)
        assert moved.revisions.first().user == user  # type: ignore[union-attr]
    else:
        with pytest.raises(WrongStatus):
            service(activity, user=user, expected_version=1, **words)
        activity.refresh_from_db()
        assert (activity.status, activity.version) == (status, 1)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_on_a_stale_version_is_refused(step: str, branch: Organization, user: User) -> None:
    service, words, allowed, _to = STEPS[step]
    activity = _in(min(allowed), branch)
    with pytest.raises(StaleVersion):
        service(activity, user=user, expected_version=9, **words)


def test_the_comment_of_a_return_stands_until_the_next_submission(
    branch: Organization, user: User
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    returned = return_activity(activity, user=user, expected_version=1, comment="补充日期")
    assert returned.return_comment == "补充日期"
    submitted = submit_activity(activity, user=user, expected_version=2)
    assert submitted.return_comment == ""
    assert submitted.revisions.get(version=2).note == "补充日期"


def test_voiding_without_a_reason_is_refused(branch: Organization, user: User) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    with pytest.raises(ValidationError):
        void_activity(activity, user=user, expected_version=1, reason="")


def test_a_restored_record_has_lost_its_reason_but_not_its_history(
    branch: Organization, user: User
) -> None:
    activity = _in(Status.DRAFT, branch)
    void_activity(activity, user=user, expected_version=1, reason="录重")
    restored = restore_activity(activity, user=user, expected_version=2)
    assert (restored.status, restored.void_reason) == (Status.DRAFT, "")
    assert restored.revisions.get(version=2).note == "录重"
