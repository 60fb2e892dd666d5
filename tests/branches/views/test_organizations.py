"""The tree of organizations and one of them as of a day."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Organization, PostTitle, Role
from tests.factories import make_bureau, make_member, make_organization, make_post, make_user

pytestmark = pytest.mark.django_db


def _log_in(client: Client, role: Role, organization: Organization) -> None:
    client.force_login(
        make_user(f"{role}-{organization.code}", role=role, organization=organization)
    )


def test_the_tree_counts_members_today_at_their_own_organization_and_above(client: Client) -> None:
    bureau, (first, second) = make_bureau()
    make_member("甲", first)
    make_member("乙", second)
    make_member("丙", second, converted_on=None)
    _log_in(client, Role.INSPECTOR, bureau)
    rows = client.get(reverse("organization_list")).context["rows"]
    counts = {one.code: (count.full, count.probationary) for one, _level, count in rows}
    assert counts == {"D00": (2, 1), "D01": (1, 0), "D02": (1, 1)}


def test_the_tree_ends_at_the_edge_of_the_scope(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    _log_in(client, Role.SECRETARY, first)
    answer = client.get(reverse("organization_list"))
    assert [one.code for one, *_rest in answer.context["rows"]] == ["D01"]
    assert second.name not in answer.text


def test_an_organization_is_shown_as_of_the_day_asked_for(client: Client) -> None:
    branch = make_organization()
    moved_on = dt.date(2024, 7, 1)
    old = make_member("旧人", branch, until=moved_on)
    new = make_member("新人", branch, since=moved_on)
    make_post(old, branch, PostTitle.SECRETARY, until=moved_on)
    make_post(new, branch, PostTitle.SECRETARY, since=moved_on)
    _log_in(client, Role.RECORDER, branch)
    url = reverse("organization_detail", args=[branch.code])
    before = client.get(url, {"on": "2024-06-30"}).context
    after = client.get(url, {"on": "2024年7月1日"}).context
    assert [row.name for row in before["members"]] == ["旧人"]
    assert [member.name for member, *_rest in before["committee"]] == ["旧人"]
    assert [row.name for row in after["members"]] == ["新人"]
    assert [member.name for member, *_rest in after["committee"]] == ["新人"]


def test_the_committee_stands_in_customary_order_before_group_leaders(client: Client) -> None:
    branch = make_organization()
    for name, title in (
        ("组长", PostTitle.GROUP_LEADER),
        ("委员", PostTitle.DISCIPLINE_OFFICER),
        ("书记", PostTitle.SECRETARY),
    ):
        make_post(make_member(name, branch), branch, title)
    _log_in(client, Role.RECORDER, branch)
    committee = client.get(reverse("organization_detail", args=[branch.code])).context["committee"]
    assert [member.name for member, *_rest in committee] == ["书记", "委员", "组长"]


def test_an_organization_outside_the_scope_does_not_exist(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    _log_in(client, Role.SECRETARY, first)
    hidden = client.get(reverse("organization_detail", args=[second.code]))
    missing = client.get(reverse("organization_detail", args=["NOBODY"]))
    assert hidden.status_code == missing.status_code == 404


def test_only_those_who_may_record_are_offered_to(client: Client) -> None:
    branch = make_organization()
    url = reverse("organization_detail", args=[branch.code])
    offer = reverse("activity_create")
    _log_in(client, Role.RECORDER, branch)
    assert offer in client.get(url).text
    _log_in(client, Role.INSPECTOR, branch)
    assert offer not in client.get(url).text


@pytest.mark.parametrize("name", ["organization_list", "organization_detail"])
def test_three_times_the_rows_take_the_same_queries(
    name: str, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    bureau, _branches = make_bureau()
    _log_in(client, Role.INSPECTOR, bureau)
    url = reverse(name, args=[bureau.code] if name == "organization_detail" else [])
    for number in range(3):
        make_member(f"先{number}", make_organization(f"E{number}", parent=bureau))
    client.get(url)  # the first request of a session writes it
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for number in range(9):
        make_member(f"后{number}", make_organization(f"F{number}", parent=bureau))
    with django_assert_max_num_queries(15) as many:
        client.get(url)
    assert len(many) == len(few)


def test_the_setting_of_sensitive_fields_is_offered_at_the_top_to_whoever_may_set_it(
    client: Client,
) -> None:
    bureau, (branch, _other) = make_bureau()
    setting = reverse("sensitive_settings", args=[bureau.code])
    for role, offered in ((Role.ADMINISTRATOR, True), (Role.INSPECTOR, False)):
        client.force_login(make_user(role.lower(), role=role, organization=bureau))
        assert (setting in client.get(f"/organizations/{bureau.code}/").text) is offered
        assert "/sensitive/" not in client.get(f"/organizations/{branch.code}/").text
