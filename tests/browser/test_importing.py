"""Five hundred members pasted from Excel with three errors: presses, by mouse and keyboard, on a
desk and on a phone. Counted as in `hand`."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from branches.models import Member, Role, User
from tests.browser.hand import SIZES, Hand
from tests.browser.looked_at import faults_of, watched
from tests.factories import make_bureau, make_user

MEMBERS, BUDGET = 500, 12
WRONG = {100: ("正式", "正式党员"), 250: ("预备", "预备党员"), 400: ("团员", "正式党员")}


def copied_from_excel() -> str:
    lines = ["序号\t姓名\t所在支部\t出生日期\t党员类别\t入党时间"]
    for number in range(1, MEMBERS + 1):
        kind = WRONG.get(number, ("正式党员", ""))[0]
        lines.append(f"{number}\t成员{number}\t第1支部\t1980年5月3日\t{kind}\t2010.7.1")
    return "\n".join(lines)


@pytest.fixture
def administrator(transactional_db: None) -> User:
    bureau, _branches = make_bureau(1)
    return make_user("adm", role=Role.ADMINISTRATOR, organization=bureau, name="管理员甲")


@pytest.fixture
def site(page: Page, live_server: Any, administrator: User) -> str:
    """The address of the site, with the administrator logged in."""
    page.set_default_timeout(20_000)
    client = Client()
    client.force_login(administrator)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return str(live_server.url)


@pytest.mark.parametrize("by_keyboard", [False, True], ids=["mouse", "keyboard"])
@pytest.mark.parametrize("size", SIZES)
def test_five_hundred_members_with_three_errors_stay_within_their_presses(
    page: Page, site: str, size: str, by_keyboard: bool
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site)
    hand = Hand(page, by_keyboard=by_keyboard)

    def press(control: Locator, keys: str) -> None:
        if by_keyboard:
            hand.shortcut(keys, control)
        else:
            hand.click(control)

    press(page.locator(".site-nav a[href='/imports/']"), "Alt+R")
    pasted = page.locator("[name=pasted]")
    expect(pasted).to_be_focused()
    if not by_keyboard:
        hand.click(pasted)
    hand.paste(copied_from_excel())
    press(page.locator("main .form-page button[type=submit]"), "Control+Enter")

    cells = page.locator(".import-grid input.is-invalid")
    expect(cells).to_have_count(len(WRONG))
    expect(cells.first).to_be_focused()
    for index, (_typed, right) in enumerate(WRONG.values()):
        # Whoever enters a wrong cell has selected what stands in it: typing replaces it.
        if by_keyboard:
            expect(cells.nth(index)).to_be_focused()
            hand.type(right)
            hand.key("Enter")
        else:
            hand.click(cells.nth(index))
            hand.type(right)
    press(page.locator(".import-grid-page .form-buttons button"), "Control+Enter")

    commit = page.locator("form[action$='/commit/'] button")
    expect(commit).to_be_visible()
    press(commit, "Control+Enter")
    expect(page.locator("main")).to_contain_text("已导入")
    assert Member.objects.count() == MEMBERS
    print(f"{size}, {'keyboard' if by_keyboard else 'mouse'}: {hand.presses} of {BUDGET}")
    assert hand.presses <= BUDGET


def test_an_import_with_everything_on_it_is_without_fault(page: Page, site: str) -> None:
    with watched(page, site) as noted:
        page.goto(f"{site}/imports/")
        found = faults_of(page)
        page.locator("[name=pasted]").fill(copied_from_excel())
        page.locator("main .form-page button[type=submit]").click()
        expect(page.locator(".import-grid input.is-invalid")).to_have_count(len(WRONG))
        page.locator(".import-columns > summary").click()
        found += faults_of(page)
        page.goto(f"{page.url}?show=ALL")
        found += faults_of(page)
    assert [*found, *noted] == []


def test_enter_walks_from_wrong_cell_to_wrong_cell(page: Page, site: str) -> None:
    page.goto(f"{site}/imports/")
    page.locator("[name=pasted]").fill(copied_from_excel())
    page.locator("main .form-page button[type=submit]").click()
    cells = page.locator(".import-grid input.is-invalid")
    expect(cells.first).to_be_focused()
    for _typed, right in WRONG.values():
        page.keyboard.insert_text(right)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("form[action$='/commit/'] button")).to_be_visible()
