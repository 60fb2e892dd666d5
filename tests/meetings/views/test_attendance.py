"""The grid's helps: what finds a person, namesakes told apart, a pasted list read."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Organization, Role
from meetings.forms.attendance import Ticks, grid_for
from meetings.models import Activity
from tests.factories import DAY, make_bureau, make_member, make_organization, make_user
from tests.meetings.typed import make_typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(client: Client) -> Organization:
    branch = make_organization()
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    return branch


def _match(client: Client, host: Organization, text: str, action: str = "match") -> object:
    asked = {"held_on": DAY.isoformat(), "host": host.pk, "kinds": "GROUP_STUDY"}
    url = reverse("activity_match")
    answer = client.post(url, asked | {"pasted_names": text, "action": action})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    return answer


def test_a_pasted_list_is_read_against_those_of_the_day(
    client: Client, branch: Organization
) -> None:
    here = make_member("张三", branch)
    make_member("李四", branch, until=DAY)  # moved away on the day itself
    answer = _match(client, branch, "1. 张三\n2. 李四")
    assert [(one.person.id, state) for one, state, *_ in answer.context["marks"]] == [
        (here.pk, "PRESENT")
    ]
    assert [one.text for one in answer.context["matching"].unmatched] == ["李四"]
    assert f'data-member="{here.pk}" data-state="PRESENT"' in answer.text


def test_a_list_of_the_absent_gives_leave_where_it_gives_a_reason(
    client: Client, branch: Organization
) -> None:
    for name in ("张三", "李四"):
        make_member(name, branch)
    answer = _match(client, branch, "张三、李四（出差）", action="match_absent")
    marks = [(one.person.name, state, reason) for one, state, _l, reason in answer.context["marks"]]
    assert marks == [("张三", "ABSENT", ""), ("李四", "ON_LEAVE", "出差")]


def test_namesakes_are_shown_with_their_months_of_birth(
    client: Client, branch: Organization
) -> None:
    for month in ("1980-05", "1975-11"):
        make_member("孙伟", branch, birth_month=month)
    answer = _match(client, branch, "孙伟")
    assert answer.context["marks"] == []
    assert "1980-05" in answer.text
    assert "1975-11" in answer.text


def test_a_list_tells_nothing_about_another_branch(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    make_member("张三", second)
    client.force_login(make_user(role=Role.RECORDER, organization=first))
    answer = _match(client, second, "张三")
    assert answer.context["marks"] == []
    assert answer.context["matching"].unmatched[0].suggestions == ()


def test_what_was_pasted_is_escaped(client: Client, branch: Organization) -> None:
    make_member("张三", branch)
    assert "<script" not in _match(client, branch, "张三(<script>)、<b>").text


def test_the_grid_finds_by_initials_and_pinyin_and_tells_namesakes_apart(
    branch: Organization,
) -> None:
    one = make_member("单雯", branch, birth_month="1980-05")
    one.sort_key = "shan wen"
    one.save()
    make_member("李四", branch, birth_month="1990-01")
    make_member("李 四", branch, birth_month="1975-11")
    grid = grid_for([("GROUP_STUDY", branch)], on=DAY, ticks=Ticks({}, {}), is_recorded=False)
    rows = {row.member_id: row for row in grid.rows}
    assert rows[one.pk].keys == "sw shanwen"
    assert rows[one.pk].birth_month == ""
    assert sorted(row.birth_month for row in grid.rows) == ["", "1975-11", "1990-01"]


def test_an_untouched_grid_marks_nobody(branch: Organization) -> None:
    make_member("张三", branch)
    grid = grid_for(
        [("GROUP_STUDY", branch)],
        on=DAY - dt.timedelta(days=1),
        ticks=Ticks({}, {}),
        is_recorded=False,
    )
    assert [row.state for row in grid.rows] == [""]


def test_without_javascript_a_list_is_read_then_agreed_to_and_nothing_typed_is_lost(
    client: Client, branch: Organization
) -> None:
    zhang, li, wang = (make_member(name, branch) for name in ("张三", "李四", "王五"))
    text = "1. 张三\n2. 李四（出差）\n3. 钱某某\n4. 张三"
    typed = make_typed(branch, minutes="会议记录写到一半", pasted_names=text)
    url = reverse("activity_create")

    page = client.post(url, typed | {"action": "match"})
    assert [one.text for one in page.context["matching"].unmatched] == ["钱某某"]
    assert [one.person.id for one in page.context["matching"].duplicates] == [zhang.pk]
    assert "会议记录写到一半" in page.text
    assert "4. 张三</textarea>" in page.text
    assert page.context["ticks"].states == {}
    assert 'value="match_agreed"' in page.text

    page = client.post(url, typed | {"action": "match_agreed"})
    assert page.context["ticks"].states == {zhang.pk: "PRESENT", li.pk: "ON_LEAVE"}
    assert page.context["ticks"].reasons == {li.pk: "出差"}
    assert page.context["pasted_names"] == ""
    assert "会议记录写到一半" in page.text
    assert not page.context["grid"].is_recorded  # nobody has said what became of 王五

    marked = typed | {f"state-{wang.pk}": "ABSENT"}
    page = client.post(url, marked | {"action": "match_agreed"})
    assert page.context["grid"].is_recorded
    assert not Activity.objects.exists()


def test_a_pasted_list_that_was_not_read_yet_survives_an_error(
    client: Client, branch: Organization
) -> None:
    typed = make_typed(branch, title="", pasted_names="张三、李四")
    page = client.post(reverse("activity_create"), typed)
    assert "张三、李四</textarea>" in page.text
    assert "matching" not in page.context
