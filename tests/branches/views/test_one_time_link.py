"""The page behind a one-time link."""

import pytest
from django.test import Client
from django.utils import timezone

from branches.models import AuditEntry, User
from branches.services.accounts import issue_link
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NEW = dict.fromkeys(("new_password1", "new_password2"), "Shanqing-2025")


@pytest.fixture
def user() -> User:
    return make_user("someone")


@pytest.fixture
def link(user: User) -> str:
    return f"/password/?link={issue_link(user, by=None, at=timezone.now())}"


def test_the_address_loses_the_token_and_looking_uses_nothing_up(client: Client, link: str) -> None:
    for _time in range(2):  # a chat program looks at it first
        assert Client().head(link).status_code == 302
    page = client.get(link, follow=True)
    assert page.redirect_chain == [("/password/", 302)]
    assert "someone" in page.content.decode()
    assert client.post("/password/", NEW)["Location"] == "/login/"
    assert client.get("/password/").status_code == 410


def test_a_weak_password_is_refused_and_the_link_still_works(client: Client, link: str) -> None:
    client.get(link)
    weak = dict.fromkeys(NEW, "someone1")
    assert client.post("/password/", weak).context["form"].errors
    assert client.post("/password/", NEW).status_code == 302


def test_the_user_is_logged_out_everywhere_and_so_is_whoever_sat_there(
    client: Client, user: User, link: str
) -> None:
    elsewhere = Client()
    elsewhere.force_login(user)
    client.force_login(make_user("administrator"))
    client.get(link)
    client.post("/password/", NEW)
    assert client.get("/")["Location"].startswith("/login/")
    assert elsewhere.get("/")["Location"].startswith("/login/")


def test_two_browsers_with_the_page_open_set_one_password(link: str) -> None:
    first, second = Client(), Client()
    for one in (first, second):
        one.get(link)
    assert first.post("/password/", NEW).status_code == 302
    other = dict.fromkeys(NEW, "Luoyang-2026")
    assert second.post("/password/", other).status_code == 410
    user = User.objects.get()
    assert user.check_password(NEW["new_password1"])


def test_without_a_link_the_page_opens_nothing(client: Client, link: str) -> None:
    for path in ("/password/", "/password/?link=made-up", "/password/?link=%00", link + "x"):
        assert client.get(path).status_code == 410
    assert client.post("/password/", NEW).status_code == 410


def test_the_token_stands_nowhere_in_the_audit_log(client: Client, link: str) -> None:
    client.post(link)
    client.get(link)
    client.post("/password/", NEW)
    token = link.split("=")[1]
    told = [f"{one.path} {one.changes} {one.subject}" for one in AuditEntry.objects.all()]
    assert len(told) == 3
    assert not [text for text in told if token in text]
