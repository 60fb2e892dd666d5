"""The steps of review in the browser."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from branches.models import Organization, Role
from meetings.models import Activity, Status
from tests.factories import make_activity, make_bureau, make_user
from tests.meetings.typed import make_typed_edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    return make_bureau()[0]


@pytest.fixture
def branch(bureau: Organization) -> Organization:
    return Organization.objects.get(code="D01")


def _take(client: Client, step: str, activity: Activity, **said: Any) -> HttpResponse:
    said = {"version": activity.version} | said
    return client.post(reverse(f"activity_{step}", args=[activity.pk]), said)


def _status(activity: Activity) -> str:
    return Activity.objects.values_list("status", flat=True).get(pk=activity.pk)


@pytest.mark.parametrize(
    ("step", "before", "after", "roles"),
    [
        ("submit", Status.DRAFT, Status.SUBMITTED, {Role.SECRETARY, Role.ADMINISTRATOR}),
        ("accept", Status.SUBMITTED, Status.ACCEPTED, {Role.ADMINISTRATOR}),
        ("return", Status.SUBMITTED, Status.RETURNED, {Role.ADMINISTRATOR}),
        ("void", Status.ACCEPTED, Status.VOID, {Role.SECRETARY, Role.ADMINISTRATOR}),
        ("restore", Status.VOID, Status.DRAFT, {Role.SECRETARY, Role.ADMINISTRATOR}),
    ],
)
@pytest.mark.parametrize(
    "role", [Role.RECORDER, Role.SECRETARY, Role.ADMINISTRATOR, Role.INSPECTOR]
)
def test_a_step_is_open_to_its_roles_and_refused_to_the_others(
    step: str,
    before: Status,
    after: Status,
    roles: set[Role],
    role: Role,
    client: Client,
    branch: Organization,
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    Activity.objects.filter(pk=activity.pk).update(status=before, void_reason="重复")
    client.force_login(make_user(role=role, organization=branch))
    answer = _take(client, step, activity, comment="补充", reason="重复", anyway="1")
    assert answer.status_code == (302 if role in roles else 403)
    assert _status(activity) == (after if role in roles else before)
    offered = reverse(f"activity_{step}", args=[activity.pk])
    Activity.objects.filter(pk=activity.pk).update(status=before, void_reason="重复")
    page = client.get(reverse("activity_detail", args=[activity.pk]))
    assert (f'action="{offered}"' in page.text) == (role in roles)


def test_a_step_is_never_taken_by_following_a_link(client: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    client.force_login(make_user(is_superuser=True))
    answer = client.get(reverse("activity_accept", args=[activity.pk]))
    assert (answer.status_code, _status(activity)) == (405, Status.SUBMITTED)


def test_a_record_outside_the_scope_answers_as_one_that_does_not_exist(
    client: Client, bureau: Organization
) -> None:
    mine, other = Organization.objects.filter(depth=bureau.depth + 1)
    activity = make_activity(other, status=Status.SUBMITTED)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=mine))
    assert _take(client, "accept", activity).status_code == 404
    missing = client.post(reverse("activity_accept", args=[activity.pk + 1]), {"version": 1})
    assert missing.status_code == 404


def test_a_return_without_a_comment_is_asked_for_one(client: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=branch))
    answer = _take(client, "return", activity, comment=" ")
    assert "comment" in answer.context["form"].errors  # type: ignore[attr-defined]
    assert _status(activity) == Status.SUBMITTED


def test_a_step_on_a_record_changed_meanwhile_is_refused_and_keeps_the_comment(
    client: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    Activity.objects.filter(pk=activity.pk).update(version=2)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=branch))
    answer = _take(client, "return", activity, comment="写了很久的意见")
    assert (answer.status_code, _status(activity)) == (409, Status.SUBMITTED)
    assert "写了很久的意见" in answer.text  # type: ignore[attr-defined]
    assert answer.context["return_form"]["version"].value() == 2  # type: ignore[attr-defined]


def test_a_step_that_does_not_fit_the_status_says_so(client: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.ACCEPTED)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=branch))
    url = reverse("activity_accept", args=[activity.pk])
    page = client.post(url, {"version": 1}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert _status(activity) == Status.ACCEPTED


def test_accepting_from_home_leads_back_home(client: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=branch))
    answer = _take(client, "accept", activity, next="home")
    assert answer.headers["Location"] == reverse("home")


def test_a_step_never_leads_to_another_site(client: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=branch))
    answer = _take(client, "accept", activity, next="https://elsewhere.example/")
    assert "elsewhere" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("status", "saves", "words"),
    [
        (Status.DRAFT, True, "已保存为草稿，尚未提交：请看检查结果。"),
        (Status.RETURNED, True, "已保存，尚未重新提交：请看检查结果。"),
        (Status.DRAFT, False, "尚未提交：请看检查结果。"),
        (Status.RETURNED, False, "尚未提交：请看检查结果。"),
    ],
)
def test_a_record_that_the_check_holds_up_is_told_where_it_stands(
    client: Client, branch: Organization, status: Status, saves: bool, words: str
) -> None:
    activity = make_activity(branch, status=status)
    client.force_login(make_user(role=Role.SECRETARY, organization=branch))
    if saves:
        address = reverse("activity_edit", args=[activity.pk])
        client.post(address, make_typed_edit(activity, action="submit"))
    else:
        _take(client, "submit", activity)
    assert _status(activity) == status
    page = client.get(reverse("activity_check", args=[activity.pk]))
    assert [str(message) for message in page.context["messages"]] == [words]
