"""The page of one activity."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import Organization, PostTitle, Role
from meetings.models import Activity, AttendanceState, Kind, Status
from meetings.services import AgendaLine, GuestLine, LeaveLine
from tests.factories import (
    make_activity,
    make_bureau,
    make_member,
    make_organization,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db

AWAY = LeaveLine(AttendanceState.ON_LEAVE, "出差")


@pytest.fixture
def branch() -> Organization:
    return make_organization()


def _page(client: Client, activity: Activity) -> Any:
    if "_auth_user_id" not in client.session:
        client.force_login(make_user(role=Role.INSPECTOR, organization=activity.host))
    answer = client.get(reverse("activity_detail", args=[activity.pk]))
    assert answer.status_code == 200
    return answer


def test_one_record_of_three_kinds_counts_three_times(client: Client, branch: Organization) -> None:
    kinds = (Kind.GENERAL_MEETING, Kind.PARTY_LECTURE, Kind.THEMED_PARTY_DAY)
    credits = _page(client, make_activity(branch, *kinds)).context["credits"]
    assert (credits.kinds, credits.counts, credits.is_joint) == (kinds, 3, False)


def test_a_joint_activity_says_for_whom_it_counts(client: Client) -> None:
    bureau, branches = make_bureau()
    activity = make_activity(branches[0], organizations=branches)
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    credits = _page(client, activity).context["credits"]
    assert list(credits.organizations) == branches
    assert (credits.counts, credits.is_joint) == (1, True)


def test_attendance_not_recorded_is_no_rate(client: Client, branch: Organization) -> None:
    make_member("甲", branch)
    assert _page(client, make_activity(branch)).context["turnout"] is None


def test_the_turnout_counts_those_expected_and_no_guest(
    client: Client, branch: Organization
) -> None:
    away = make_member("甲", branch)
    for name in ("乙", "丙"):
        make_member(name, branch)
    activity = make_activity(branch, absent={away: AWAY}, guests=(GuestLine("来宾"),))
    page = _page(client, activity)
    turnout = page.context["turnout"]
    assert (turnout.expected, turnout.present, turnout.on_leave) == (3, 2, 1)
    assert turnout.percent == "66.7%"
    assert "出差" in page.text


def test_a_general_meeting_has_a_quorum_of_the_members_with_voting_right(
    client: Client, branch: Organization
) -> None:
    members = [make_member(name, branch) for name in ("甲", "乙", "丙")]
    make_member("预备", branch, converted_on=None)
    activity = make_activity(
        branch, Kind.GENERAL_MEETING, absent={members[0]: AWAY, members[1]: AWAY}
    )
    [quorum] = _page(client, activity).context["quorums"]
    assert (quorum.expected, quorum.present, quorum.needed) == (3, 1, 2)
    assert quorum.is_reached is False


def test_a_committee_meeting_has_a_quorum_of_its_members(
    client: Client, branch: Organization
) -> None:
    for number, name in enumerate(("甲", "乙", "丙")):
        member = make_member(name, branch)
        if number < 2:
            make_post(member, branch, PostTitle.COMMITTEE_MEMBER)
    activity = make_activity(branch, Kind.COMMITTEE_MEETING, Kind.GROUP_STUDY, absent={})
    [quorum] = _page(client, activity).context["quorums"]
    assert (quorum.kind, quorum.expected, quorum.present) == (Kind.COMMITTEE_MEETING, 2, 2)


def test_each_branch_of_a_joint_general_meeting_has_its_own_quorum(client: Client) -> None:
    bureau, (first, second) = make_bureau()
    make_member("甲", first)
    away = make_member("乙", second)
    activity = make_activity(
        first, Kind.GENERAL_MEETING, organizations=[first, second], absent={away: AWAY}
    )
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    quorums = _page(client, activity).context["quorums"]
    assert {one.organization.code: one.is_reached for one in quorums} == {"D01": True, "D02": False}


@pytest.mark.parametrize(("ayes", "carried"), [(2, False), (3, True), (None, None)])
def test_a_resolution_is_carried_by_more_than_half_of_those_expected(
    ayes: int | None, carried: bool | None, client: Client, branch: Organization
) -> None:
    away, *_others = [make_member(name, branch) for name in ("甲", "乙", "丙", "丁")]
    line = AgendaLine("议题", votes_for=ayes, votes_against=0)
    activity = make_activity(branch, Kind.GENERAL_MEETING, absent={away: AWAY}, agenda=(line,))
    [(_item, result)] = _page(client, activity).context["agenda"]
    assert result is carried


def test_whether_a_resolution_is_carried_is_unknown_without_attendance(
    client: Client, branch: Organization
) -> None:
    activity = make_activity(branch, Kind.GENERAL_MEETING, agenda=(AgendaLine("议", votes_for=9),))
    [(_item, result)] = _page(client, activity).context["agenda"]
    assert result is None


def test_a_late_entry_shows_both_days(client: Client, branch: Organization) -> None:
    today = timezone.localdate()
    late = make_activity(branch, held_on=today - dt.timedelta(days=40))
    prompt = make_activity(branch, held_on=today)
    assert 'icons.svg#clock"' in _page(client, late).text
    assert 'icons.svg#clock"' not in _page(client, prompt).text


def test_the_history_tells_who_did_what_and_why(client: Client, branch: Organization) -> None:
    user = make_user("adm", name="管理员", role=Role.ADMINISTRATOR, organization=branch)
    activity = make_activity(branch, status=Status.SUBMITTED, user=user)
    client.force_login(user)
    url = reverse("activity_return", args=[activity.pk])
    client.post(url, {"version": 1, "comment": "补充签到情况"})
    page = _page(client, activity)
    actions = [(one.version, one.action, one.user.name) for one in page.context["revisions"]]
    assert actions == [(2, "RETURNED", "管理员"), (1, "RECORDED", "管理员")]
    assert page.text.count("补充签到情况") == 2


def test_an_imported_record_names_its_file(client: Client, branch: Organization) -> None:
    activity = make_activity(branch)
    Activity.objects.filter(pk=activity.pk).update(imported_file="台账.xlsx", imported_row=7)
    assert "台账.xlsx" in _page(client, activity).text


def test_typed_text_is_never_markup(client: Client, branch: Organization) -> None:
    activity = make_activity(branch, title="<script>甲</script>", minutes="<b>乙</b>")
    text = _page(client, activity).text
    assert "<script>甲" not in text
    assert "<b>乙" not in text


def test_three_times_the_people_take_the_same_queries(
    client: Client, branch: Organization, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(3):
        make_member(f"甲{number}", branch)
    few_people = make_activity(branch, Kind.GENERAL_MEETING, absent={}, materials=("甲",))
    for number in range(6):
        make_member(f"乙{number}", branch)
    many_people = make_activity(
        branch,
        Kind.GENERAL_MEETING,
        absent={},
        materials=("甲", "乙", "丙"),
        agenda=(AgendaLine("一"), AgendaLine("二"), AgendaLine("三")),
    )
    _page(client, few_people)  # the first request of a session writes it
    with django_assert_max_num_queries(20) as few:
        _page(client, few_people)
    with django_assert_max_num_queries(20) as many:
        _page(client, many_people)
    assert len(many) == len(few)
