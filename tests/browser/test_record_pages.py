"""The pages around one record, full of what they may show, as each role sees them: accessible,
quiet, at home, never too wide."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from branches.models import Organization, PostTitle, Role
from meetings.models import Activity, Kind, Status, TypedDraft
from meetings.services import (
    AgendaLine,
    GuestLine,
    amend_activity,
    return_activity,
    submit_activity,
)
from tests.browser.looked_at import faults_of, watched
from tests.factories import (
    DAY,
    make_activity,
    make_bureau,
    make_entry,
    make_member,
    make_post,
    make_user,
)
from tests.meetings.attachments.files import make_attachment

# Chromium itself writes this line for a page that answers 409.
OF_A_CONFLICT = "the server responded with a status of 409 (Conflict)"
UNFOLD = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
LONG = "关于深入学习贯彻有关会议精神并结合本单位实际研究部署下一阶段重点工作任务的支部党员大会"


@pytest.fixture
def branch(transactional_db: None) -> Organization:
    bureau, (branch, _other) = make_bureau()
    people = [make_member(f"党员{number}", branch) for number in "一二三四五六七"]
    for person in people[:3]:
        make_post(person, branch, PostTitle.COMMITTEE_MEMBER)
    make_user("administrator", role=Role.ADMINISTRATOR, organization=bureau)
    make_user("secretary", role=Role.SECRETARY, organization=branch)
    make_user("recorder", role=Role.RECORDER, organization=branch)
    return branch


@pytest.fixture
def activity(branch: Organization) -> Activity:
    """A draft with a returned version behind it, files, comments and something that blocks."""
    parts: dict[str, Any] = {
        "minutes": "学习了文件。" * 40,
        "exceptions": {},
        "place": "三楼会议室",
        "chair": "何处寻",
        "agenda": (AgendaLine("讨论", "党员一", "逐一发言", "", 90, 0, 1),),
        "guests": (GuestLine("罗望川", "工委"),),
        "materials": ("文件甲",),
    }
    kinds = (Kind.GENERAL_MEETING, Kind.GROUP_STUDY)
    activity = make_activity(branch, *kinds, status=Status.SUBMITTED, title=LONG)
    make_attachment(activity)
    reviewer = make_user("reviewer")
    said = {"minutes": "写具体。", "title": "太长。", "agenda": "补决议。"}
    return_activity(
        activity, user=reviewer, expected_version=1, comment="请改后再报。", on_fields=said
    )
    entry = make_entry(branch, *kinds, title=f"{LONG}（修改稿）", **parts)
    return amend_activity(activity, entry, user=reviewer, expected_version=2)


def _address(page: str, activity: Activity) -> str:
    return reverse(page, args=[activity.pk])


def _entry(page: Page, activity: Activity) -> None:
    page.select_option("#id_host", str(activity.host_id))
    page.fill("#id_held_on", DAY.isoformat())
    for kind in ("GENERAL_MEETING", "GROUP_STUDY", "PARTY_LECTURE", "INTEGRITY_EDUCATION"):
        page.locator(f"[name=kinds][value={kind}]").check()
    expect(page.locator(".grid-attendance fieldset")).to_have_count(7)
    page.locator("[data-agenda] [data-add]").click()
    page.evaluate(UNFOLD)


def _matches(page: Page, _activity: Activity) -> None:
    if not page.locator("#pasted_names").is_visible():
        page.locator("[data-paste-names] > summary").click()
    page.fill("#pasted_names", "1. 党员一\n2. 党员二 请假\n3. 王小二\n4. 党员三书记\n5. 党员一")
    page.locator("[data-paste-names] button[value=match]").click()
    expect(page.locator("#matching .matched-names li")).to_have_count(3)


def _conflict(page: Page, activity: Activity) -> None:
    page.fill("[name=minutes]", "我写的\n两行")
    page.fill("[name=place]", "四楼")
    page.fill("[name=chair]", "党员一")
    activity.refresh_from_db()
    entry = make_entry(activity.host, Kind.GROUP_STUDY, title="他们的", minutes="他们写的")
    amend_activity(activity, entry, user=None, expected_version=activity.version)
    page.locator(".form-buttons button[value=save]").first.click()
    expect(page.locator(".table-compare .differs")).not_to_have_count(0)
    page.locator("details.folded > summary").click()


def _typed(page: Page, _activity: Activity) -> None:
    page.fill("[name=minutes]", "没有存的")
    expect(page.locator("[data-kept-line]")).to_contain_text("已暂存到服务器", timeout=9_000)
    page.goto(page.url)
    expect(page.locator("[data-kept]").first).to_be_visible()


def _as_it_is(_page: Page, _activity: Activity) -> None:
    pass


# What is looked at, in this order: address, and what is done there first.
STATIONS: list[tuple[str, str, Callable[[Page, Activity], None]]] = [
    ("entry", "activity_create", _entry),
    ("matches of a pasted list", "activity_edit", _matches),
    ("comments at their fields", "activity_edit", _as_it_is),
    ("check with what blocks", "activity_check", _as_it_is),
    ("history", "activity_history", _as_it_is),
    ("compare", "activity_compare", _as_it_is),
    ("typed before", "activity_edit", _typed),
    ("conflict", "activity_edit", _conflict),
]


@pytest.mark.parametrize("person", ["administrator", "secretary", "recorder"])
def test_the_pages_around_a_record_are_without_fault(
    page: Page,
    live_server: Any,
    log_in: Callable[..., None],
    activity: Activity,
    person: str,
) -> None:
    log_in(person)
    faults: dict[str, list[str]] = {}
    for station, address, do in STATIONS:
        path = reverse(address) if address == "activity_create" else _address(address, activity)
        query = "?before=1&after=3" if address == "activity_compare" else ""
        with watched(page, live_server.url) as noted:
            page.goto(live_server.url + path + query)
            do(page, activity)
            found = [*faults_of(page), *(line for line in noted if OF_A_CONFLICT not in line)]
        if found:
            faults[station] = found
        TypedDraft.objects.all().delete()
        page.evaluate("localStorage.clear()")
    assert faults == {}


def test_the_page_under_review_is_without_fault(
    page: Page, live_server: Any, log_in: Callable[..., None], activity: Activity
) -> None:
    submit_activity(activity, user=None, expected_version=3)
    log_in("administrator")
    with watched(page, live_server.url) as noted:
        page.goto(live_server.url + _address("activity_review", activity))
        expect(page.locator("ins").first).to_be_visible()
        expect(page.locator(".said .tag")).to_have_count(3)
        page.evaluate(UNFOLD)
        found = [*faults_of(page), *noted]
    assert found == []


def test_days_and_kinds_chosen_quickly_leave_no_error_behind(
    page: Page, live_server: Any, log_in: Callable[..., None], branch: Organization
) -> None:
    log_in("recorder")
    with watched(page, live_server.url) as noted:
        page.goto(f"{live_server.url}{reverse('activity_create')}")
        for kind in ("GENERAL_MEETING", "GROUP_STUDY", "PARTY_LECTURE", "COMMITTEE_MEETING"):
            page.locator(f"[name=kinds][value={kind}]").check()
        page.fill("#id_held_on", DAY.isoformat())
        for kind in ("GENERAL_MEETING", "GROUP_STUDY", "PARTY_LECTURE"):
            page.locator(f"[name=kinds][value={kind}]").uncheck()
        expect(page.locator(".grid-attendance fieldset")).to_have_count(3)
        page.wait_for_load_state("networkidle")
    assert noted == []
    assert page.locator("input[name=shown]").input_value().count(",") == 2
