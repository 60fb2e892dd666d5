"""The form of a record for sixty people on a telephone: what it weighs, and whether it can be used.

Weighed as it is deployed; what counts is what comes over the wire, headers included.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from branches.models import Role
from branches.pinyin import sort_key_of
from meetings.models import Kind
from tests.browser.conftest import PASSWORD
from tests.browser.deployed import DeployedSite
from tests.browser.looked_at import TOO_WIDE
from tests.factories import make_activity, make_bureau, make_member, make_user

KB = 1024
MEMBERS = 60
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = ("建国", "晓明")
NAMES = [surname + given for given in GIVEN for surname in SURNAMES]
ARGON = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])


@pytest.fixture
def form_address(page: Page, transactional_db: None, deployed: DeployedSite) -> str:
    """The form with everybody listed, for the secretary of a branch of sixty, logged in."""
    _bureau, (branch,) = make_bureau(1)
    for name in NAMES:
        member = make_member(name, branch)
        member.sort_key = sort_key_of(name)
        member.save()
    record = make_activity(branch, Kind.GROUP_STUDY)
    with ARGON:
        make_user("sec", role=Role.SECRETARY, organization=branch)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{deployed.url}/login/")
    page.fill("input[name=username]", "sec")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{deployed.url}/")
    return f"{deployed.url}/activities/new/?copy={record.pk}"


@pytest.fixture
def weigh(page: Page) -> Callable[[str], Counter[str]]:
    """Bytes that one visit to an address brings over the wire, by type and in all."""
    wire = page.context.new_cdp_session(page)
    types: dict[str, str] = {}
    brought: Counter[str] = Counter()

    def note_type(event: dict[str, Any]) -> None:
        types[event["requestId"]] = event["type"]

    def note_bytes(event: dict[str, Any]) -> None:
        brought[types.get(event["requestId"], "?")] += int(event["encodedDataLength"])
        brought["all"] += int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", note_type)
    wire.on("Network.loadingFinished", note_bytes)
    wire.send("Network.enable")

    def visit(address: str) -> Counter[str]:
        brought.clear()
        page.goto(address, wait_until="networkidle")
        return Counter(brought)

    visit.wire = wire  # type: ignore[attr-defined]
    return visit


def test_the_form_for_sixty_people_is_light(
    form_address: str, weigh: Callable[[str], Counter[str]]
) -> None:
    weigh.wire.send("Network.clearBrowserCache")  # type: ignore[attr-defined]
    first, again = weigh(form_address), weigh(form_address)
    print(f"\nfirst visit {dict(first)}\nagain {dict(again)}")
    assert first["Script"] > 10 * KB  # the scripts were weighed
    assert first["all"] <= 150 * KB
    assert first["Script"] <= 60 * KB
    assert again["all"] <= 30 * KB


def test_sixty_people_stay_usable_on_a_telephone(page: Page, form_address: str) -> None:
    page.goto(form_address)
    people = page.locator(".grid-attendance fieldset")
    expect(people).to_have_count(MEMBERS)
    assert page.evaluate(TOO_WIDE) == ""
    finder = page.locator("[data-find-person]")
    finder.fill("zhang")
    expect(page.locator(".grid-attendance fieldset:visible")).to_have_count(2)
    finder.fill("zxm")
    names = page.locator(".grid-attendance fieldset:visible legend").all_inner_texts()
    assert [name.strip() for name in names] == ["张晓明", "赵晓明", "郑晓明", "周晓明", "朱晓明"]
    finder.fill("李建国 出差")
    finder.press("Enter")
    expect(people.locator("input[value=PRESENT]:checked")).to_have_count(MEMBERS - 1)
    away = people.filter(has=page.locator("input[value=ON_LEAVE]:checked"))
    expect(away.locator(".reason")).to_have_value("出差")
    assert page.evaluate(TOO_WIDE) == ""
    # A finger needs 24 px at least (WCAG 2.5.8); ours are larger.
    sizes = page.locator(".states label").evaluate_all(
        "all => all.map((one) => [one.offsetWidth, one.offsetHeight])"
    )
    assert min(min(size) for size in sizes) >= 36
