"""One's own account: appointments, devices, password."""

import pytest
from django.test import Client

from branches.models import Role, Session, User
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db

RIGHT, NEW = "Passw0rd-of-a-test", "Shanqing-2025"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36"
)
WECOM = (
    "Mozilla/5.0 (Linux; Android 13; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1"
)


@pytest.fixture
def user() -> User:
    return make_user("someone", role=Role.SECRETARY, organization=make_organization())


def browser(name: str = "someone", *, told: str = CHROME, address: str = "10.0.0.1") -> Client:
    client = Client(headers={"User-Agent": told}, REMOTE_ADDR=address)
    client.post("/login/", {"username": name, "password": RIGHT})
    client.get("/")
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_the_page_shows_appointments_and_devices_of_oneself_alone(user: User) -> None:
    make_user("colleague")
    here = browser()
    browser(told=WECOM, address="10.0.0.2")
    browser("colleague", address="10.0.0.3")
    page = here.get("/account/")
    assert [(one.browser, one.address, one.is_current) for one in page.context["devices"]] == [
        ("Chrome 126 · Windows", "10.0.0.1", True),
        ("WeCom 4 · Android", "10.0.0.2", False),
    ]
    text = page.content.decode()
    assert "A01支部" in text
    assert all(key not in text for key in Session.objects.values_list("session_key", flat=True))


def test_one_device_is_logged_out(user: User) -> None:
    here, there, elsewhere = browser(), browser(), browser()
    handles = {one.handle for one in here.get("/account/").context["devices"]}
    (of_there,) = (
        one.handle for one in there.get("/account/").context["devices"] if one.is_current
    )
    assert len(handles) == 3
    here.post("/account/devices/end/", {"device": of_there})
    assert [is_in(one) for one in (here, there, elsewhere)] == [True, False, True]


def test_a_device_of_somebody_else_is_not_logged_out(user: User) -> None:
    make_user("colleague")
    theirs = browser("colleague")
    (device,) = theirs.get("/account/").context["devices"]
    browser().post("/account/devices/end/", {"device": device.handle})
    assert is_in(theirs)


def test_all_others_are_logged_out(user: User) -> None:
    make_user("colleague")
    here, there, elsewhere, theirs = browser(), browser(), browser(), browser("colleague")
    here.post("/account/devices/end-others/")
    assert [is_in(one) for one in (here, there, elsewhere, theirs)] == [True, False, False, True]


def test_a_new_password_ends_the_other_sessions_and_gives_this_one_a_new_id(user: User) -> None:
    here, there = browser(), browser()
    before = here.session.session_key
    typed = {"old_password": RIGHT, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/account/password/", typed)["Location"] == "/account/"
    assert [is_in(here), is_in(there)] == [True, False]
    assert here.session.session_key != before
    assert Session.objects.filter(user=user).count() == 1
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}, "old_password"),
        ({"old_password": RIGHT, "new_password1": NEW, "new_password2": "x"}, "new_password2"),
        ({"old_password": RIGHT, "new_password1": "a", "new_password2": "a"}, "new_password2"),
    ],
)
def test_a_password_is_not_changed_by_a_form_with_errors(
    user: User, typed: dict[str, str], field: str
) -> None:
    answer = browser().post("/account/password/", typed)
    assert list(answer.context["form"].errors) == [field]
    user.refresh_from_db()
    assert user.check_password(RIGHT)
