"""Writing an earlier version again, and what the roster of that day says of it by now."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.models import Membership, Organization
from meetings.models import Activity, AttendanceState, Kind, Revision, Status
from meetings.services import (
    AgendaLine,
    GuestLine,
    LeaveLine,
    Reversion,
    amend_activity,
    entry_of,
    reversion_of,
)
from tests.factories import (
    DAY,
    make_activity,
    make_bureau,
    make_entry,
    make_member,
    make_membership,
    make_organization,
)

pytestmark = pytest.mark.django_db

SICK = LeaveLine(AttendanceState.ON_LEAVE, "病假")


@pytest.fixture
def branch() -> Organization:
    return make_organization()


def _first(activity: Activity) -> Reversion:
    return reversion_of(activity.revisions.select_related("activity__host").get(version=1))


def test_every_part_of_a_version_is_written_as_it_was(branch: Organization) -> None:
    ill = make_member("甲病", branch)
    make_member("乙在", branch)
    activity = make_activity(
        branch,
        Kind.GROUP_STUDY,
        Kind.PARTY_LECTURE,
        absent={ill: SICK},
        start_time=dt.time(9),
        end_time=dt.time(11, 30),
        place="会议室",
        chair="乙在",
        study_hours=Decimal("2.5"),
        minutes="一\n二",
        agenda=(AgendaLine("甲", "乙在", "议", "同意", 2, 0, 0),),
        guests=(GuestLine("罗望川", "工委"),),
        materials=("文件甲", "文件乙"),
    )
    before = entry_of(Activity.objects.get(pk=activity.pk))
    amend_activity(activity, make_entry(branch, title="改过"), user=None, expected_version=1)
    reversion = _first(activity)
    assert reversion.is_exact
    # An entry read from a record leaves its files alone; a version names those it had: none.
    assert reversion.entry == dataclasses.replace(before, attachments=())
    amend_activity(activity, reversion.entry, user=None, expected_version=2)
    assert entry_of(Activity.objects.get(pk=activity.pk)) == before


def test_a_version_without_attendance_stays_without_it(branch: Organization) -> None:
    make_member("甲", branch)
    activity = make_activity(branch)
    reversion = _first(activity)
    assert (reversion.entry.exceptions, reversion.newly) == (None, ())


def test_who_is_not_expected_any_more_and_who_is_now_are_named(branch: Organization) -> None:
    gone, ill = make_member("走一", branch), make_member("甲病", branch)
    activity = make_activity(branch, absent={gone: SICK, ill: SICK})
    # The roster is put right afterwards: one had left before that day, one had come.
    Membership.objects.filter(member=gone).update(ended_on=DAY)
    come = make_member("来三", branch)
    reversion = _first(activity)
    assert (reversion.no_longer, reversion.newly) == (("走一",), ("来三",))
    assert not reversion.is_exact
    amend_activity(activity, reversion.entry, user=None, expected_version=1)
    states = dict(activity.attendances.values_list("member", "state"))
    assert states == {ill.pk: AttendanceState.ON_LEAVE, come.pk: AttendanceState.PRESENT}


def test_somebody_who_left_after_the_day_is_still_expected_on_it(branch: Organization) -> None:
    leaver = make_member("走一", branch)
    activity = make_activity(branch, absent={leaver: SICK})
    Membership.objects.filter(member=leaver).update(ended_on=DAY + dt.timedelta(days=1))
    make_membership(leaver, make_organization("B01"), since=DAY + dt.timedelta(days=1))
    assert _first(activity).is_exact


def test_a_renamed_organization_is_found_by_its_key(branch: Organization) -> None:
    activity = make_activity(branch)
    Organization.objects.filter(pk=branch.pk).update(name="新名支部")
    assert _first(activity).entry.credits == (("GROUP_STUDY", branch),)


def test_an_older_version_that_has_names_only_is_read_within_its_bureau() -> None:
    _bureau, (first, second) = make_bureau()
    make_organization("E01", name=second.name)  # the same name in another bureau
    activity = make_activity(first, organizations=[first, second])
    _forget_keys(activity)
    assert {one.pk for _kind, one in _first(activity).entry.credits} == {first.pk, second.pk}


def test_a_name_that_two_organizations_bear_is_not_guessed() -> None:
    bureau, (first, second) = make_bureau()
    activity = make_activity(first, organizations=[first, second])
    _forget_keys(activity)
    make_organization("D09", parent=bureau, name=second.name)
    with pytest.raises(ValidationError, match=second.name):
        _first(activity)


def test_a_name_that_nobody_bears_any_more_is_told() -> None:
    _bureau, (first, second) = make_bureau()
    activity = make_activity(first, organizations=[first, second])
    _forget_keys(activity)
    Organization.objects.filter(pk=second.pk).update(name="新名支部")
    with pytest.raises(ValidationError, match=second.name):
        _first(activity)


def test_an_accepted_record_written_back_waits_for_acceptance_again(branch: Organization) -> None:
    activity = make_activity(branch, status=Status.ACCEPTED)
    amended = amend_activity(
        activity, _first(activity).entry, user=None, expected_version=1, note="第1版的内容"
    )
    assert amended.status == Status.SUBMITTED
    assert activity.revisions.get(version=2).note == "第1版的内容"


def _forget_keys(activity: Activity) -> None:
    """As revisions were kept in earlier days: organizations by name alone."""
    revision = Revision.objects.get(activity=activity)
    for credit in revision.snapshot["credits"]:
        del credit["id"]
    revision.save()
