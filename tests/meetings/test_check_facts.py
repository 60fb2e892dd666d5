"""What the queries behind the check find among the other records, and what they leave alone."""

import datetime as dt
from typing import Any

import pytest

from branches.models import Organization, PostTitle, Role
from meetings.check_facts import facts_of
from meetings.checks import Facts
from meetings.models import Activity, AttendanceState, Kind, Status
from meetings.reading import with_rows
from meetings.services import LeaveLine, record_activity, void_activity
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

MINUTES = "会议学习了有关文件，与会同志逐一发言，结合本职工作谈了认识，形成了一致意见。"
NINE, TEN, ELEVEN = dt.time(9), dt.time(10), dt.time(11)
SICK = LeaveLine(AttendanceState.ON_LEAVE, "病假")


@pytest.fixture
def branch() -> Organization:
    return make_organization()


def _facts(activity: Activity, user: Any = None, *, today: dt.date = DAY) -> Facts:
    visible = Activity.objects.visible_to(user, on=today) if user else Activity.objects.all()
    return facts_of(with_rows().get(pk=activity.pk), today=today, visible=visible)


# --- one person in two places -----------------------------------------------------------------


def _at(host: Organization, start: dt.time | None, end: dt.time | None, **fields: Any) -> Activity:
    fields = {"absent": {}, "title": "别处的会"} | fields
    return make_activity(host, start_time=start, end_time=end, **fields)


def test_everybody_present_in_two_activities_at_once_is_named(branch: Organization) -> None:
    ill = make_member("甲病", branch)
    make_member("乙在", branch)
    make_member("丙在", branch)
    other = _at(branch, TEN, None)
    activity = _at(branch, NINE, ELEVEN, absent={ill: SICK}, title="本会")
    (clash,) = _facts(activity).clashes
    assert (set(clash.names), clash.record, clash.title) == ({"乙在", "丙在"}, other.pk, "别处的会")


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ("an hour later", {"start": ELEVEN, "end": None}),
        ("on another day", {"start": NINE, "end": ELEVEN, "held_on": DAY + dt.timedelta(days=1)}),
        ("without a time", {"start": None, "end": None}),
        ("attendance not recorded", {"start": NINE, "end": ELEVEN, "absent": None}),
    ],
)
def test_two_activities_do_not_meet(
    other: str, fields: dict[str, Any], branch: Organization
) -> None:
    make_member("甲", branch)
    fields = dict(fields)
    _at(branch, fields.pop("start"), fields.pop("end"), **fields)
    assert _facts(_at(branch, NINE, ELEVEN)).clashes == (), other


def test_whoever_was_away_from_the_other_one_is_in_one_place(branch: Organization) -> None:
    ill = make_member("甲病", branch)
    _at(branch, NINE, ELEVEN, absent={ill: SICK})
    assert _facts(_at(branch, NINE, ELEVEN)).clashes == ()


def test_a_void_record_is_no_other_place(branch: Organization) -> None:
    make_member("甲", branch)
    void_activity(_at(branch, NINE, ELEVEN), user=None, expected_version=1, reason="重复")
    assert _facts(_at(branch, NINE, ELEVEN)).clashes == ()


def test_a_record_outside_the_readers_scope_is_found_but_not_named() -> None:
    bureau, (first, second) = make_bureau()
    person = make_member("甲", first)
    make_post(person, second, PostTitle.SECRETARY)
    make_activity(second, Kind.COMMITTEE_MEETING, absent={}, start_time=NINE, title="不外传")
    activity = _at(first, NINE, ELEVEN)
    here = make_user("here", role=Role.SECRETARY, organization=first)
    above = make_user("above", role=Role.ADMINISTRATOR, organization=bureau)
    assert [one.title for one in _facts(activity, here).clashes] == [""]
    assert [one.title for one in _facts(activity, above).clashes] == ["不外传"]


# --- the same minutes -------------------------------------------------------------------------


def _said(host: Organization, minutes: str, **fields: Any) -> Activity:
    return make_activity(host, minutes=minutes, **{"title": "上一次"} | fields)


def test_minutes_that_say_the_same_are_found_whatever_their_marks(branch: Organization) -> None:
    other = _said(branch, MINUTES.replace("，", ", ").replace("。", "！\n"))
    activity = _said(branch, MINUTES, title="这一次", held_on=DAY + dt.timedelta(days=30))
    assert _facts(activity).twin == (other.pk, "上一次", DAY)


@pytest.mark.parametrize("days", [-366, 366])
def test_the_same_minutes_are_looked_for_within_a_year(days: int, branch: Organization) -> None:
    other = _said(branch, MINUTES, held_on=DAY + dt.timedelta(days=days))
    further = days + (1 if days > 0 else -1)
    assert _facts(_said(branch, MINUTES)).twin is not None
    Activity.objects.filter(pk=other.pk).update(held_on=DAY + dt.timedelta(days=further))
    activity = Activity.objects.exclude(pk=other.pk).get()
    assert _facts(activity).twin is None


def test_other_words_another_host_and_a_void_record_are_no_twin(branch: Organization) -> None:
    _said(branch, MINUTES.replace("学习", "讨论"))
    _said(make_organization("B01"), MINUTES)
    void_activity(_said(branch, MINUTES), user=None, expected_version=1, reason="重复")
    assert _facts(_said(branch, MINUTES)).twin is None


def test_short_minutes_are_not_compared(branch: Organization) -> None:
    _said(branch, "学习文件。")
    assert _facts(_said(branch, "学习文件。")).twin is None


# --- the committee before the general meeting --------------------------------------------------


@pytest.fixture
def led(branch: Organization) -> Organization:
    """A branch with a committee of three."""
    for number in range(3):
        make_post(make_member(f"委{number}", branch), branch, PostTitle.COMMITTEE_MEMBER)
    return branch


def _general(branch: Organization) -> Activity:
    return make_activity(branch, Kind.GENERAL_MEETING, title="大会")


def test_a_general_meeting_without_a_committee_meeting_before_it_is_named(
    led: Organization,
) -> None:
    assert _facts(_general(led)).unprepared == (led.label,)


@pytest.mark.parametrize(("days", "prepared"), [(0, True), (30, True), (31, False), (-1, False)])
def test_the_committee_met_within_thirty_days_before(
    days: int, prepared: bool, led: Organization
) -> None:
    make_activity(led, Kind.COMMITTEE_MEETING, held_on=DAY - dt.timedelta(days=days))
    assert (_facts(_general(led)).unprepared == ()) == prepared


def test_one_event_that_is_both_meetings_is_prepared(led: Organization) -> None:
    activity = make_activity(led, Kind.GENERAL_MEETING, Kind.COMMITTEE_MEETING)
    assert _facts(activity).unprepared == ()


def test_a_void_committee_meeting_prepared_nothing(led: Organization) -> None:
    met = make_activity(led, Kind.COMMITTEE_MEETING)
    void_activity(met, user=None, expected_version=1, reason="重复")
    assert _facts(_general(led)).unprepared == (led.label,)


def test_a_branch_with_two_posts_has_no_committee(branch: Organization) -> None:
    secretary = make_member("甲", branch)
    for title in (PostTitle.SECRETARY, PostTitle.ORGANIZATION_OFFICER):
        make_post(secretary, branch, title)  # one person on two seats
    make_post(make_member("乙", branch), branch, PostTitle.DEPUTY_SECRETARY)
    assert _facts(_general(branch)).unprepared == ()


def test_seats_are_those_of_the_day(led: Organization) -> None:
    led.posts.filter(member__name="委0").update(ended_on=DAY)
    assert _facts(_general(led)).unprepared == ()


def test_of_a_joint_general_meeting_only_the_unprepared_branch_is_named() -> None:
    _bureau, branches = make_bureau()
    for branch in branches:
        for number in range(3):
            person = make_member(f"{branch.code}{number}", branch)
            make_post(person, branch, PostTitle.COMMITTEE_MEMBER)
    first, second = branches
    make_activity(second, Kind.COMMITTEE_MEETING)
    activity = make_activity(first, Kind.GENERAL_MEETING, organizations=branches)
    assert _facts(activity).unprepared == (first.label,)


# --- who could vote, and when it was written down ----------------------------------------------


def test_only_the_committee_votes_in_its_own_meeting(led: Organization) -> None:
    make_member("党员", led)
    assert _facts(make_activity(led, Kind.COMMITTEE_MEETING, absent={})).voters == 3
    both = make_activity(led, Kind.COMMITTEE_MEETING, Kind.GENERAL_MEETING, absent={})
    assert _facts(both).voters == 4
    assert _facts(make_activity(led, Kind.GENERAL_MEETING)).voters is None


def test_nobody_knows_when_an_imported_record_was_written_down(branch: Organization) -> None:
    provenance = {"imported_file": "台账.xlsx", "imported_row": 2}
    imported = record_activity(
        make_entry(branch), user=None, status=Status.DRAFT, provenance=provenance
    )
    assert _facts(imported).recorded_on is None
    assert _facts(make_activity(branch)).recorded_on is not None
