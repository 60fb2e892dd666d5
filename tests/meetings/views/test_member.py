"""The page of one member."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from meetings.models import AttendanceState, Status
from meetings.services import LeaveLine
from tests.factories import DAY, make_activity, make_bureau, make_member, make_post, make_user

pytestmark = pytest.mark.django_db


def test_a_member_who_moved_shows_what_lies_in_the_scope_alone(client: Client) -> None:
    _bureau, (old, new) = make_bureau()
    member = make_member("甲", old, until=DAY)
    member.memberships.create(organization=new, started_on=DAY)
    make_post(member, new)
    make_activity(old, title="旧支部的会", held_on=DAY.replace(month=1), absent={})
    make_activity(new, title="新支部的会", absent={})
    client.force_login(make_user(role=Role.SECRETARY, organization=old))
    page = client.get(reverse("member_detail", args=[member.pk]), {"year": DAY.year})
    lines = [line for _year, lines, _turnout in page.context["years"] for line in lines]
    assert [line.title for line in lines] == [
        "离开本组织",
        "转为正式党员",
        "编入本组织",
        "发展入党",
    ]
    assert page.context["state"].organization is None
    assert not page.context["state"].posts
    assert [row.activity.title for row in page.context["attendances"]] == ["旧支部的会"]
    assert new.name not in page.text


def test_the_attendance_of_a_year_leaves_void_records_out(client: Client) -> None:
    _bureau, (branch, _other) = make_bureau()
    member = make_member("甲", branch)
    make_activity(branch, absent={})
    make_activity(branch, absent={member: LeaveLine(AttendanceState.ABSENT)})
    make_activity(branch, absent={}, held_on=DAY.replace(year=DAY.year - 1))
    void = make_activity(branch, absent={})
    type(void).objects.filter(pk=void.pk).update(status=Status.VOID, void_reason="重复")
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    page = client.get(reverse("member_detail", args=[member.pk]), {"year": str(DAY.year)})
    turnout = page.context["turnout"]
    assert (turnout.expected, turnout.present) == (2, 1)


def test_a_year_without_records_has_no_rate(client: Client) -> None:
    _bureau, (branch, _other) = make_bureau()
    member = make_member("甲", branch)
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    url = reverse("member_detail", args=[member.pk])
    assert client.get(url, {"year": "1950"}).context["turnout"] is None
    assert client.get(url, {"year": "某年"}).status_code == 200


def test_a_member_outside_the_scope_does_not_exist(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    member = make_member("甲", second)
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    assert client.get(reverse("member_detail", args=[member.pk])).status_code == 404
    assert client.get(reverse("member_detail", args=[10**30])).status_code == 404


def test_three_times_the_rows_take_the_same_queries(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    _bureau, (branch, _other) = make_bureau()
    member = make_member("甲", branch)
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    url = reverse("member_detail", args=[member.pk])
    asked = {"year": DAY.year}
    make_activity(branch, absent={})
    client.get(url, asked)  # the first request of a session writes it
    with django_assert_max_num_queries(16) as few:
        client.get(url, asked)
    make_activity(branch, absent={})
    make_activity(branch, absent={})
    with django_assert_max_num_queries(16) as many:
        client.get(url, asked)
    assert len(many) == len(few)
