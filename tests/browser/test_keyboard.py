"""The form of an activity by keyboard alone: Tab, Space, arrows, typing, Enter."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from branches.models import Organization, Role
from meetings.models import Activity
from tests.factories import make_bureau, make_member, make_user

FOCUS = """() => {
  const one = document.activeElement;
  return [one.name || one.value || '', one.value || '', one.id || '', one.textContent.trim()];
}"""


@pytest.fixture
def branch(transactional_db: None) -> Organization:
    _bureau, (branch,) = make_bureau(1)
    for number in "一二三":
        make_member(f"甲{number}", branch)
    make_user("sec", role=Role.SECRETARY, organization=branch)
    return branch


class Keys:
    """A person who has a keyboard and nothing else. `presses` counts what they pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def tab_to(self, is_there: Callable[[str, str, str, str], bool], *, at_most: int = 150) -> None:
        """Tab until the focus is on an element of that name, value, id and text."""
        seen = []
        for _ in range(at_most):
            self.press("Tab")
            focused = self.page.evaluate(FOCUS)
            if is_there(*focused):
                return
            seen.append(focused)
        raise AssertionError(f"never reached; passed {seen}")

    def tab_to_field(self, name: str, value: str | None = None) -> None:
        self.tab_to(lambda field, held, *_: field == name and value in (None, held))

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)


def test_an_activity_is_recorded_and_saved_by_keyboard_alone(
    page: Page, live_server: Any, branch: Organization, log_in: Callable[..., None]
) -> None:
    log_in("sec")
    page.goto(f"{live_server.url}/activities/new/")
    keys = Keys(page)

    keys.press("Tab")
    assert page.evaluate(FOCUS)[3] == "跳到主要内容"
    keys.press("Enter")
    keys.tab_to_field("held_on")
    page.locator("[name=held_on]").fill("2025-06-18")  # how a date is typed is the browser's own
    for kind in ("PARTY_LECTURE", "THEMED_PARTY_DAY"):
        keys.tab_to_field("kinds", kind)
        keys.press("Space")
    expect(page.locator(".grid-attendance fieldset")).to_have_count(3)
    keys.tab_to_field("title")
    keys.press("Control+a")
    keys.type("走进档案馆上党课")
    # The first choice of a person is reached by Tab, the others by the arrows, as in every form.
    keys.tab_to(lambda name, *_: name.startswith("state-"))
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(page.locator("[data-turnout] [data-count=absent]").first).to_have_text("1")
    keys.tab_to(lambda name, *_: name.startswith("reason-"))
    keys.type("出差")
    keys.tab_to_field("minutes")
    keys.type("一、传达学习。\n二、交流讨论。")
    keys.tab_to(lambda name, held, _id, words: words == "保存草稿")
    keys.press("Enter")

    expect(page.locator("h1")).to_have_text("走进档案馆上党课")
    activity = Activity.objects.get()
    assert {credit.kind for credit in activity.credits.all()} == {
        "PARTY_LECTURE",
        "THEMED_PARTY_DAY",
    }
    assert activity.minutes == "一、传达学习。\n二、交流讨论。"
    absent = activity.attendances.get(state="ABSENT")
    assert absent.reason == "出差"
    assert activity.attendances.filter(state="PRESENT").count() == 2


def test_every_stop_of_the_keyboard_can_be_seen(
    page: Page, live_server: Any, branch: Organization, log_in: Callable[..., None]
) -> None:
    """WCAG 2.4.7: whatever has the focus looks different from what it looks like without."""
    log_in("sec")
    page.goto(f"{live_server.url}/activities/new/")
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        look = page.evaluate(
            """() => {
              const one = document.activeElement;
              const label = one.labels?.[0] ?? one;
              const looks = () => [one, label].map((element) => {
                const style = getComputedStyle(element);
                return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor,
                        style.backgroundColor, style.color, style.textDecoration].join();
              }).join("|");
              const focused = looks();
              one.blur();
              const plain = looks();
              one.focus({ focusVisible: true });
              return [focused !== plain, one.outerHTML.slice(0, 120)];
            }"""
        )
        if not look[0]:
            unseen.append(look[1])
    assert unseen == []
