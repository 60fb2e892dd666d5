"""The password, then a code: nobody is logged in before both, and no code opens twice."""

import re
import time
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client

from branches.models import AuditEntry, Outcome, Role, Session, User
from branches.services.accounts import change_password
from branches.two_factor import codes
from branches.two_factor.codes import TYPE
from tests.extras.two_factor.phone import code_of
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "Passw0rd-of-a-test"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def user() -> User:
    return make_user("someone")


@pytest.fixture
def recovery(user: User) -> list[str]:
    """The user's second factor is on; their recovery codes."""
    fresh = codes.activate(user, secret=SECRET, counter=0)
    assert fresh is not None
    return fresh


def give_password(client: Client, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/login/", {"username": "someone", "password": password} | more)


def give_code(client: Client, code: str, **headers: Any) -> HttpResponse:
    return client.post("/login/code/", {"code": code}, **headers)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def told() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("number").values_list("act", "outcome"))


def test_without_a_second_factor_the_password_is_enough(client: Client, user: User) -> None:
    assert give_password(client)["Location"] == "/"
    assert is_in(client)


def test_the_browser_is_nobodys_until_the_code_is_given(
    client: Client, user: User, recovery: list[str]
) -> None:
    answer = give_password(client, next="/account/?x=1")
    assert answer["Location"] == "/login/code/"
    assert not is_in(client)
    assert not Session.objects.filter(user__isnull=False).exists()
    before = client.session.session_key
    assert give_code(client, code_of(SECRET))["Location"] == "/account/?x=1"
    assert is_in(client)
    assert client.session.session_key != before
    assert client.session["started"]
    assert told()[-2:] == [("factor.ask", Outcome.DONE), ("login", Outcome.DONE)]
    assert "totp" in AuditEntry.objects.latest("number").changes


def test_the_way_back_leads_nowhere_outside(
    client: Client, user: User, recovery: list[str]
) -> None:
    give_password(client, next="https://elsewhere.example/")
    assert give_code(client, code_of(SECRET))["Location"] == "/"


def test_a_code_opens_once_and_an_older_one_not_afterwards(
    client: Client, user: User, recovery: list[str]
) -> None:
    code, older = code_of(SECRET), code_of(SECRET, steps=-1)
    give_password(client)
    assert give_code(client, code).status_code == 302
    other = Client()
    give_password(other)
    for used in (code, older):
        answer = give_code(other, used)
        assert answer.status_code == 200
        assert "这个码打不开账号" in answer.content.decode()
    assert not is_in(other)
    assert give_code(other, code_of(SECRET, steps=1)).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_opens_nothing(
    client: Client, user: User, recovery: list[str], steps: int
) -> None:
    give_password(client)
    assert give_code(client, code_of(SECRET, steps=steps)).status_code == 200
    assert told()[-1] == ("login", Outcome.DENIED)


@pytest.mark.parametrize("typed", ["", "１２", "〇〇〇〇〇〇", "x" * 30, "\x00"])
def test_what_is_no_code_is_refused_in_words(
    client: Client, user: User, recovery: list[str], typed: str
) -> None:
    give_password(client)
    answer = give_code(client, typed)
    assert answer.status_code == 200
    assert 'class="invalid-feedback"' in answer.content.decode()


def test_spaces_and_full_width_digits_do_not_matter(
    client: Client, user: User, recovery: list[str]
) -> None:
    code = code_of(SECRET)
    wide = code.translate({ord("0") + n: ord("０") + n for n in range(10)})
    give_password(client)
    assert give_code(client, f" {wide[:3]} {wide[3:]}").status_code == 302


def test_each_recovery_code_opens_once(client: Client, user: User, recovery: list[str]) -> None:
    assert len(set(recovery)) == 10
    give_password(client)
    assert give_code(client, f"{recovery[3][:5]} {recovery[3][5:]}").status_code == 302
    assert codes.recovery_codes_left(user) == 9
    other = Client()
    give_password(other)
    assert give_code(other, recovery[3]).status_code == 200
    assert give_code(other, recovery[4]).status_code == 302


def test_wrong_codes_count_for_the_lock_and_the_right_password_does_not_begin_anew(
    client: Client, user: User, recovery: list[str]
) -> None:
    for _time in range(4):
        give_password(client)
        assert give_code(client, "000000").status_code == 200
    give_password(client)
    assert give_code(client, "000000").status_code == 429
    assert give_code(client, code_of(SECRET)).status_code == 429
    assert give_password(client).status_code == 429
    assert not is_in(client)
    kept = [str(vars(row)) for row in AccessAttempt.objects.all()]
    assert not [one for one in kept if re.search("(?<!\d)000000(?!\d)", one)]


def test_logging_in_with_both_forgets_the_tries_before(
    client: Client, user: User, recovery: list[str]
) -> None:
    for step in (-1, 0, 1):
        for _try in range(4):
            give_password(client)
            give_code(client, "000000")
        give_password(client)
        assert give_code(client, code_of(SECRET, steps=step)).status_code == 302
        client.logout()


def test_the_code_has_no_page_without_the_password(client: Client, user: User) -> None:
    for path in ("/login/code/", "/login/enroll/"):
        assert client.get(path)["Location"] == "/login/"
        assert client.post(path, {"code": "123456"})["Location"] == "/login/"


def test_ten_minutes_after_the_password_it_is_asked_for_again(
    client: Client, user: User, recovery: list[str]
) -> None:
    give_password(client)
    with mock.patch("branches.two_factor.pending.time.time", return_value=time.time() + 601):
        assert give_code(client, code_of(SECRET))["Location"] == "/login/"
    assert not is_in(client)


def test_a_password_changed_or_an_account_closed_meanwhile_ends_the_wait(
    client: Client, user: User, recovery: list[str]
) -> None:
    give_password(client)
    change_password(user, password="Xin-mima-2025", current_key=None)
    assert give_code(client, code_of(SECRET))["Location"] == "/login/"
    give_password(client, password="Xin-mima-2025")
    User.objects.update(is_active=False)
    assert give_code(client, code_of(SECRET))["Location"] == "/login/"


def test_secrets_lie_encrypted_in_the_database(user: User, recovery: list[str]) -> None:
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert not [code for code in recovery if code in stored]
    assert "'secret': 'gAAAA" in stored


# --- who must have one --------------------------------------------------------------------


def secret_on(page: str) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("setting", "role", "must"),
    [
        ("optional", Role.ADMINISTRATOR, False),
        ("administrators", Role.ADMINISTRATOR, True),
        ("administrators", Role.SECRETARY, False),
        ("everyone", Role.SECRETARY, True),
    ],
)
def test_whoever_must_have_one_sets_it_up_before_being_let_in(
    client: Client, settings: Any, setting: str, role: Role, must: bool
) -> None:
    settings.TWO_FACTOR = setting
    user = make_user("someone", role=role, organization=make_organization("A01"))
    answer = give_password(client, next="/account/")
    assert is_in(client) is not must
    if not must:
        return
    assert answer["Location"] == "/login/enroll/"
    secret = secret_on(client.get("/login/enroll/").content.decode())
    assert secret == secret_on(client.post("/login/enroll/", {"code": "000000"}).content.decode())
    assert not is_in(client)
    page = client.post("/login/enroll/", {"code": code_of(secret)})
    assert page.context["codes"]
    assert page.context["goes_to"] == "/account/"
    assert is_in(client)
    assert Authenticator.objects.filter(user=user, type=TYPE.TOTP).exists()
    assert client.get("/account/two-factor/deactivate/").status_code == 403
    assert [act for act, _outcome in told()][-2:] == ["factor.activate", "login"]


def test_a_superuser_is_an_administrator_too(client: Client, settings: Any) -> None:
    settings.TWO_FACTOR = "administrators"
    make_user("someone", is_superuser=True)
    assert give_password(client)["Location"] == "/login/enroll/"
