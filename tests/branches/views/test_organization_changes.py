"""Pages on which an administrator enters what happens to organizations."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from branches.models import Organization, OrganizationKind, Role
from branches.services.organizations import begin_term
from tests.factories import make_activity, make_bureau, make_member, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def branches() -> list[Organization]:
    """The bureau, two branches and a general branch."""
    bureau, (first, second) = make_bureau()
    general = make_organization("D09", parent=bureau, kind=OrganizationKind.GENERAL_BRANCH)
    return [bureau, first, second, general]


@pytest.fixture
def client(branches: list[Organization]) -> Client:
    client = Client()
    client.force_login(make_user("boss", role=Role.ADMINISTRATOR, organization=branches[0]))
    return client


def test_a_move_shows_in_the_history_and_is_undone_from_there(
    client: Client, branches: list[Organization]
) -> None:
    _bureau, first, _second, general = branches
    answer = client.post(
        "/organizations/D01/move/",
        {"superior": general.pk, "on": "2025年6月1日", "reason": "党委〔2025〕3号"},
        follow=True,
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "调整隶属关系" in page
    assert "党委〔2025〕3号" in page

    event = first.events.get()
    client.post(f"/organizations/D01/events/{event.pk}/undo/", {"reason": "录入错误"})
    first.refresh_from_db()
    assert Organization.objects.get_parent(first).code == "D00"
    page = client.get("/organizations/D01/").content.decode()
    assert "已撤回" in page
    assert client.get(f"/organizations/D01/events/{event.pk}/undo/").status_code == 403


def test_the_page_of_an_earlier_day_shows_the_tree_and_the_name_of_that_day(
    client: Client, branches: list[Organization]
) -> None:
    general = branches[3]
    client.post("/organizations/D01/move/", {"superior": general.pk, "on": "2025-06-01"})
    client.post("/organizations/D01/rename/", {"name": "综合支部", "on": "2025-06-01"})

    before = client.get("/organizations/D00/?on=2025-05-31").content.decode()
    after = client.get("/organizations/D00/?on=2025-06-01").content.decode()
    assert "/organizations/D01/" in before
    assert "/organizations/D01/" not in after
    assert "第1支部" in client.get("/organizations/D01/?on=2025-05-31").content.decode()
    assert "第1支部" not in client.get("/organizations/D01/?on=2025-06-01").content.decode()


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(client: Client) -> None:
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    answer = client.post("/organizations/D01/rename/", {"name": "综合支部", "on": tomorrow})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "这一天还没有到" in page
    assert 'value="综合支部"' in page

    answer = client.post(
        "/organizations/D00/found/",
        {"kind": "BRANCH", "code": "D02", "name": "新支部", "on": "2025-06-01"},
    )
    assert "code" in answer.context["form"].errors


def test_a_branch_is_split_and_its_page_is_that_of_the_new_one(
    client: Client, branches: list[Organization]
) -> None:
    member = make_member("甲一", branches[1])
    answer = client.post(
        "/organizations/D01/split/",
        {"code": "D05", "name": "第五支部", "members": [member.pk], "on": "2025-06-01"},
    )
    assert answer["Location"] == "/organizations/D05/"
    assert member.memberships.get(ended_on=None).organization.code == "D05"


def test_what_is_still_open_is_named_before_a_branch_is_closed(
    client: Client, branches: list[Organization]
) -> None:
    make_activity(branches[1], status="DRAFT", title="没写完的会议")
    for deed in ("merge", "dissolve"):
        assert "没写完的会议" in client.get(f"/organizations/D01/{deed}/").content.decode()


def test_members_in_the_way_of_a_dissolution_are_named(
    client: Client, branches: list[Organization]
) -> None:
    make_member("甲一", branches[1])
    page = client.post("/organizations/D01/dissolve/", {"on": "2025-06-01"}).content.decode()
    assert "甲一" in page
    client.post("/organizations/D01/merge/", {"into": branches[2].pk, "on": "2025-06-01"})
    branches[1].refresh_from_db()
    assert branches[1].closed_on == dt.date(2025, 6, 1)


def test_terms_are_begun_and_put_off_on_their_pages(
    client: Client, branches: list[Organization]
) -> None:
    assert client.get("/organizations/D01/term/extend/").status_code == 404
    client.post("/organizations/D01/term/", {"number": "3", "on": "2024-03-01"})
    client.post(
        "/organizations/D01/term/extend/",
        {"due_on": "2027-09-01", "on": "2024-04-01", "reason": "批复"},
    )
    term = branches[1].terms.get()
    assert (term.number, term.due_on) == (3, dt.date(2027, 9, 1))
    assert "2027年9月1日" in client.get("/organizations/D01/").content.decode()


def test_an_entry_that_reaches_beyond_the_scope_is_not_undone(
    branches: list[Organization],
) -> None:
    _bureau, first, second, _general = branches
    below = make_user("small", role=Role.ADMINISTRATOR, organization=first)
    begin_term(first, number=1, on=dt.date(2024, 1, 5), user=below)
    client = Client()
    client.force_login(below)
    answer = client.post("/organizations/D01/merge/", {"into": second.pk, "on": "2025-06-01"})
    assert "into" in answer.context["form"].errors
