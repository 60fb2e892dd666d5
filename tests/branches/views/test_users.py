"""The administrator's pages of users."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Appointment, AuditEntry, Organization, OrganizationKind, Role, User
from tests.factories import make_bureau, make_organization, make_user

pytestmark = pytest.mark.django_db

RIGHT = "Passw0rd-of-a-test"


@pytest.fixture
def branch() -> Organization:
    _bureau, (branch, _next) = make_bureau()
    return branch


@pytest.fixture
def administrator(branch: Organization) -> User:
    return make_user("adm", role=Role.ADMINISTRATOR, organization=branch)


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def typed(branch: Organization, **fields: object) -> dict[str, object]:
    return {
        "username": "zhang",
        "name": "张三",
        "role": "SECRETARY",
        "organization": branch.pk,
        "started_on": timezone.localdate().isoformat(),
    } | fields


def link_in(page: str) -> str:
    found = re.search(r"http://testserver(/password/\?link=[\w-]+)", page)
    assert found is not None
    return found[1]


def test_a_user_is_created_appointed_and_gets_in_by_the_link(
    desk: Client, branch: Organization
) -> None:
    page = desk.post("/users/new/", typed(branch))
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    link = link_in(page.content.decode())
    person = Client()
    assert person.get(link)["Location"] == "/password/"
    answer = person.post(
        "/password/", dict.fromkeys(("new_password1", "new_password2"), "Shanqing-2025")
    )
    assert answer["Location"] == "/login/"
    person.post("/login/", {"username": "zhang", "password": "Shanqing-2025"})
    assert branch.name in person.get("/organizations/").content.decode()
    assert Client().get(link).status_code == 410
    assert list(AuditEntry.objects.order_by("number").values_list("act", flat=True)) == [
        "user.create",
        "password.set",
        "login",
    ]


def test_the_link_is_shown_once(desk: Client, branch: Organization) -> None:
    page = desk.post("/users/new/", typed(branch)).content.decode()
    token = link_in(page).split("=")[1]
    user = User.objects.get(username="zhang")
    assert token not in desk.get(f"/users/{user.pk}/").content.decode()
    newer = desk.post(f"/users/{user.pk}/link/").content.decode()
    assert Client().get(link_in(page)).status_code == 410
    assert Client().get(link_in(newer)).status_code == 302


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    desk: Client, branch: Organization
) -> None:
    make_user("zhang")
    page = desk.post("/users/new/", typed(branch, organization="", started_on="不知"))
    told = page.context["form"].errors | page.context["appointment_form"].errors
    assert set(told) == {"username", "organization", "started_on"}
    assert "张三" in page.content.decode()
    assert User.objects.filter(name="张三").count() == 0


def test_a_user_may_be_appointed_later(desk: Client, branch: Organization) -> None:
    empty = dict.fromkeys(("role", "organization", "started_on"), "")
    page = desk.post("/users/new/", typed(branch, **empty))
    assert link_in(page.content.decode())
    user = User.objects.get(username="zhang")
    assert not user.appointments.exists()
    assert "张三" in desk.get("/users/?state=without").content.decode()


def test_nobody_appoints_beyond_their_own_organizations(desk: Client, branch: Organization) -> None:
    """Neither above, nor beside, nor an auditor, nor themselves."""
    user = make_user("zhang", role=Role.RECORDER, organization=branch)
    above, beside = (Organization.objects.get(code=code) for code in ("D00", "D02"))
    for wrong in (
        {"role": "ADMINISTRATOR", "organization": above.pk},
        {"role": "RECORDER", "organization": beside.pk},
        {"role": "AUDITOR", "organization": ""},
        {"role": "AUDITOR", "organization": branch.pk},
    ):
        answer = desk.post(f"/users/{user.pk}/appoint/", typed(branch, **wrong))
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert user.appointments.count() == 1
    answer = desk.post(f"/users/{user.pk}/appoint/", typed(branch, role="ADMINISTRATOR"))
    assert answer.status_code == 302
    me = User.objects.get(username="adm")
    assert desk.post(f"/users/{me.pk}/appoint/", typed(branch)).status_code == 403
    mine = me.appointments.get()
    assert desk.get(f"/appointments/{mine.pk}/end/").status_code == 403
    assert desk.post(f"/users/{me.pk}/deactivate/").status_code == 403


def test_the_superuser_appoints_auditors(client: Client, branch: Organization) -> None:
    client.force_login(make_user("root", is_superuser=True))
    user = make_user("zhang")
    client.post(f"/users/{user.pk}/appoint/", typed(branch, role="AUDITOR", organization=""))
    assert user.appointments.get().role == Role.AUDITOR
    page = client.get(f"/users/{user.pk}/").content.decode()
    assert f"/appointments/{user.appointments.get().pk}/end/" in page


def test_the_same_appointment_again_is_refused_in_words(desk: Client, branch: Organization) -> None:
    user = make_user("zhang", role=Role.SECRETARY, organization=branch)
    answer = desk.post(f"/users/{user.pk}/appoint/", typed(branch))
    assert answer.context["form"].non_field_errors()
    assert user.appointments.count() == 1


def test_one_who_reaches_further_is_appointed_here_but_their_account_is_left_alone(
    desk: Client, branch: Organization
) -> None:
    user = make_user("both", role=Role.RECORDER, organization=branch)
    other = make_organization("E00", kind=OrganizationKind.COMMITTEE, name="外单位党委")
    Appointment.objects.create(
        user=user, role=Role.ADMINISTRATOR, organization=other, started_on=dt.date(2020, 1, 1)
    )
    for deed in ("link", "deactivate", "edit", "activate"):
        assert desk.post(f"/users/{user.pk}/{deed}/", {"name": "改"}).status_code == 403
    assert other.name not in desk.get(f"/users/{user.pk}/").content.decode()
    assert other.name not in desk.get("/users/").content.decode()
    theirs = user.appointments.get(organization=other)
    assert desk.post(f"/appointments/{theirs.pk}/end/").status_code == 404
    assert desk.post(f"/users/{user.pk}/appoint/", typed(branch)).status_code == 302


def test_an_ended_appointment_and_a_closed_account_count_from_the_next_request(
    desk: Client, branch: Organization
) -> None:
    user = make_user("zhang", role=Role.SECRETARY, organization=branch)
    theirs = Client()
    theirs.post("/login/", {"username": "zhang", "password": RIGHT})
    assert theirs.get(f"/organizations/{branch.code}/").status_code == 200
    today = timezone.localdate().isoformat()
    desk.post(f"/appointments/{user.appointments.get().pk}/end/", {"ended_on": today})
    assert theirs.get(f"/organizations/{branch.code}/").status_code == 404
    desk.post(f"/users/{user.pk}/deactivate/")
    assert theirs.get("/")["Location"].startswith("/login/")
    assert Client().post("/login/", {"username": "zhang", "password": RIGHT}).status_code == 200
    assert desk.post(f"/users/{user.pk}/link/").status_code == 302
    desk.post(f"/users/{user.pk}/activate/")
    assert Client().post("/login/", {"username": "zhang", "password": RIGHT}).status_code == 302
    assert user.appointments.count() == 1


def test_what_is_over_is_not_ended_again_and_no_end_lies_in_the_past(
    desk: Client, branch: Organization
) -> None:
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    over = make_user("was", role=Role.RECORDER, organization=branch, until=today)
    assert desk.get(f"/appointments/{over.appointments.get().pk}/end/").status_code == 403
    user = make_user("is", role=Role.RECORDER, organization=branch)
    page = f"/appointments/{user.appointments.get().pk}/end/"
    answer = desk.post(page, {"ended_on": (today - day).isoformat()})
    assert "ended_on" in answer.context["form"].errors
    later = make_user("will", role=Role.RECORDER, organization=branch, since=today + 9 * day)
    page = f"/appointments/{later.appointments.get().pk}/end/"
    first = (today + 9 * day).isoformat()
    assert first in desk.get(page).content.decode()
    assert desk.post(page, {"ended_on": first}).status_code == 302


def test_the_list_is_filtered(desk: Client, branch: Organization) -> None:
    make_user("zhang", name="张三", role=Role.RECORDER, organization=branch)
    make_user("li", name="李四", role=Role.SECRETARY, organization=branch, is_active=False)

    def names(query: str) -> set[str]:
        return {user.username for user in desk.get(f"/users/?{query}").context["page_obj"]}

    assert names("") == {"adm", "zhang", "li"}
    assert (
        names("q=张")
        == names("q=ZHA")
        == names("q=zhang san")
        == names("role=RECORDER")
        == {"zhang"}
    )
    assert names("state=inactive") == {"li"}
    assert names("state=active&organization=D01") == {"adm", "zhang"}
    assert names("organization=D02") == {"adm", "zhang", "li"}  # names no organization of theirs


def test_the_list_is_in_the_order_of_pinyin(desk: Client, branch: Organization) -> None:
    for username, name in {"1": "张三", "2": "白洁", "3": "李四"}.items():
        make_user(username, name=name, role=Role.RECORDER, organization=branch)
    someone = User.objects.get(username="3")
    desk.post(f"/users/{someone.pk}/edit/", {"name": "曾四"})
    shown = [user.name for user in desk.get("/users/").context["page_obj"] if user.name]
    assert shown == ["白洁", "曾四", "张三"]


def test_the_list_and_the_page_ask_as_often_for_many_as_for_few(
    desk: Client, branch: Organization
) -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(url).status_code == 200
        return len(asked)

    user = make_user("user-0", role=Role.RECORDER, organization=branch)
    pages = ("/users/", f"/users/{user.pk}/", "/users/new/")
    desk.get("/")  # the session is written once
    few = [queries(url) for url in pages]
    for number in range(1, 20):
        make_user(f"user-{number}", role=Role.RECORDER, organization=branch)
        Appointment.objects.create(
            user=user,
            role=Role.SECRETARY,
            organization=branch,
            started_on=dt.date(2000 + number, 1, 1),
            ended_on=dt.date(2000 + number, 2, 1),
        )
    assert [queries(url) for url in pages] == few
    assert max(few) <= 12
