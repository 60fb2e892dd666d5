"""Logging in with the password of a directory: a real one, in a process of its own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ldap
import pytest
from django.conf import settings as site_settings
from django.http import HttpResponse
from django.test import Client

from branches.models import AuditEntry, Outcome, Role, User
from tests.extras.ldap.directory import (
    PASSWORD,
    PEOPLE,
    SEARCHER,
    SEARCHER_PASSWORD,
    Directory,
    make_directory,
    stop,
)
from tests.factories import make_organization, make_user
from tests.security.pages import without_tokens

pytestmark = pytest.mark.django_db
LOCAL = "Passw0rd-of-a-test"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    people = {"zhang": "张三", "li": "李四", "root": "王五", "no user name": "赵六"}
    directory = make_directory(tmp_path_factory.mktemp("slapd"), people=people)
    server = directory.start()
    yield directory
    stop(server)


@pytest.fixture(autouse=True)
def directory(running: Directory, settings: Any) -> Directory:
    """The site asks the running directory, over TLS with its certificate."""

    settings.AUTH_LDAP_SERVER_URI = running.url
    settings.AUTH_LDAP_CONNECTION_OPTIONS = {
        **site_settings.AUTH_LDAP_CONNECTION_OPTIONS,
        ldap.OPT_X_TLS_CACERTFILE: running.certificate,
        ldap.OPT_X_TLS_NEWCTX: 0,
    }
    return running


@pytest.fixture
def by_search(settings: Any) -> None:
    from django_auth_ldap.config import LDAPSearch

    settings.AUTH_LDAP_USER_DN_TEMPLATE = None
    settings.AUTH_LDAP_BIND_DN = SEARCHER
    settings.AUTH_LDAP_BIND_PASSWORD = SEARCHER_PASSWORD
    settings.AUTH_LDAP_USER_SEARCH = LDAPSearch(PEOPLE, ldap.SCOPE_SUBTREE, "(uid=%(user)s)")


def try_in(client: Client, username: str, password: str = PASSWORD) -> HttpResponse:
    return client.post("/login/", {"username": username, "password": password})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_an_account_made_beforehand_is_found_by_its_user_name(client: Client) -> None:
    branch = make_organization("A01", name="第一支部")
    made = make_user("zhang", role=Role.SECRETARY, organization=branch)
    assert try_in(client, "zhang").status_code == 302
    assert "第一支部" in client.get("/organizations/").content.decode()
    assert User.objects.get() == made
    entry = AuditEntry.objects.latest("number")
    assert (entry.act, entry.outcome) == ("login", Outcome.DONE)
    assert '"ldap"' in entry.changes


def test_whoever_has_no_account_gets_one_and_sees_nothing(client: Client) -> None:
    assert try_in(client, "li").status_code == 302
    user = User.objects.get()
    assert (user.username, user.name, user.sort_key[:2]) == ("li", "李四", "li")
    assert not user.has_usable_password()
    assert not (user.is_superuser or user.is_staff or user.appointments.exists())
    assert client.get("/members/").status_code == 403
    acts = AuditEntry.objects.order_by("number").values_list("act", flat=True)
    assert list(acts) == ["user.create", "login"]
    client.logout()
    assert try_in(client, "li").status_code == 302
    assert User.objects.count() == 1


@pytest.mark.usefixtures("by_search")
def test_found_by_a_search_as_well(client: Client) -> None:
    assert try_in(client, "li").status_code == 302
    for name in ("*", "l*", "li)(uid=zhang", "nobody"):
        assert try_in(Client(), name).status_code == 200
    assert try_in(Client(), "zhang", "wrong").status_code == 200
    assert User.objects.count() == 1


@pytest.mark.parametrize("way", ["template", "search"])
def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(
    client: Client, way: str, request: pytest.FixtureRequest
) -> None:
    if way == "search":
        request.getfixturevalue("by_search")
    make_user("zhang")

    def words(name: str) -> list[tuple[int, str]]:
        answers = [try_in(Client(), name, "wrong") for _time in range(6)]
        return [
            (one.status_code, without_tokens(one.content.decode()).replace(name, "NAME"))
            for one in answers
        ]

    known = words("zhang")
    assert known == words("nobody-at-all")
    assert [status for status, _text in known] == [200] * 4 + [429] * 2


def test_the_lock_keeps_the_right_password_out_too(client: Client) -> None:
    for _time in range(5):
        try_in(client, "zhang", "wrong")
    assert try_in(client, "zhang").status_code == 429
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["ZHANG", "Zhang", "zhang,ou=people", "no user name", "", "\x00"])
def test_another_way_to_write_a_name_opens_nothing(client: Client, name: str) -> None:
    assert try_in(client, name).status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {"is_active": False}])
def test_neither_the_superuser_nor_a_closed_account_comes_in_by_it(
    client: Client, fields: dict[str, bool]
) -> None:
    make_user("root", **fields)
    assert try_in(client, "root").status_code == 200
    assert not is_in(client)


def test_an_account_that_is_closed_is_out_at_the_next_request(client: Client) -> None:
    try_in(client, "zhang")
    assert is_in(client)
    User.objects.update(is_active=False)
    assert not is_in(client)


def test_an_empty_password_opens_nothing(client: Client) -> None:
    assert try_in(client, "zhang", "").status_code == 200
    assert not User.objects.exists()


def test_away_it_says_so_and_the_sites_own_passwords_go_on(client: Client, settings: Any) -> None:
    settings.AUTH_LDAP_SERVER_URI = site_settings.LDAP_URL  # where nobody listens
    make_user("local")
    for name in ("zhang", "local"):
        answer = try_in(client, name, "wrong")
        assert answer.status_code == 503
        assert "目录服务暂时无法访问" in answer.content.decode()
    assert not is_in(client)
    assert try_in(client, "local", LOCAL).status_code == 302
    assert is_in(client)


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    options = dict(settings.AUTH_LDAP_CONNECTION_OPTIONS)

    options.pop(ldap.OPT_X_TLS_CACERTFILE)
    settings.AUTH_LDAP_CONNECTION_OPTIONS = options
    assert settings.AUTH_LDAP_START_TLS
    assert try_in(client, "zhang").status_code == 503
    assert not User.objects.exists()


def test_who_logs_in_by_it_changes_the_password_there(client: Client) -> None:
    try_in(client, "zhang")
    answer = client.get("/account/password/", follow=True)
    assert answer.redirect_chain[0][0] == "/account/"
    assert re.search("密码由单位的目录服务管理", answer.content.decode())
    typed = dict.fromkeys(("new_password1", "new_password2"), "Xin-mima-2025")
    client.post("/account/password/", typed | {"old_password": PASSWORD})
    assert not User.objects.get().has_usable_password()
