"""The calendar and the heat map of one's own records."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from meetings.models import Kind, Status
from meetings.services import void_activity
from meetings.views.calendar import SHOWN_A_DAY
from tests.factories import DAY, make_activity, make_bureau, make_user
from tests.security.pages import executable_parts

pytestmark = pytest.mark.django_db


def ask(client: Client, **asked: Any) -> Any:
    answer = client.get(reverse("activity_calendar"), asked)
    assert answer.status_code == 200
    return answer


def shown(answer: Any) -> dict[dt.date, list[str]]:
    return {
        cell.day: [activity.title for activity, _credits in cell.shown]
        for week in answer.context["month"].weeks
        for cell in week
        if cell and cell.number
    }


@pytest.fixture
def inspector(client: Client) -> Client:
    bureau, (first, second) = make_bureau()
    make_activity(first, Kind.PARTY_LECTURE, title="联合", organizations=[first, second])
    make_activity(second, title="乙", status=Status.DRAFT)
    make_activity(first, title="下月", held_on=dt.date(2025, 4, 1))
    void = make_activity(first, title="作废")
    void_activity(void, user=None, expected_version=1, reason="重复")
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    return client


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"year": 2025, "month": 3}, {DAY: ["联合", "乙"]}),
        ({"year": 2025, "month": 3, "organization": "D01"}, {DAY: ["联合"]}),
        ({"year": 2025, "month": 3, "organization": "D02"}, {DAY: ["联合", "乙"]}),
        ({"year": 2025, "month": 4}, {dt.date(2025, 4, 1): ["下月"]}),
        ({"year": 2024, "month": 3}, {}),
    ],
)
def test_the_month_shows_what_was_held_in_it(
    asked: dict[str, Any], titles: dict[dt.date, list[str]], inspector: Client
) -> None:
    assert shown(ask(inspector, **asked)) == titles


def test_the_year_counts_a_joint_activity_once_and_no_void_one(inspector: Client) -> None:
    drawn = ask(inspector, year=2025, month=1).context["heat_map"]
    assert (drawn.number, drawn.days) == (3, 2)
    assert {one.day: one.number for one in drawn.squares if one.number}[DAY] == 2


def test_what_makes_no_sense_shows_this_month(inspector: Client) -> None:
    answer = ask(inspector, year="九", month="13", organization="无")
    assert answer.context["month"].first.month in range(1, 13)


def test_the_page_names_the_months_beside_it_and_keeps_the_filter(inspector: Client) -> None:
    page = ask(inspector, year=2025, month=1, organization="D01").text
    assert "year=2024&amp;month=12&amp;organization=D01" in page
    assert "year=2025&amp;month=2&amp;organization=D01" in page
    assert executable_parts(page) == []


def test_a_full_day_leads_to_the_list_of_the_day(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    for number in range(SHOWN_A_DAY + 2):
        make_activity(first, title=f"第{number}次")
    make_activity(second, title="别支部的")
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    page = ask(client, year=2025, month=3)
    assert len(shown(page)[DAY]) == SHOWN_A_DAY
    assert f'href="{reverse("activity_list")}?day=2025-03-05"' in page.text
    rows = client.get(reverse("activity_list"), {"day": "2025-03-05"}).context["rows"]
    assert len(rows) == SHOWN_A_DAY + 2
    assert "别支部的" not in page.text


def test_more_records_take_the_same_queries(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    bureau, branches = make_bureau()
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    make_activity(branches[0], organizations=branches)
    ask(client, year=2025, month=3)
    with django_assert_max_num_queries(12) as few:
        ask(client, year=2025, month=3)
    for day in range(1, 20):
        make_activity(branches[1], *list(Kind)[:3], held_on=dt.date(2025, 3, day))
    with django_assert_max_num_queries(12) as many:
        ask(client, year=2025, month=3)
    assert len(few) == len(many)
