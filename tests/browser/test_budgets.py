"""Presses that the daily work costs: by mouse and by keyboard, on a desk and on a phone.

A press is a click, a key that acts, or a shortcut. Typed text is not counted, nor is the Tab that
walks to a control; a paste is one press, and so is choosing files.
"""

import datetime as dt
import io
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from branches.models import Role, User
from meetings.models import Activity, AttendanceState, Kind
from tests.factories import make_activity, make_bureau, make_member, make_user

MEMBERS = 32
MINUTES = "会议学习了有关文件，交流了体会，布置了下一步工作。" * 4
SIZES = {"desk": (1366, 768), "phone": (360, 740)}


def make_photo(name: str, colour: str) -> dict[str, Any]:
    """A picture as a file input takes it."""
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


class Hand:
    """Somebody at the page, whose presses are counted."""

    def __init__(self, page: Page, *, by_keyboard: bool) -> None:
        self.page, self.by_keyboard, self.presses = page, by_keyboard, 0

    def press(self, control: Locator, key: str = "Enter") -> None:
        self.presses += 1
        if self.by_keyboard:
            control.focus()
            self.page.keyboard.press(key)
        else:
            control.click()

    def key(self, keys: str) -> None:
        self.presses += 1
        self.page.keyboard.press(keys)

    def enter(self, field: Locator, text: str, *, is_pasted: bool = False) -> None:
        """Put the cursor there (a press by mouse, a walk by keyboard) and type or paste."""
        self.presses += is_pasted
        if self.by_keyboard:
            field.focus()
        else:
            self.presses += 1
            field.click()
        self.page.keyboard.insert_text(text)

    def choose(self, field: Locator, files: list[Any]) -> None:
        self.presses += 1
        field.set_input_files(files)


@pytest.fixture
def secretary(transactional_db: None) -> User:
    _bureau, (branch,) = make_bureau(1)
    for number in range(MEMBERS):
        make_member(f"成员{chr(0x4E00 + number * 7)}", branch)
    last_month = timezone.localdate() - dt.timedelta(days=30)
    make_activity(branch, Kind.GROUP_STUDY, held_on=last_month, place="会议室", chair="成员一")
    return make_user("sec", role=Role.SECRETARY, organization=branch, name="书记甲")


@pytest.fixture
def site(page: Page, live_server: Any, secretary: User) -> str:
    """The address of the site, with the secretary logged in."""
    page.set_default_timeout(8_000)
    client = Client()
    client.force_login(secretary)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return str(live_server.url)


def people(page: Page) -> Locator:
    return page.locator(".grid-attendance fieldset")


def mark_attendance(hand: Hand) -> None:
    """All present, then two who were not, each with a reason."""
    page = hand.page
    hand.press(page.locator("[data-all-present] button"))
    assert hand.presses <= 3  # one for this, before it the ways into the form
    before = hand.presses
    for number, reason in ((3, "病假"), (9, "出差")):
        person = people(page).nth(number)
        if hand.by_keyboard:
            hand.press(person.locator("input[value=ON_LEAVE]"), "Space")
        else:
            hand.press(person.locator("label").nth(1))
        hand.enter(person.locator("input.reason"), reason)
    assert hand.presses - before <= 5


def finish(hand: Hand) -> None:
    """Minutes pasted, two photos, handed in."""
    page = hand.page
    hand.enter(page.locator("[name=minutes]"), MINUTES, is_pasted=True)
    files = page.locator("input[type=file]")
    if files.count():
        hand.choose(files.first, [make_photo("a.jpg", "teal"), make_photo("b.jpg", "navy")])
        expect(page.locator("[data-attachments] img, .attachments img")).to_have_count(2)
    submit = page.locator(".form-buttons button[value=submit]")
    if hand.by_keyboard:
        hand.key("Control+Enter")
    else:
        hand.press(submit)
    page.wait_for_url(lambda address: "/new/" not in address)
    again = page.get_by_role("button", name="仍然提交")
    if again.count():
        hand.press(again)


def check(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("已提交")
    newest = Activity.objects.latest("pk")
    assert newest.minutes == MINUTES
    states = list(newest.attendances.values_list("state", flat=True))
    assert len(states) == MEMBERS
    assert states.count(AttendanceState.ON_LEAVE) == 2


@pytest.mark.parametrize("by_keyboard", [False, True], ids=["mouse", "keyboard"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("start", "budget"), [("copy", 14), ("blank", 25)])
def test_a_routine_meeting_stays_within_its_presses(
    page: Page,
    site: str,
    start: str,
    budget: int,
    size: str,
    by_keyboard: bool,
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site)
    hand = Hand(page, by_keyboard=by_keyboard)
    if start == "copy":
        hand.press(page.locator("a[href*='?copy=']").first)
        assert page.locator("[name=place]").input_value() == "会议室"
    else:
        hand.press(page.locator(".page-actions a[href='/activities/new/']"))
        kind = page.locator("input[name=kinds][value=GROUP_STUDY]")
        with page.expect_response("**/activities/suggestions/**"):
            hand.press(kind, "Space")
        expect(page.locator("[name=title]")).not_to_have_value("")
    expect(people(page)).to_have_count(MEMBERS)
    mark_attendance(hand)
    finish(hand)
    check(page)
    print(f"{start}, {size}, {'keyboard' if by_keyboard else 'mouse'}: {hand.presses} of {budget}")
    assert hand.presses <= budget


def test_fields_of_a_kind_come_and_go_without_losing_what_was_typed(page: Page, site: str) -> None:
    page.goto(f"{site}/activities/new/")
    lecturer = page.locator("[name=lecturer]")
    expect(lecturer).to_be_hidden()
    lecture = page.locator("input[name=kinds][value=PARTY_LECTURE]")
    lecture.check()
    expect(lecturer).to_be_visible()
    lecture.uncheck()
    expect(lecturer).to_be_hidden()
    lecture.check()
    lecturer.fill("成员一")
    lecture.uncheck()
    expect(lecturer).to_be_visible()
    expect(lecturer).to_have_value("成员一")


def test_a_title_one_typed_is_not_replaced(page: Page, site: str) -> None:
    page.goto(f"{site}/activities/new/")
    title = page.locator("[name=title]")
    page.locator("[name=held_on]").fill("2025-03-05")
    page.locator("input[name=kinds][value=THEMED_PARTY_DAY]").check()
    expect(title).to_have_value("3月主题党日")
    page.locator("[name=held_on]").fill("2025-04-05")
    page.locator("[name=held_on]").blur()
    expect(title).to_have_value("4月主题党日")
    title.fill("走进档案馆")
    with page.expect_response("**/activities/suggestions/**"):
        page.locator("input[name=kinds][value=PARTY_LECTURE]").check()
    expect(title).to_have_value("走进档案馆")


def test_agenda_items_move_by_key_and_their_votes_are_judged_of_those_expected(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/activities/new/")
    page.locator("input[name=kinds][value=GENERAL_MEETING]").check()
    expect(people(page)).to_have_count(MEMBERS)
    for topic in ("第一项", "第二项"):
        page.locator("[data-add]").click()
        page.keyboard.insert_text(topic)
    page.keyboard.press("Alt+ArrowUp")
    votes = page.locator("[name=agenda-1-votes_for]")
    votes.fill(str(MEMBERS // 2))
    expect(page.locator("[data-majority]:visible [data-lost]")).to_be_visible()
    votes.fill(str(MEMBERS // 2 + 1))
    expect(page.locator("[data-majority]:visible [data-carried]")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator("main")).to_contain_text("草稿")
    items = Activity.objects.latest("pk").agenda_items.values_list("topic", flat=True)
    assert list(items) == ["第二项", "第一项"]
