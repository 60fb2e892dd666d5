"""A list out of a chat marks attendance: what it did not tell is shown, never guessed."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from branches.models import Organization, Role
from meetings.models import Activity, Kind
from tests.browser.hand import SIZES, Hand
from tests.factories import make_activity, make_bureau, make_member, make_user

NAMES = ("张三", "李四", "王五", "赵六", "欧阳明月", "阿依古丽·买买提")
# 王五 signed twice, 钱某某 is nobody of the branch, 赵六 is not in the list.
LIST = """#接龙
周五下午学习，请接龙
1. 张三
2. 李四 出差请假
3. 王五👍
4. 欧阳明月（线上）
5. 阿依古丽买买提
6. 王五
7. 钱某某"""


@pytest.fixture
def branch(transactional_db: None) -> Organization:
    _bureau, (branch,) = make_bureau(1)
    for name in NAMES:
        make_member(name, branch)
    return branch


@pytest.fixture
def address(live_server: Any, branch: Organization) -> str:
    """The form of a record in which all of them are listed."""
    record = make_activity(branch, Kind.GROUP_STUDY, place="会议室")
    return f"{live_server.url}/activities/new/?copy={record.pk}"


def logged_in(page: Page, branch: Organization, address: str) -> Page:
    client = Client()
    client.force_login(make_user("sec", role=Role.SECRETARY, organization=branch))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}]
    )
    page.set_default_timeout(20_000)
    return page


def states(page: Page) -> dict[str, str]:
    """What each person is marked as, and why."""
    return {
        str(name): f"{state} {reason}".strip()
        for name, state, reason in page.locator(".grid-attendance fieldset").evaluate_all(
            """all => all.map((one) => [
              one.dataset.name,
              one.querySelector("input[type=radio]:checked")?.value ?? "",
              one.querySelector(".reason").value,
            ])"""
        )
    }


def expect_the_rest_to_be_shown(matching: Locator) -> None:
    expect(matching).to_contain_text("钱某某")
    expect(matching).to_contain_text("未识别")
    expect(matching.get_by_role("heading", name="重复")).to_be_visible()
    expect(matching).to_contain_text("王五：王五 · 王五")


@pytest.mark.parametrize("by_keyboard", [False, True], ids=["mouse", "keyboard"])
@pytest.mark.parametrize("size", SIZES)
def test_a_list_marks_those_it_names(
    page: Page, branch: Organization, address: str, size: str, by_keyboard: bool
) -> None:
    logged_in(page, branch, address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    hand = Hand(page, by_keyboard=by_keyboard)
    field = page.locator("#pasted_names")
    read = page.get_by_role("button", name="名单为到会")
    agree = page.get_by_role("button", name="标记已识别人员")
    rest = page.get_by_role("button", name="其余缺席")
    if by_keyboard:
        hand.shortcut("Alt+L", field)
        hand.paste(LIST)
        hand.walk_to(read)
        hand.key("Enter")
        hand.walk_to(agree)
    else:
        hand.click(page.locator("[data-paste-names] summary"))
        hand.click(field)
        hand.paste(LIST)
        hand.click(read)
    expect_the_rest_to_be_shown(page.locator("#matching"))
    assert set(states(page).values()) == {""}
    if by_keyboard:
        hand.key("Enter")
    else:
        hand.click(agree)
    expect(page.locator("[data-unaccounted] [data-names]")).to_have_text("赵六")
    if by_keyboard:
        hand.walk_to(rest)
        hand.key("Enter")
    else:
        hand.click(rest)
    assert states(page) == {
        "张三": "PRESENT",
        "李四": "ON_LEAVE 出差",
        "王五": "PRESENT",
        "赵六": "ABSENT",
        "欧阳明月": "PRESENT",
        "阿依古丽·买买提": "PRESENT",
    }
    print(f"\npasted list, {size}, {'keyboard' if by_keyboard else 'mouse'}: {hand.presses}")
    assert hand.presses <= 10
    page.keyboard.press("Control+S")
    expect(page.locator("main")).to_contain_text("应到 6 · 实到 4 · 请假 1 · 缺席 1")


def test_without_javascript_the_list_is_read_too(
    browser: Browser,
    browser_context_args: dict[str, Any],
    branch: Organization,
    address: str,
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = logged_in(context.new_page(), branch, address)
    page.goto(address)
    page.locator("[name=minutes]").fill("写到一半")
    page.locator("[data-paste-names] summary").click()
    page.locator("#pasted_names").fill(LIST)
    page.get_by_role("button", name="名单为到会").click()
    expect_the_rest_to_be_shown(page.locator("#matching"))
    page.get_by_role("button", name="标记已识别人员").click()
    expect(page.locator("[name=minutes]")).to_have_value("写到一半")
    marked = page.locator(".states input:checked")
    expect(marked).to_have_count(5)
    late = page.locator("[data-name=赵六] .states").get_by_text("缺席")
    late.click()
    page.get_by_label("已记录").check()
    page.locator(".form-buttons button[value=save]").click()
    expect(page.locator("main")).to_contain_text("应到 6 · 实到 4 · 请假 1 · 缺席 1")
    assert Activity.objects.latest("pk").minutes == "写到一半"
    context.close()
