"""Login, session and forgery: no way out by a redirect, no session kept, no form from elsewhere."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from branches.models import User
from tests.factories import make_user
from tests.security.awkward import ask, send
from tests.security.permission_table import expected_answers
from tests.security.world import Ask, make_world

pytestmark = pytest.mark.django_db

TYPED = {"username": "someone", "password": "Passw0rd-of-a-test"}
OUTSIDE = [
    "https://elsewhere.example/",
    "http://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "////elsewhere.example",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "https:elsewhere.example",
    "https:///elsewhere.example",
    "http:\\\\elsewhere.example",
    "\t//elsewhere.example/",
    "/\t/elsewhere.example/",
    "\x00//elsewhere.example/",
    "https://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://testserver/",
]


@pytest.fixture
def user() -> User:
    return make_user("someone")


@pytest.mark.parametrize("target", OUTSIDE)
def test_login_leads_nowhere_outside(client: Client, user: User, target: str) -> None:
    page = ask(client, "/login/", {"next": target})
    assert page.status_code == 200
    for answer in (
        send(client, "/login/", TYPED | {"next": target}),
        ask(client, "/login/", {"next": target}),  # again, now that somebody is logged in
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("target", OUTSIDE)
def test_choosing_the_language_leads_nowhere_outside(client: Client, target: str) -> None:
    fields = {"language": "en", "next": target}
    answer = send(client, "/i18n/setlang/", fields)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    answer = client.post("/i18n/setlang/", {"language": "en"}, headers={"Referer": target.strip()})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_login_goes_on_to_the_page_that_was_asked_for(client: Client, user: User) -> None:
    answer = client.get("/activities/?year=2025")
    assert answer["Location"] == "/login/?next=/activities/%3Fyear%3D2025"
    answer = client.post(answer["Location"], TYPED | {"next": "/activities/?year=2025"})
    assert answer["Location"] == "/activities/?year=2025"


def test_the_session_gets_a_new_id_at_login_and_is_gone_after_logout(
    client: Client, user: User
) -> None:
    session = client.session
    session["planted"] = "by somebody who knows this id"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    client.post("/login/", TYPED)
    mine = client.session.session_key
    assert mine != planted

    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert other.get("/")["Location"].startswith("/login/")
    other.cookies[settings.SESSION_COOKIE_NAME] = mine
    assert other.get("/").status_code == 200
    client.post("/logout/")
    assert other.get("/")["Location"].startswith("/login/")


def test_the_cookies_are_kept_from_scripts_and_from_other_sites(client: Client, user: User) -> None:
    client.get("/login/")
    client.post("/login/", TYPED)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(
    client: Client, user: User
) -> None:
    def words(username: str) -> str:
        answer = client.post("/login/", {"username": username, "password": "wrong"})
        return str(answer.context["form"].errors)

    assert words("someone") == words("nobody")
    user.is_active = False
    user.save()
    assert words("someone") == words("nobody")


def test_no_form_is_taken_from_another_site() -> None:
    """Every address that takes a POST refuses one without the token, before it does anything."""
    world = make_world()
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["superuser"])
    taken = [
        row
        for (row, method), words in expected_answers().items()
        if method == "POST" and words["superuser"] in ("200", "302")
    ]
    assert len(taken) > 15
    for row in taken:
        url = reverse(row.split()[0], kwargs=world.asks.get(row, Ask()).parts)
        assert client.post(url, world.body_of(row)).status_code == 403, row
