"""Presses that the daily work costs: by mouse and by keyboard alone, on a desk and on a phone.

What counts as a press is said in tests/browser/hand.py; the figures stand in docs/presses.md, and
`pytest tests/browser/test_budgets.py -s` prints them.
"""

import datetime as dt
import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from branches.models import Organization, Role, User
from branches.pinyin import sort_key_of
from meetings.models import Activity, AttendanceState, Kind, Status
from meetings.services import void_activity
from tests.browser.hand import SIZES, Hand, is_focused, make_photo
from tests.factories import make_activity, make_bureau, make_member, make_user

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静强磊洋艳勇军杰娟涛明超霞平刚桂英华玉萍红玲芬燕彬凤洁梅"
NAMES = [surname + given for surname, given in zip(SURNAMES, GIVEN, strict=True)]
MEMBERS = len(NAMES)
MINUTES = "会议学习了有关文件，交流了体会，布置了下一步工作。" * 4
CHAIR, RECORDER = NAMES[:2]
# Typed to find them: initials, then the reason. Characters would do as well.
ABSENT = {"张萍": ("zp", "病假"), "陶洁": ("tj", "出差")}
# What a branch holds: so many links 「复制上次」 stand on its home page.
KINDS = (Kind.GENERAL_MEETING, Kind.PARTY_LECTURE, Kind.THEMED_PARTY_DAY, Kind.GROUP_STUDY)

by_hand = pytest.mark.parametrize("by_keyboard", [False, True], ids=["mouse", "keyboard"])
at_size = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def branch(transactional_db: None) -> Organization:
    _bureau, (branch,) = make_bureau(1)
    for name in NAMES:
        member = make_member(name, branch)
        member.sort_key = sort_key_of(name)
        member.save()
    return branch


@pytest.fixture
def secretary(branch: Organization) -> User:
    return make_user("sec", role=Role.SECRETARY, organization=branch, name="书记甲")


@pytest.fixture
def held_last_month(branch: Organization) -> None:
    """A record of each kind, the one to copy with its place and people."""
    last_month = timezone.localdate() - dt.timedelta(days=30)
    for kind in KINDS:
        make_activity(
            branch,
            kind,
            held_on=last_month,
            title=f"上月{kind.label}",
            place="会议室",
            chair=CHAIR,
            recorder=RECORDER,
        )


@pytest.fixture
def site(page: Page, live_server: Any, secretary: User) -> str:
    """The address of the site, with the secretary logged in."""
    page.set_default_timeout(20_000)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    client = Client()
    client.force_login(secretary)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return str(live_server.url)


def at_home(page: Page, site: str, size: str, *, by_keyboard: bool) -> Hand:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site)
    return Hand(page, by_keyboard=by_keyboard)


def people(page: Page) -> Locator:
    return page.locator(".grid-attendance fieldset")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[name={name}]")


def copy_the_last_study(hand: Hand) -> None:
    """From the home page, where each kind has its number, into the form."""
    link = hand.page.get_by_role("region", name="复制上次").get_by_role("link", name="集中学习")
    if hand.by_keyboard:
        hand.shortcut("Alt+4", link)
    else:
        hand.click(link)


def begin_from_blank(hand: Hand) -> None:
    """Nobody held this before: kind, place, chair and recorder are given; title and day come."""
    page = hand.page
    create = page.locator(".page-actions a[href='/activities/new/']")
    kind = page.locator("input[name=kinds][value=GROUP_STUDY]")
    first_kind = page.locator("input[name=kinds]").first
    if hand.by_keyboard:
        hand.shortcut("Alt+N", create)
        hand.shortcut("Alt+K", first_kind)
        hand.walk_to(kind)
        hand.key("Space")
    else:
        hand.click(create)
        hand.click(kind)
    expect(field(page, "title")).not_to_have_value("")
    if hand.by_keyboard:
        hand.shortcut("Alt+B", field(page, "title"))
    for name, text in (("place", "会议室"), ("chair", CHAIR), ("recorder", RECORDER)):
        if hand.by_keyboard:
            hand.walk_to(field(page, name))
        else:
            hand.click(field(page, name))
        hand.type(text)


def mark_all_present(hand: Hand) -> None:
    button = hand.page.locator("[data-all-present] button")
    if hand.by_keyboard:
        hand.shortcut("Alt+Q", button)
    else:
        hand.click(button)


def mark_two_absent(hand: Hand) -> None:
    """By keyboard each is found by initials, the reason behind them; by mouse with two presses."""
    page = hand.page
    for name, (initials, reason) in ABSENT.items():
        person = page.locator(f".grid-attendance [data-name='{name}']")
        if hand.by_keyboard:
            finder = page.locator("[data-find-person]")
            if not is_focused(finder):
                hand.shortcut("Alt+S", finder)
            hand.type(f"{initials} {reason}")
            hand.key("Enter")
        else:
            hand.click(person.get_by_text("请假", exact=True))
            hand.click(page.locator(f"[data-quick-reasons] button[value={reason}]"))
        expect(person.locator("input.reason")).to_have_value(reason)


def paste_minutes(hand: Hand) -> None:
    minutes = field(hand.page, "minutes")
    if hand.by_keyboard:
        hand.shortcut("Alt+M", minutes)
    else:
        hand.click(minutes)
    hand.paste(MINUTES)


def hand_in(hand: Hand) -> None:
    """Submit; should the check have found something, submit all the same."""
    page = hand.page
    for button in (
        page.locator(".form-buttons button[value=submit]"),
        page.get_by_role("button", name="仍然提交"),
    ):
        if hand.by_keyboard:
            hand.shortcut("Control+Enter", button)
        else:
            hand.click(button)
        page.wait_for_url(lambda address: "/new/" not in address)
        if "/check/" not in page.url:
            return


def check_saved(page: Page) -> None:
    """Everything arrived as meant, with who was there and why not."""
    expect(page.locator("main")).to_contain_text("已提交")
    saved = Activity.objects.latest("pk")
    assert (saved.minutes, saved.place, saved.chair) == (MINUTES, "会议室", CHAIR)
    assert saved.attachments.count() == 2
    assert saved.attendances.count() == MEMBERS
    away = saved.attendances.exclude(state=AttendanceState.PRESENT)
    assert {row.member.name: row.reason for row in away} == {
        name: reason for name, (_initials, reason) in ABSENT.items()
    }


@by_hand
@at_size
@pytest.mark.parametrize(("start", "budget"), [("copy", 14), ("blank", 25)])
def test_a_routine_meeting_stays_within_its_presses(
    page: Page,
    site: str,
    request: pytest.FixtureRequest,
    start: str,
    budget: int,
    size: str,
    by_keyboard: bool,
) -> None:
    if start == "copy":
        request.getfixturevalue("held_last_month")
    hand = at_home(page, site, size, by_keyboard=by_keyboard)
    began = time.perf_counter()
    if start == "copy":
        copy_the_last_study(hand)
        expect(field(page, "place")).to_have_value("会议室")
    else:
        begin_from_blank(hand)
    expect(people(page)).to_have_count(MEMBERS)
    mark_all_present(hand)
    mark_two_absent(hand)
    paste_minutes(hand)
    photos = [make_photo("a.jpg", "teal"), make_photo("b.jpg", "navy")]
    hand.choose(page.locator("#id_files"), "Alt+P", photos)
    hand_in(hand)
    check_saved(page)
    seconds = time.perf_counter() - began
    with_what = "keyboard" if by_keyboard else "mouse"
    print(f"\n{start}, {size}, {with_what}: {hand.presses} of {budget} presses, {seconds:.1f} s")
    assert hand.presses <= budget


@by_hand
@at_size
def test_attendance_is_one_press_for_everybody_and_five_for_two_away(
    page: Page, site: str, held_last_month: None, size: str, by_keyboard: bool
) -> None:
    newest = Activity.objects.latest("pk")
    hand = at_home(page, f"{site}/activities/new/?copy={newest.pk}", size, by_keyboard=by_keyboard)
    mark_all_present(hand)
    assert hand.presses == 1
    assert people(page).locator("input[value=PRESENT]:checked").count() == MEMBERS
    page.reload()
    hand = Hand(page, by_keyboard=by_keyboard)
    mark_two_absent(hand)
    print(f"\ntwo away, {size}, {'keyboard' if by_keyboard else 'mouse'}: {hand.presses} of 5")
    assert hand.presses <= 5
    assert people(page).locator("input[value=PRESENT]:checked").count() == MEMBERS - len(ABSENT)


@by_hand
def test_an_untouched_grid_is_saved_as_not_recorded(
    page: Page, site: str, held_last_month: None, by_keyboard: bool
) -> None:
    hand = at_home(page, site, "desk", by_keyboard=by_keyboard)
    copy_the_last_study(hand)
    expect(people(page)).to_have_count(MEMBERS)
    assert people(page).locator("input:checked").count() == 0
    save = page.locator(".form-buttons button[value=save]")
    if by_keyboard:
        hand.shortcut("Control+S", save)
    else:
        hand.click(save)
    page.wait_for_url(lambda address: "/new/" not in address)
    expect(page.locator("main")).to_contain_text("未记录")
    saved = Activity.objects.latest("pk")
    assert saved.status == Status.DRAFT
    assert not saved.attendances.exists()


@by_hand
@at_size
@pytest.mark.parametrize("voided", [1, 3])
def test_a_voided_record_is_recovered_in_three_presses(
    page: Page,
    site: str,
    branch: Organization,
    secretary: User,
    size: str,
    by_keyboard: bool,
    voided: int,
) -> None:
    for number in range(voided):
        record = make_activity(branch, title=f"误作废{number}")
        void_activity(record, user=secretary, expected_version=record.version, reason="录重了")
    hand = at_home(page, site, size, by_keyboard=by_keyboard)
    link = page.get_by_role("link", name=f"误作废{voided - 1}")
    restore = page.get_by_role("button", name="恢复为草稿")
    if by_keyboard:
        hand.shortcut("Alt+V", link)
        hand.key("Enter")  # the link to all voided ones has the same keys
        hand.shortcut("Alt+V", restore)
    else:
        hand.click(link)
        hand.click(restore)
    expect(page.locator("main")).to_contain_text("已恢复为草稿")
    assert Activity.objects.get(pk=record.pk).status == Status.DRAFT
    assert hand.presses <= 3


@by_hand
@at_size
def test_a_record_voided_long_ago_is_three_presses_away_too(
    page: Page, site: str, branch: Organization, secretary: User, size: str, by_keyboard: bool
) -> None:
    record = make_activity(branch, title="去年的会议")
    void_activity(record, user=secretary, expected_version=record.version, reason="录重了")
    Activity.objects.filter(pk=record.pk).update(updated_at=timezone.now() - dt.timedelta(days=99))
    hand = at_home(page, site, size, by_keyboard=by_keyboard)
    for step in (
        page.get_by_role("link", name="已作废的记录"),
        page.get_by_role("link", name="去年的会议").first,
        page.get_by_role("button", name="恢复为草稿"),
    ):
        if by_keyboard:
            hand.shortcut("Alt+V", step)
        else:
            hand.click(step)
    expect(page.locator("main")).to_contain_text("已恢复为草稿")
    assert hand.presses == 3


@pytest.mark.parametrize("address", ["/", "/activities/new/"])
def test_a_shortcut_leads_to_one_place_and_is_none_of_the_browsers(
    page: Page, site: str, held_last_month: None, address: str
) -> None:
    page.goto(f"{site}{address}")
    keys = page.locator("[aria-keyshortcuts^='Alt+']:not([aria-keyshortcuts*=Arrow])").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-keyshortcuts'))"
    )
    assert len(keys) > 4
    assert len(keys) == len(set(keys))
    # Alt with these opens the address or the menu of a browser.
    assert not {"Alt+D", "Alt+E", "Alt+F"} & set(keys)


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
