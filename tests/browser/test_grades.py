"""The grades of an appraisal in the form: there with the kind, a row for each organization."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from branches.models import Organization, Role
from meetings.models import AppraisalResult
from tests.browser.looked_at import faults_of, watched
from tests.factories import make_bureau, make_user


@pytest.fixture
def branches(transactional_db: None) -> list[Organization]:
    bureau, branches = make_bureau(2)
    make_user("admin", role=Role.ADMINISTRATOR, organization=bureau)
    return branches


def test_grades_come_with_the_kind_and_partners_without_losing_what_was_typed(
    page: Page,
    live_server: Any,
    branches: list[Organization],
    log_in: Callable[..., None],
) -> None:
    log_in("admin")
    with watched(page, live_server.url) as noted:
        page.goto(f"{live_server.url}/activities/new/")
        first, second = branches
        appraisal = page.locator("input[name=kinds][value=DEMOCRATIC_APPRAISAL]")
        numbers = page.locator("#grades input[type=number][name$=-excellent]")
        with page.expect_response("**/activities/expected/**"):
            page.locator("[name=host]").select_option(str(first.pk))
        expect(numbers).to_have_count(1)
        expect(numbers.first).to_be_hidden()
        appraisal.check()
        expect(numbers.first).to_be_visible()
        appraisal.uncheck()
        expect(numbers.first).to_be_hidden()
        appraisal.check()
        numbers.first.fill("2")
        appraisal.uncheck()
        expect(numbers.first).to_be_visible()
        appraisal.check()

        page.locator("details:has([name=joint]) summary").click()
        partner = page.locator(f"[name=joint][value='{second.pk}']")
        partner.check()
        expect(numbers).to_have_count(2)
        expect(numbers.first).to_have_value("2")
        numbers.last.fill("1")
        partner.uncheck()
        expect(numbers).to_have_count(1)
        partner.check()
        expect(numbers).to_have_count(2)
        expect(numbers.last).to_have_value("1")
    # An answer that the next change overtakes is dropped, which htmx notes as an error.
    assert [line for line in noted if "htmx:" not in line] == []
    assert faults_of(page) == []

    page.fill("[name=title]", "民主评议")
    page.locator(".form-buttons button[value=save]").click()
    page.wait_for_url("**/activities/*/")
    assert list(
        AppraisalResult.objects.order_by("organization__path").values_list("excellent", flat=True)
    ) == [2, 1]
