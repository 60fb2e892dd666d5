"""Pages of rectification: opened from an activity, listed by due date, closed, opened again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import Organization, Role
from meetings.models import Rectification
from tests.factories import DAY, make_activity, make_bureau, make_user
from tests.security.pages import typed_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> Organization:
    _bureau, (first, _second) = make_bureau()
    return first


@pytest.fixture
def recorder(client: Client, first: Organization) -> Client:
    client.force_login(make_user(role=Role.RECORDER, organization=first, name="甲一"))
    return client


def make_problem(organization: Organization, problem: str, **fields: Any) -> Rectification:
    values = {"opened_on": DAY} | fields
    return Rectification.objects.create(organization=organization, problem=problem, **values)


def _problems(client: Client, **asked: Any) -> list[str]:
    answer = client.get(reverse("rectification_list"), asked)
    assert answer.status_code == 200
    return [one.problem for one in answer.context["page_obj"]]


def test_a_problem_is_opened_from_the_page_of_the_activity(
    recorder: Client, first: Organization
) -> None:
    activity = make_activity(first)
    page = recorder.get(reverse("activity_detail", args=[activity.pk]))
    address = reverse("rectification_create", args=[activity.pk])
    assert f'href="{address}"' in page.text
    typed = {
        "organization": first.pk,
        "problem": "台账不全",
        "measure": "补录",
        "owner": "甲一",
        "due_on": "2025年6月30日",
    }
    answer = recorder.post(address, typed, follow=True)
    assert "台账不全" in answer.text
    one = Rectification.objects.get()
    assert (one.activity, one.opened_on, one.due_on) == (activity, DAY, dt.date(2025, 6, 30))
    assert "台账不全" in recorder.get(reverse("activity_detail", args=[activity.pk])).text


def test_a_form_without_problem_or_due_day_is_shown_again(
    recorder: Client, first: Organization
) -> None:
    address = reverse("rectification_create", args=[make_activity(first).pk])
    answer = recorder.post(address, {"organization": first.pk, "measure": "补录"})
    assert set(answer.context["form"].errors) == {"problem", "due_on"}
    assert "补录" in answer.text
    assert not Rectification.objects.exists()


def test_of_a_joint_activity_each_branch_opens_and_sees_its_own(
    recorder: Client, first: Organization
) -> None:
    second = Organization.objects.get(code="D02")
    joint = make_activity(second, organizations=[second, first])
    make_problem(second, "别支部的问题", activity=joint)
    form = recorder.get(reverse("rectification_create", args=[joint.pk])).context["form"]
    assert list(form.fields["organization"].queryset) == [first]
    assert "别支部的问题" not in recorder.get(reverse("activity_detail", args=[joint.pk])).text


@pytest.mark.parametrize(
    ("asked", "problems"),
    [
        ({}, ["逾期", "今日", "无期限"]),
        ({"state": "overdue"}, ["逾期"]),
        ({"state": "done"}, ["办结"]),
        ({"state": ""}, ["办结", "逾期", "今日", "无期限"]),
        ({"state": "", "year": "2024"}, ["办结"]),
        ({"organization": "D02"}, ["今日"]),
        ({"state": "没有", "year": "去年"}, ["办结", "逾期", "今日", "无期限"]),
    ],
)
def test_the_list_is_filtered_and_the_first_due_comes_first(
    client: Client, first: Organization, asked: dict[str, str], problems: list[str]
) -> None:
    today = timezone.localdate()
    make_problem(first, "无期限")
    make_problem(Organization.objects.get(code="D02"), "今日", due_on=today)
    make_problem(first, "逾期", due_on=today - dt.timedelta(1))
    make_problem(first, "办结", opened_on=dt.date(2024, 5, 1), due_on=DAY, done_on=DAY)
    bureau = Organization.objects.get(code="D00")
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    assert _problems(client, **asked) == problems


def test_overdue_is_a_sign_and_a_word_and_not_due_today(
    recorder: Client, first: Organization
) -> None:
    today = timezone.localdate()
    make_problem(first, "今日", due_on=today)
    assert "逾期</span>" not in recorder.get(reverse("rectification_list")).text
    make_problem(first, "昨日", due_on=today - dt.timedelta(1))
    page = recorder.get(reverse("rectification_list")).text
    assert page.count("逾期</span>") == 1
    assert "</svg>" in page.split("逾期</span>")[0][-10:]


def test_closing_asks_what_was_done_and_when(recorder: Client, first: Organization) -> None:
    one = make_problem(first, "台账不全")
    address = reverse("rectification_close", args=[one.pk])
    answer = recorder.post(address, {"done_on": "2025-03-04", "done_note": ""})
    assert set(answer.context["form"].errors) == {"done_note"}
    answer = recorder.post(address, {"done_on": "2025-03-04", "done_note": "已补齐"})
    assert set(answer.context["form"].errors) == {"done_on"}
    assert "已补齐" in answer.text
    recorder.post(address, {"done_on": "2025-03-05", "done_note": "已补齐"})
    one.refresh_from_db()
    assert one.done_on == DAY
    again = recorder.post(address, {"done_on": "2025-03-05", "done_note": "又一次"}, follow=True)
    assert "又一次" not in again.text


def test_opening_again_asks_for_the_reason(recorder: Client, first: Organization) -> None:
    one = make_problem(first, "台账不全", done_on=DAY, done_note="已补齐")
    address = reverse("rectification_reopen", args=[one.pk])
    assert set(recorder.post(address).context["form"].errors) == {"reason"}
    answer = recorder.post(address, {"reason": "仍有缺页"}, follow=True)
    one.refresh_from_db()
    assert one.done_on is None
    assert "已补齐" in answer.text
    assert "仍有缺页" in answer.text


def test_a_correction_starts_from_what_stands_there(recorder: Client, first: Organization) -> None:
    one = make_problem(first, "台账不全\n共三处", due_on=DAY)
    address = reverse("rectification_edit", args=[one.pk])
    typed = typed_form(recorder.get(address).text, containing="seen_problem")
    recorder.post(address, typed | {"owner": "乙一"})
    one.refresh_from_db()
    assert (one.problem, one.owner, one.due_on) == ("台账不全\n共三处", "乙一", DAY)
    answer = recorder.post(address, typed | {"owner": "丙一"})
    assert answer.context["form"].non_field_errors()
    one.refresh_from_db()
    assert one.owner == "乙一"


def test_what_is_done_is_not_corrected(recorder: Client, first: Organization) -> None:
    one = make_problem(first, "台账不全", done_on=DAY)
    assert recorder.get(reverse("rectification_edit", args=[one.pk])).status_code == 403


def test_more_rectifications_take_the_same_queries(
    recorder: Client, first: Organization, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    make_problem(first, "一")
    _problems(recorder)
    with django_assert_max_num_queries(10) as few:
        _problems(recorder)
    for number in range(6):
        make_problem(first, f"{number}")
    with django_assert_max_num_queries(10) as many:
        assert len(_problems(recorder)) == 7
    assert len(few) == len(many)
