"""Nothing typed is lost: neither with the session nor with the server."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from branches.models import Organization, Role
from meetings.models import Activity, TypedDraft
from tests.factories import make_bureau, make_user

NEW = "/activities/new/"
KEPT_HERE = "Object.keys(localStorage).filter(name => name.startsWith('typed:')).length"


@pytest.fixture
def branch(transactional_db: None) -> Organization:
    _bureau, (branch,) = make_bureau(1)
    make_user("sec", role=Role.SECRETARY, organization=branch)
    return branch


def test_what_was_typed_before_and_after_the_session_ended_is_offered_back_whole(
    page: Page, live_server: Any, branch: Organization, log_in: Callable[..., None]
) -> None:
    log_in("sec")
    page.goto(live_server.url + NEW)
    line = page.locator("[data-kept-line]")
    page.fill("[name=title]", "未完成的记录")
    page.fill("[name=minutes]", "第一段")
    expect(line).to_contain_text("已暂存到服务器", timeout=5_000)
    assert TypedDraft.objects.get().typed["minutes"] == ["第一段"]

    page.context.clear_cookies()
    page.fill("[name=minutes]", "第一段\n第二段")
    expect(line).to_contain_text("本机", timeout=6_000)
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "第二段" in stored
    assert "csrfmiddlewaretoken" not in stored

    log_in("sec")
    expect(page.locator("[data-kept]")).to_have_count(1)
    expect(page.locator("[data-kept]")).to_contain_text("未完成的记录")
    page.locator("[data-kept] button[value=refresh]").click()
    expect(page.locator("[name=minutes]")).to_have_value("第一段\n第二段")
    expect(page.locator("[data-kept-line]")).to_contain_text("已暂存到服务器", timeout=6_000)
    assert page.evaluate(KEPT_HERE) == 0
    assert TypedDraft.objects.get().typed["minutes"] == ["第一段\n第二段"]

    page.locator("[name=kinds][value=GROUP_STUDY]").check()
    page.locator(".form-buttons button[value=save]").click()
    page.wait_for_url("**/activities/*/")
    assert Activity.objects.get().minutes == "第一段\n第二段"
    assert not TypedDraft.objects.exists()
    assert page.evaluate(KEPT_HERE) == 0


def test_without_the_server_the_browser_keeps_it_and_logging_out_takes_it_away(
    page: Page, live_server: Any, branch: Organization, log_in: Callable[..., None]
) -> None:
    log_in("sec")
    page.goto(live_server.url + NEW)
    page.route("**/activities/typed/", lambda route: route.abort())
    page.fill("[name=minutes]", "没有网络")
    expect(page.locator("[data-kept-line]")).to_contain_text("本机", timeout=6_000)
    assert page.evaluate(KEPT_HERE) == 1
    page.locator("details.menu summary").last.click()
    page.locator("[data-log-out] button").click()
    page.wait_for_url("**/login/**")
    assert page.evaluate(KEPT_HERE) == 0


def test_an_untouched_form_leaves_nothing(
    page: Page, live_server: Any, branch: Organization, log_in: Callable[..., None]
) -> None:
    log_in("sec")
    page.goto(live_server.url + NEW)
    page.goto(f"{live_server.url}/activities/")
    page.goto(live_server.url)
    expect(page.locator("[data-kept]")).to_have_count(0)
    assert not TypedDraft.objects.exists()
