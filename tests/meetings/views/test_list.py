"""The list of activities: filter, search, sort, page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from meetings.models import Holiday, Kind, Status
from meetings.services import GuestLine
from meetings.views.list import PER_PAGE
from tests.factories import DAY, make_activity, make_bureau, make_member, make_user

pytestmark = pytest.mark.django_db


def _titles(client: Client, **asked: Any) -> list[str]:
    answer = client.get(reverse("activity_list"), asked)
    assert answer.status_code == 200
    return [activity.title for activity, _credits in answer.context["rows"]]


@pytest.fixture
def inspector(client: Client) -> Client:
    """Reads D01 and D02: a joint lecture 甲, a study 乙 of D02, a returned visit 丙 of 2024."""
    bureau, (first, second) = make_bureau()
    make_member("欧阳明月", first)
    make_activity(
        first,
        Kind.PARTY_LECTURE,
        Kind.GROUP_STUDY,
        title="甲",
        organizations=[first, second],
        absent={},
        place="河畔礼堂",
    )
    make_activity(
        second,
        title="乙",
        held_on=DAY + dt.timedelta(days=1),
        minutes="传达会议精神",
        guests=(GuestLine("罗望川"),),
    )
    make_activity(
        second,
        Kind.INTEGRITY_EDUCATION,
        title="丙",
        held_on=dt.date(2024, 12, 31),
        holiday=Holiday.NEW_YEAR.value,
        status=Status.RETURNED,
    )
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    return client


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["乙", "甲", "丙"]),
        ({"year": "2025"}, ["乙", "甲"]),
        ({"year": "２０２４"}, ["丙"]),
        ({"kind": "PARTY_LECTURE"}, ["甲"]),
        ({"status": "RETURNED"}, ["丙"]),
        ({"organization": "D01"}, ["甲"]),
        ({"organization": "D02"}, ["乙", "甲", "丙"]),
        ({"organization": "D00", "kind": "GROUP_STUDY"}, ["乙", "甲"]),
        ({"holiday": "new_year"}, ["丙"]),
        ({"q": "河畔"}, ["甲"]),
        ({"q": "传达"}, ["乙"]),
        ({"q": "明月"}, ["甲"]),
        ({"q": "罗望川"}, ["乙"]),
        ({"sort": "held_on"}, ["丙", "甲", "乙"]),
        ({"sort": "status"}, ["乙", "甲", "丙"]),
        ({"q": "无此事"}, []),
        # What makes no sense as a filter does not break the page.
        ({"year": "去年", "sort": "password", "page": "九"}, ["乙", "甲", "丙"]),
    ],
)
def test_the_list_shows_what_was_asked_for(
    asked: dict[str, str], titles: list[str], inspector: Client
) -> None:
    assert _titles(inspector, **asked) == titles


def test_a_branch_sees_the_joint_activities_it_took_part_in_and_no_others(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    make_activity(first, title="共同", organizations=[first, second])
    make_activity(first, title="别人的")
    client.force_login(make_user(role=Role.SECRETARY, organization=second))
    assert _titles(client) == ["共同"]


def test_a_record_of_several_kinds_says_how_often_it_counts(inspector: Client) -> None:
    rows = inspector.get(reverse("activity_list"), {"kind": "PARTY_LECTURE"}).context["rows"]
    [(_activity, credits)] = rows
    assert [kind.value for kind in credits.kinds] == ["PARTY_LECTURE", "GROUP_STUDY"]
    assert (credits.counts, len(credits.organizations)) == (2, 2)


def test_the_list_is_paged_and_keeps_its_filter(client: Client) -> None:
    bureau, (first, _second) = make_bureau()
    for number in range(PER_PAGE + 2):
        make_activity(first, title=f"第{number:02}次")
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    page = client.get(reverse("activity_list"), {"year": "2025", "sort": "title"})
    assert len(page.context["rows"]) == PER_PAGE
    assert "year=2025&amp;sort=title&amp;page=2" in page.text
    assert _titles(client, year="2025", sort="title", page="2") == ["第25次", "第26次"]


def test_three_times_the_rows_take_the_same_queries(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    bureau, branches = make_bureau()
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    for _number in range(4):
        make_activity(branches[0], *list(Kind)[:3], organizations=branches)
    _titles(client)  # the first request of a session writes it
    with django_assert_max_num_queries(12) as few:
        assert len(_titles(client)) == 4
    for _number in range(8):
        make_activity(branches[1], *list(Kind)[:3], organizations=branches)
    with django_assert_max_num_queries(12) as many:
        assert len(_titles(client)) == 12
    assert len(many) == len(few)


def test_an_empty_list_says_what_to_do_next(client: Client) -> None:
    _bureau, (first, _second) = make_bureau()
    client.force_login(make_user(role=Role.RECORDER, organization=first))
    answer = client.get(reverse("activity_list"))
    assert answer.text.count(f'href="{reverse("activity_create")}"') == 2
