"""Five tries, then thirty minutes, per account and address; nobody learns which accounts exist."""

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import hashers
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from branches.models import User
from branches.services.accounts import issue_link
from tests.factories import make_user
from tests.security.pages import without_tokens

pytestmark = pytest.mark.django_db

RIGHT = "Passw0rd-of-a-test"
HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def user() -> User:
    return make_user("someone")


def try_in(
    username: str = "someone", password: str = "wrong", address: str = HERE, **headers: Any
) -> HttpResponse:
    typed = {"username": username, "password": password}
    return Client().post("/login/", typed, REMOTE_ADDR=address, headers=headers or None)


def locked(username: str = "someone", address: str = HERE) -> HttpResponse:
    return [try_in(username, address=address) for _time in range(settings.AXES_FAILURE_LIMIT)][-1]


def test_the_fifth_wrong_try_locks_and_the_right_password_no_longer_helps(user: User) -> None:
    answers = [try_in().status_code for _time in range(4)]
    assert answers == [200] * 4
    assert try_in().status_code == 429
    answer = try_in(password=RIGHT)
    assert answer.status_code == 429
    assert "30 分钟" in answer.content.decode()


def test_another_address_and_another_account_still_get_in(user: User) -> None:
    make_user("colleague")
    assert locked().status_code == 429
    assert try_in(password=RIGHT, address=THERE).status_code == 302
    assert try_in("colleague", password=RIGHT).status_code == 302
    assert try_in(password=RIGHT).status_code == 429


def pass_by(time: dt.timedelta) -> None:
    """So much time passes: what was tried lies so much further back."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - time)


def test_after_half_an_hour_the_account_opens_however_often_one_tried_meanwhile(
    user: User,
) -> None:
    locked()
    pass_by(dt.timedelta(minutes=20))
    assert try_in().status_code == 429
    pass_by(dt.timedelta(minutes=9))
    assert try_in(password=RIGHT).status_code == 429
    pass_by(dt.timedelta(minutes=1))
    assert try_in(password=RIGHT).status_code == 302


def test_logging_in_forgets_the_tries_before(user: User) -> None:
    for _time in range(3):
        for _try in range(4):
            try_in()
        assert try_in(password=RIGHT).status_code == 302


def test_a_new_password_by_a_link_opens_the_lock(user: User, client: Client) -> None:
    locked()
    token = issue_link(user, by=None, at=timezone.now())
    client.get(f"/password/?link={token}")
    client.post("/password/", dict.fromkeys(("new_password1", "new_password2"), "Xin-mima-2025"))
    assert try_in(password="Xin-mima-2025").status_code == 302


def test_known_unknown_and_deactivated_accounts_get_the_same_answers(user: User) -> None:
    make_user("closed-one", is_active=False)

    def words(name: str) -> list[tuple[int, str]]:
        answers = [try_in(name) for _time in range(6)]
        return [
            (one.status_code, without_tokens(one.content.decode()).replace(name, "NAME"))
            for one in answers
        ]

    known = words("someone")
    assert known == words("nobody-at-all") == words("closed-one")
    assert [status for status, _text in known] == [200] * 4 + [429] * 2


@pytest.mark.parametrize("name", ["someone", "nobody", "closed-one", "invited"])
def test_the_hasher_runs_once_whoever_is_asked_for(user: User, name: str) -> None:
    """The same time for every name: the hash is what takes it. Locked, it runs for none."""
    make_user("closed-one", is_active=False)
    invited = make_user("invited")
    invited.set_unusable_password()
    invited.save()
    hasher = type(hashers.get_hasher())
    with mock.patch.object(hasher, "encode", autospec=True, side_effect=hasher.encode) as runs:
        try_in(name)
        assert runs.call_count == 1
        locked(name)
        runs.reset_mock()
        try_in(name)
        assert runs.call_count == 0


def test_what_was_typed_is_not_kept(user: User) -> None:
    try_in("MyPassw0rd!", "AnotherOne!")
    row = AccessAttempt.objects.get()
    stored = " ".join(str(value) for value in vars(row).values())
    assert "MyPassw0rd!" not in stored
    assert "AnotherOne!" not in stored


def test_wrong_old_passwords_count_too(user: User, client: Client) -> None:
    """A browser left open is no place to guess the password in."""
    client.force_login(user)
    typed = dict.fromkeys(("new_password1", "new_password2"), "Xin-mima-2025")
    for _time in range(5):
        client.post("/account/password/", typed | {"old_password": "wrong"})
    answer = client.post("/account/password/", typed | {"old_password": RIGHT})
    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.check_password(RIGHT)


def test_behind_proxies_the_address_is_what_the_outermost_of_them_wrote(
    user: User, settings: Any
) -> None:
    """What a client itself writes in front of that neither locks out others nor lets it go on."""
    settings.PROXY_COUNT = 1
    for number in range(5):
        try_in(address="127.0.0.1", **{"X-Forwarded-For": f"10.9.9.{number}, {HERE}"})
    forged = {"X-Forwarded-For": f"{THERE}, {HERE}"}
    assert try_in(password=RIGHT, address="127.0.0.1", **forged).status_code == 429
    other = {"X-Forwarded-For": THERE}
    assert try_in(password=RIGHT, address="127.0.0.1", **other).status_code == 302


def test_without_a_proxy_the_header_is_not_believed(user: User) -> None:
    for number in range(5):
        answer = try_in(**{"X-Forwarded-For": f"10.9.9.{number}"})
    assert answer.status_code == 429
