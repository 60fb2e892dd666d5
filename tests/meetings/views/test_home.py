"""The home page by role."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import Organization, Role
from meetings.models import Activity, Kind, Status
from meetings.services import return_activity, submit_activity, void_activity
from tests.factories import make_activity, make_bureau, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    return make_bureau()[0]


def _home(client: Client, role: Role | None, organization: Organization | None) -> Any:
    client.force_login(make_user(f"user-{role}", role=role, organization=organization))
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return answer


def _titles(listed: dict[str, Any]) -> list[str]:
    return [activity.title for activity, _credits, _said in listed["rows"]]


@pytest.mark.parametrize("role", [Role.RECORDER, Role.SECRETARY])
def test_those_who_record_see_their_drafts_and_what_came_back(
    role: Role, client: Client, bureau: Organization
) -> None:
    mine, other = Organization.objects.filter(depth=bureau.depth + 1)
    make_activity(mine, title="草稿", status=Status.DRAFT)
    make_activity(mine, title="退回", status=Status.RETURNED)
    make_activity(mine, title="已交", status=Status.SUBMITTED)
    make_activity(other, title="别人的", status=Status.DRAFT)
    page = _home(client, role, mine)
    assert _titles(page.context["drafts"]) == ["草稿"]
    assert _titles(page.context["returned"]) == ["退回"]
    assert [one.code for one in page.context["organizations"]] == ["D01"]
    assert reverse("activity_create") in page.text
    assert "submitted" not in page.context


def test_the_month_counts_a_record_under_each_of_its_kinds(
    client: Client, bureau: Organization
) -> None:
    mine, other = Organization.objects.filter(depth=bureau.depth + 1)
    today = timezone.localdate()
    kinds = (Kind.PARTY_LECTURE, Kind.GROUP_STUDY)
    make_activity(mine, *kinds, held_on=today, organizations=[mine, other])
    make_activity(mine, held_on=today, status=Status.DRAFT)
    make_activity(mine, held_on=today.replace(day=1) - dt.timedelta(days=1))
    month = dict(_home(client, Role.SECRETARY, mine).context["month"])
    assert month == {Kind.PARTY_LECTURE: 1, Kind.GROUP_STUDY: 2}


def test_the_administrator_sees_what_waits_and_the_year_by_organization(
    client: Client, bureau: Organization
) -> None:
    first, second = Organization.objects.filter(depth=bureau.depth + 1)
    today = timezone.localdate()
    make_activity(first, title="待审", held_on=today, status=Status.SUBMITTED)
    make_activity(first, held_on=today, organizations=[first, second])
    make_activity(first, held_on=today, status=Status.DRAFT)
    page = _home(client, Role.ADMINISTRATOR, bureau)
    assert _titles(page.context["submitted"]) == ["待审"]
    counts = {one.code: (n.accepted, n.submitted) for one, n in page.context["year_counts"]}
    # Rule 2: the joint record is one for the bureau and one for each branch.
    assert counts == {"D00": (1, 1), "D01": (1, 1), "D02": (1, 0)}


def test_drafts_of_the_branches_are_not_the_administrators_to_finish(
    client: Client, bureau: Organization
) -> None:
    admin = make_user("adm", role=Role.ADMINISTRATOR, organization=bureau)
    first = Organization.objects.get(code="D01")
    make_activity(first, title="支部的", status=Status.DRAFT)
    make_activity(first, title="导入的", status=Status.DRAFT, user=None)
    make_activity(bureau, title="自己的", status=Status.DRAFT, user=admin)
    client.force_login(admin)
    assert _titles(client.get(reverse("home")).context["drafts"]) == ["自己的"]


def test_a_superuser_works_as_administrator_of_every_tree(client: Client) -> None:
    bureau, (first, _second) = make_bureau()
    make_activity(first, title="待审", status=Status.SUBMITTED)
    client.force_login(make_user(is_superuser=True))
    page = client.get(reverse("home"))
    assert _titles(page.context["submitted"]) == ["待审"]
    assert list(page.context["organizations"]) == [bureau]


def test_an_inspector_is_led_to_the_lists_and_offered_no_form(
    client: Client, bureau: Organization
) -> None:
    page = _home(client, Role.INSPECTOR, bureau)
    assert reverse("activity_list") in page.text
    assert reverse("activity_create") not in page.text
    assert client.get(reverse("activity_create")).status_code == 403


def test_an_auditor_and_an_unappointed_user_are_told_where_they_stand(client: Client) -> None:
    auditor = _home(client, Role.AUDITOR, None)
    assert (auditor.context["is_auditor"], auditor.context["may_read"]) == (True, False)
    assert "empty-state" not in auditor.text
    nobody = _home(client, None, None)
    assert "empty-state" in nobody.text
    assert client.get(reverse("activity_list")).status_code == 403


def test_an_appointment_that_ended_opens_nothing(client: Client, bureau: Organization) -> None:
    today = timezone.localdate()
    client.force_login(make_user(role=Role.SECRETARY, organization=bureau, until=today))
    assert "empty-state" in client.get(reverse("home")).text


def test_what_was_voided_lately_waits_for_whoever_may_restore_it(
    client: Client, bureau: Organization
) -> None:
    mine, other = Organization.objects.filter(depth=bureau.depth + 1)

    def void(host: Organization, title: str, days_ago: int) -> None:
        record = make_activity(host, title=title)
        void_activity(record, user=None, expected_version=1, reason="录重了")
        moment = timezone.now() - dt.timedelta(days=days_ago)
        Activity.objects.filter(pk=record.pk).update(updated_at=moment)

    void(mine, "昨天作废", 1)
    void(mine, "上周作废", 7)
    void(mine, "早先作废", 31)
    void(other, "别人的", 1)
    page = _home(client, Role.SECRETARY, mine)
    assert _titles(page.context["voided"]) == ["昨天作废", "上周作废"]
    assert "录重了" in page.text
    page = _home(client, Role.RECORDER, mine)
    assert "昨天作废" not in page.text
    assert "?status=VOID" not in page.text


def test_three_times_the_rows_take_the_same_queries(
    client: Client, bureau: Organization, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    first, second = Organization.objects.filter(depth=bureau.depth + 1)
    today = timezone.localdate()
    _home(client, Role.ADMINISTRATOR, bureau)

    def record(times: int) -> None:
        for status in (Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.ACCEPTED):
            for _number in range(times):
                kinds = list(Kind)[:2]
                make_activity(
                    first, *kinds, held_on=today, status=status, organizations=[first, second]
                )
        for _number in range(times):
            void_activity(make_activity(first), user=None, expected_version=1, reason="录重了")

    record(2)
    with django_assert_max_num_queries(26) as few:
        client.get(reverse("home"))
    record(4)
    with django_assert_max_num_queries(26) as many:
        client.get(reverse("home"))
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("comment", "on_fields", "shown", "more"),
    [
        ("请补全", {}, "请补全", None),
        ("", {"minutes": "太短"}, "会议记录：太短", None),
        (
            "",
            {"minutes": "太短", "chair": "写全名", "agenda": "缺一项"},
            "会议记录：太短",
            "还有 2 条",
        ),
        ("请补全", {"minutes": "太短"}, "请补全", "还有 1 条"),
    ],
)
def test_a_returned_record_says_first_what_to_correct_and_how_much_more(
    client: Client,
    bureau: Organization,
    comment: str,
    on_fields: dict[str, str],
    shown: str,
    more: str | None,
) -> None:
    mine, _other = Organization.objects.filter(depth=bureau.depth + 1)
    activity = make_activity(mine, status=Status.SUBMITTED)
    reviewer = make_user("reviewer")
    return_activity(
        activity, user=reviewer, expected_version=1, comment=comment, on_fields=on_fields
    )
    page = _home(client, Role.SECRETARY, mine)
    words = " ".join(re.sub(r"<[^>]+>", "", page.text).split())
    assert shown in words
    assert ("还有" in words) is (more is not None)
    assert more is None or more in words


def test_what_was_said_at_an_earlier_return_is_not_said_again(
    client: Client, bureau: Organization
) -> None:
    mine, _other = Organization.objects.filter(depth=bureau.depth + 1)
    activity = make_activity(mine, status=Status.SUBMITTED)
    reviewer = make_user("reviewer")
    return_activity(activity, user=reviewer, expected_version=1, comment="旧意见")
    submit_activity(activity, user=reviewer, expected_version=2)
    return_activity(activity, user=reviewer, expected_version=3, on_fields={"place": "新意见"})
    text = _home(client, Role.SECRETARY, mine).text
    assert "新意见" in text
    assert "旧意见" not in text
