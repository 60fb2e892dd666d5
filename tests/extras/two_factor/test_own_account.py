"""The second factor of one's own account: on, new recovery codes, off; and taken off by others."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from branches.models import AuditEntry, Role, Session, User
from branches.two_factor import codes
from tests.extras.two_factor.phone import code_of
from tests.factories import make_organization, make_user
from tests.security.pages import executable_parts

pytestmark = pytest.mark.django_db
PASSWORD = "Passw0rd-of-a-test"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def user(client: Client) -> User:
    user = make_user("someone")
    client.force_login(user)
    return user


def offered(client: Client) -> str:
    page = client.get("/account/two-factor/activate/").content.decode()
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    return found[1]


def last_act() -> str:
    return AuditEntry.objects.latest("number").act


def test_switched_on_with_password_and_first_code_and_the_recovery_codes_shown_once(
    client: Client, user: User
) -> None:
    assert "/account/two-factor/" in client.get("/account/").content.decode()
    secret = offered(client)
    typed = {"code": code_of(secret), "password": PASSWORD}
    page = client.post("/account/two-factor/activate/", typed)
    shown = page.context["codes"]
    assert len(shown) == 10
    assert "no-store" in page["Cache-Control"]
    assert last_act() == "factor.activate"
    state = client.get("/account/two-factor/").content.decode()
    assert not [code for code in shown if code in state]
    assert client.get("/account/two-factor/activate/").status_code == 302
    # The code that switched it on opens nothing any more.
    other = Client()
    other.post("/login/", {"username": "someone", "password": PASSWORD})
    assert other.post("/login/code/", {"code": typed["code"]}).status_code == 200


@pytest.mark.parametrize("wrong", ["code", "password"])
def test_a_wrong_code_or_password_switches_nothing_on(
    client: Client, user: User, wrong: str
) -> None:
    secret = offered(client)
    typed = {"code": code_of(secret), "password": PASSWORD} | {wrong: "000000"}
    assert client.post("/account/two-factor/activate/", typed).status_code == 200
    assert not Authenticator.objects.exists()
    assert offered(client) == secret


def test_the_secret_lies_encrypted_in_the_session_too(client: Client, user: User) -> None:
    secret = offered(client).replace(" ", "")
    values = [row.get_decoded() for row in Session.objects.all()]
    assert secret not in str(values)


def test_the_picture_stands_in_the_page_and_runs_nothing(client: Client, user: User) -> None:
    page = client.get("/account/two-factor/activate/").content.decode()
    assert re.search(r'<path d="M\d+,\d+h1v1h-1z', page)
    assert executable_parts(page) == []


def test_new_recovery_codes_end_the_old_ones(client: Client, user: User) -> None:
    old = codes.activate(user, secret=SECRET, counter=0)
    assert old is not None
    path = "/account/two-factor/codes/"
    assert client.post(path, {"password": "wrong"}).status_code == 200
    assert codes.spend(user, old[0])
    client.post(path, {"password": PASSWORD})
    assert last_act() == "factor.codes"
    assert not codes.spend(user, old[1])
    assert codes.recovery_codes_left(user) == 10


def test_switched_off_with_the_password_alone_and_wrong_ones_count(
    client: Client, user: User
) -> None:
    codes.activate(user, secret=SECRET, counter=0)
    path = "/account/two-factor/deactivate/"
    assert client.post(path, {"password": "wrong"}).status_code == 200
    assert Authenticator.objects.count() == 2
    assert client.post(path, {"password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.exists()
    assert last_act() == "factor.deactivate"
    codes.activate(user, secret=SECRET, counter=0)
    tried = [client.post(path, {"password": "wrong"}).status_code for _time in range(5)]
    assert tried[-1] == 429
    assert client.post(path, {"password": PASSWORD}).status_code == 429
    assert Authenticator.objects.count() == 2


def test_an_administrator_takes_it_off_a_user_who_is_logged_out_everywhere(
    client: Client, user: User
) -> None:
    branch = make_organization("A01")
    keeper = make_user("keeper", role=Role.ADMINISTRATOR, organization=branch)
    lost = make_user("lost", role=Role.SECRETARY, organization=branch)
    codes.activate(lost, secret=SECRET, counter=0)
    theirs = Client()
    theirs.force_login(lost)
    client.force_login(keeper)
    page = client.get(f"/users/{lost.pk}/").content.decode()
    assert f"/users/{lost.pk}/two-factor/remove/" in page
    client.post(f"/users/{lost.pk}/two-factor/remove/")
    assert not Authenticator.objects.exists()
    assert theirs.get("/account/").status_code == 302
    entry = AuditEntry.objects.latest("number")
    assert (entry.act, entry.subject) == ("user.factor_remove", f"user:{lost.pk}")
    page = client.get(f"/users/{lost.pk}/").content.decode()
    assert "two-factor/remove" not in page
    assert client.post(f"/users/{keeper.pk}/two-factor/remove/").status_code == 403
