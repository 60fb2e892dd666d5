"""The server is killed while somebody types: nothing older than five seconds is lost.

A real server in processes of its own, killed with signal 9 and started again at the same address;
what it kept is read from the database file it left behind.
"""

import time
from collections.abc import Callable

import pytest
from django.test import override_settings
from playwright.sync_api import Locator, Page, expect

from branches.models import Organization, Role
from meetings.models import Activity, TypedDraft
from tests.browser.conftest import PASSWORD
from tests.browser.deployed import DeployedSite
from tests.factories import make_bureau, make_user

AT_MOST_LOST = 5.0  # seconds of typing
EVERY = 200  # ms between two words
# The server's real hasher: the deployed site knows no other.
ARGON = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])


@pytest.fixture
def branch(transactional_db: None) -> Organization:
    _bureau, (branch,) = make_bureau(1)
    with ARGON:
        make_user("sec", role=Role.SECRETARY, organization=branch)
    return branch


@pytest.fixture
def minutes(page: Page, branch: Organization, deployed: DeployedSite) -> Locator:
    """The field one types into, of a new record that has a title and a kind."""
    log_in(page, deployed)
    page.goto(f"{deployed.url}/activities/new/")
    page.locator("[name=kinds][value=GROUP_STUDY]").check()
    page.locator("[name=title]").fill("停电那天的学习")
    return page.locator("[name=minutes]")


def log_in(page: Page, site: DeployedSite) -> None:
    page.context.clear_cookies()
    page.goto(f"{site.url}/login/")
    page.fill("input[name=username]", "sec")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site.url}/")


def type_for(seconds: float, minutes: Locator, *, first: int = 0) -> dict[str, float]:
    """Words typed one after the other, each with the moment it was typed at."""
    minutes.focus()
    typed: dict[str, float] = {}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        word = f"{first + len(typed)}"
        minutes.page.keyboard.insert_text(f"{word} ")
        typed[word] = time.monotonic()
        minutes.page.wait_for_timeout(EVERY)
    return typed


def kept_on_the_server() -> list[str]:
    draft = TypedDraft.objects.first()
    return draft.typed["minutes"][0].split() if draft else []


@pytest.mark.parametrize(
    ("seconds", "comes_back"), [(6.1, "with the session"), (8.4, "after logging in again")]
)
def test_what_was_typed_comes_back_when_the_server_does(
    page: Page, deployed: DeployedSite, minutes: Locator, seconds: float, comes_back: str
) -> None:
    typed = type_for(seconds, minutes)
    deployed.kill()
    killed_at = time.monotonic()
    kept = kept_on_the_server()
    assert kept == list(typed)[: len(kept)]
    lost = [at for word, at in typed.items() if word not in kept]
    assert killed_at - min(lost, default=killed_at) <= AT_MOST_LOST

    typed |= type_for(1, minutes, first=len(typed))
    expect(page.locator("[data-kept-line]")).to_contain_text("本机", timeout=20_000)
    deployed.start()
    if comes_back == "after logging in again":
        log_in(page, deployed)
    else:
        page.goto(deployed.url)
    notice = page.locator("[data-kept]")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("停电那天的学习")
    notice.get_by_text("继续填写").click()
    expect(page.locator("[data-kept]")).to_have_count(0)
    assert minutes.input_value().split() == list(typed)
    page.locator(".form-buttons button[value=save]").click()
    page.wait_for_url(lambda address: address.rstrip("/").rpartition("/")[2].isdigit())
    assert Activity.objects.get().minutes.split() == list(typed)
    assert not TypedDraft.objects.exists()


def test_an_open_form_goes_on_by_itself(
    page: Page, deployed: DeployedSite, minutes: Locator
) -> None:
    typed = type_for(1, minutes)
    deployed.kill()
    expect(page.locator("[data-kept-line]")).to_contain_text("本机", timeout=20_000)
    deployed.start()
    expect(page.locator("[data-kept-line]")).to_contain_text("已暂存到服务器", timeout=20_000)
    assert kept_on_the_server() == list(typed)


def test_a_record_handed_to_a_dead_server_is_offered_back(
    page: Page, deployed: DeployedSite, minutes: Locator, is_gone: Callable[[], bool]
) -> None:
    typed = type_for(1, minutes)
    deployed.kill()
    page.locator(".form-buttons button[value=save]").click()
    page.wait_for_timeout(1_000)
    assert is_gone()
    deployed.start()
    page.goto(deployed.url)
    page.locator("[data-kept]").get_by_text("继续填写").click()
    expect(page.locator("[data-kept]")).to_have_count(0)
    assert minutes.input_value().split() == list(typed)
    assert not Activity.objects.exists()


@pytest.fixture
def is_gone(page: Page) -> Callable[[], bool]:
    """Whether the browser shows its own page about a server that does not answer."""
    return lambda: page.evaluate("location.protocol") == "chrome-error:"
