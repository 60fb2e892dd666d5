"""The list of members as of a day."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from branches.models import AuditEntry, PostTitle, Role, User
from branches.views.members import PER_PAGE
from tests.factories import make_bureau, make_member, make_organization, make_post, make_user

pytestmark = pytest.mark.django_db

MOVED_ON = dt.date(2024, 7, 1)


def _names(client: Client, **asked: Any) -> list[str]:
    answer = client.get(reverse("member_list"), asked)
    assert answer.status_code == 200
    return [person.name for person in answer.context["people"]]


@pytest.fixture
def inspector(client: Client) -> Client:
    """A client who reads branches D01 (赵, 钱 until July 2024) and D02 (孙, probationary)."""
    bureau, (first, second) = make_bureau()
    make_member("赵", first)
    mover = make_member("钱", first, until=MOVED_ON)
    mover.memberships.create(organization=second, started_on=MOVED_ON)
    make_member("孙", second, converted_on=None)
    for name, key in (("赵", "zhao"), ("钱", "qian"), ("孙", "sun")):
        type(mover).objects.filter(name=name).update(sort_key=key)
    client.force_login(make_user(role=Role.INSPECTOR, organization=bureau))
    return client


def test_members_are_sorted_by_pinyin(inspector: Client) -> None:
    assert _names(inspector) == ["钱", "孙", "赵"]


def test_members_are_found_by_a_part_of_the_name_and_of_the_pinyin(inspector: Client) -> None:
    assert _names(inspector, q="赵") == ["赵"]
    assert _names(inspector, q="qia") == ["钱"]


def test_a_member_who_moved_is_listed_where_they_were_on_the_day(inspector: Client) -> None:
    assert _names(inspector, organization="D01", on="2024-06-30") == ["钱", "赵"]
    assert _names(inspector, organization="D01", on="2024-07-01") == ["赵"]
    assert _names(inspector, organization="D02", on="2024-07-01") == ["钱", "孙"]


def test_members_are_filtered_by_their_standing_on_the_day(inspector: Client) -> None:
    assert _names(inspector, standing="PROBATIONARY") == ["孙"]
    assert _names(inspector, standing="FULL") == ["钱", "赵"]
    assert _names(inspector, standing="PROBATIONARY", on="1999-01-01") == []


def test_in_the_order_of_posts_the_secretary_comes_first(client: Client) -> None:
    branch = make_organization()
    for name in ("甲", "乙", "丙"):
        make_member(name, branch)
    make_post(branch.memberships.get(member__name="丙").member, branch, PostTitle.SECRETARY)
    make_post(branch.memberships.get(member__name="乙").member, branch, PostTitle.GROUP_LEADER)
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    assert _names(client, sort="post") == ["丙", "乙", "甲"]


def test_members_of_another_branch_are_not_listed(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    make_member("自己", first)
    make_member("别人", second)
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    assert _names(client) == ["自己"]
    # An organization outside the scope is no choice of the filter either.
    assert second.name not in client.get(reverse("member_list")).text


def test_a_filter_that_matches_nobody_offers_the_way_back(inspector: Client) -> None:
    answer = inspector.get(reverse("member_list"), {"q": "无此人"})
    assert answer.context["people"] == []
    assert f'href="{reverse("member_list")}"' in answer.text


def test_the_list_is_paged_with_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    branch = make_organization()
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    for number in range(PER_PAGE // 2):
        make_member(f"甲{number:03}", branch)
    _names(client)  # the first request of a session writes it
    with django_assert_max_num_queries(12) as few:
        assert len(_names(client)) == PER_PAGE // 2
    for number in range(PER_PAGE):
        make_member(f"乙{number:03}", branch)
    with django_assert_max_num_queries(12) as many:
        assert len(_names(client)) == PER_PAGE
    assert len(many) == len(few)
    assert len(_names(client, page=2)) == PER_PAGE // 2


def test_members_are_found_by_initials_and_by_pinyin_without_spaces(client: Client) -> None:
    _bureau, (branch, _other) = make_bureau()
    for name, key in (("张小红", "zhang xiao hong"), ("赵喜", "zhao xi"), ("洪震", "hong zhen")):
        type(make_member(name, branch)).objects.filter(name=name).update(sort_key=key)
    client.force_login(make_user(role=Role.SECRETARY, organization=branch))

    def found(text: str) -> list[str]:
        page = client.get(reverse("member_list"), {"q": text})
        return [person.name for person in page.context["people"]]

    assert found("zxh") == ["张小红"]
    assert found("zx") == ["张小红", "赵喜"]
    assert found("xh") == ["张小红"]
    assert found("xiaohong") == ["张小红"]
    assert found("Zhao X") == ["赵喜"]
    assert found("z(") == []


def test_members_are_filtered_by_post(client: Client) -> None:
    _bureau, (branch, _other) = make_bureau()
    for name, title in (("甲", PostTitle.SECRETARY), ("乙", PostTitle.PUBLICITY_OFFICER)):
        make_post(make_member(name, branch), branch, title)
    make_member("丙", branch)
    client.force_login(make_user(role=Role.SECRETARY, organization=branch))

    def holders(post: str) -> list[str]:
        page = client.get(reverse("member_list"), {"post": post})
        return sorted(person.name for person in page.context["people"])

    assert holders("SECRETARY") == ["甲"]
    assert holders("any") == ["乙", "甲"]
    assert holders("") == ["丙", "乙", "甲"]


def test_the_file_holds_what_the_list_shows_and_no_formula(client: Client) -> None:
    _bureau, (branch, other) = make_bureau()
    make_member("=1+1", branch, gender="女")
    make_member("另一人", branch)
    make_member("别处", other)
    client.force_login(make_user(role=Role.SECRETARY, organization=branch))
    answer = client.get(reverse("member_export"), {"q": "=1"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert [row[:2] for row in rows] == [["姓名", "性别"], ["=1+1", "女"]]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(answer.content)).read(
        "xl/worksheets/sheet1.xml"
    )
    assert AuditEntry.objects.get(act="member.export").user == User.objects.get()
