"""Which branches have no Party lecture this quarter: two presses from home (docs/presses.md)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from branches.models import OrganizationKind, Role
from meetings.models import Kind, Period, Requirement
from tests.browser.hand import SIZES, Hand
from tests.factories import make_activity, make_bureau, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("by_keyboard", [False, True], ids=["mouse", "keyboard"])
@pytest.mark.parametrize("size", SIZES)
def test_two_presses_lead_from_home_to_the_branches_without_a_lecture(
    page: Page, live_server: Any, log_in: Callable[..., None], size: str, by_keyboard: bool
) -> None:
    today = timezone.localdate()
    bureau, (first, second) = make_bureau()
    # The rule that the site is set up with; a test with transactions begins without it.
    Requirement.objects.update_or_create(
        kind=Kind.PARTY_LECTURE,
        organization_kind=OrganizationKind.BRANCH,
        period=Period.QUARTER,
        scope=None,
        effective_from=dt.date(2018, 10, 28),
        defaults={"source": "通行做法"},
    )
    make_activity(first, Kind.PARTY_LECTURE, held_on=today)
    make_user("administrator", role=Role.ADMINISTRATOR, organization=bureau)
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    log_in("administrator")

    hand = Hand(page, by_keyboard=by_keyboard)
    for name in ("完成情况", "党课"):
        link = page.get_by_role("link", name=name, exact=True).first
        if by_keyboard:
            keys = link.get_attribute("aria-keyshortcuts")
            assert keys
            hand.shortcut(keys, link)
        else:
            hand.click(link)
        page.wait_for_load_state("load")

    quarter = f"第{(today.month - 1) // 3 + 1}季度"
    page.get_by_role("columnheader", name=quarter).wait_for()
    column = page.locator("thead th").all_inner_texts().index(quarter)
    states = {
        row.locator("th").inner_text(): row.locator("td").nth(column - 1).inner_text().strip()
        for row in page.locator("tbody tr").all()
    }
    assert states == {first.label: "已完成", second.label: "待完成"}
    assert hand.presses == 2
