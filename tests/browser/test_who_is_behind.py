"""Which branches have no Party lecture this quarter: two presses from home (docs/presses.md)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from branches.models import Role
from meetings.models import Kind
from tests.factories import make_activity, make_bureau, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1366, 360])
def test_two_presses_lead_from_home_to_the_branches_without_a_lecture(
    page: Page, live_server: Any, log_in: Callable[..., None], width: int
) -> None:
    today = timezone.localdate()
    bureau, (first, second) = make_bureau()
    make_activity(first, Kind.PARTY_LECTURE, held_on=today)
    make_user("administrator", role=Role.ADMINISTRATOR, organization=bureau)
    page.set_viewport_size({"width": width, "height": 740})
    log_in("administrator")

    page.get_by_role("link", name="完成情况").first.click()
    page.get_by_role("link", name="党课", exact=True).first.click()

    quarter = f"第{(today.month - 1) // 3 + 1}季度"
    headings = page.locator("thead th").all_inner_texts()
    column = headings.index(quarter)
    states = {
        row.locator("th").inner_text(): row.locator("td").nth(column - 1).inner_text().strip()
        for row in page.locator("tbody tr").all()
    }
    assert states == {first.label: "已完成", second.label: "待完成"}
