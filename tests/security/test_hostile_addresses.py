"""Awkward texts in addresses: whatever stands in a path or a query, no page breaks."""

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Organization, Role
from tests.factories import make_bureau, make_user
from tests.security.awkward import AWKWARD, ask
from tests.security.pages import executable_parts
from tests.security.permission_table import expected_answers
from tests.security.world import Ask, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Organization:
    _bureau, (branch,) = make_bureau(1)
    return branch


@pytest.fixture
def administrator(client: Client, branch: Organization) -> Client:
    top = Organization.objects.get(code="D00")
    client.force_login(make_user("adm", role=Role.ADMINISTRATOR, organization=top))
    return client


FILTERS = {
    "/activities/": ("q", "year", "kind", "status", "organization", "holiday", "sort", "page"),
    "/activities/new/": ("host",),
    "/activities/expected/": ("held_on", "kinds", "host", "joint", "activity", "shown", "state-1"),
    "/members/": ("q", "organization", "standing", "on", "sort", "page"),
    "/organizations/D01/": ("on",),
    "/figures/": ("organization", "year", "include"),
    "/organizations/D01/figures/2025/": ("include",),
    "/organizations/D01/figures/2025/themes.titles/": ("page", "frozen", "include"),
    "/reports/": ("year", "page"),
    "/login/": ("next",),
}
NUMBERS = ("0", "-1", "9" * 30, "２０２５", "٣", "1e9", "nan", "0x10", "²", "")


@pytest.mark.parametrize("address", FILTERS)
def test_no_field_of_an_address_breaks_a_page(
    administrator: Client, branch: Organization, address: str
) -> None:
    for name in FILTERS[address]:
        for text in (*AWKWARD.values(), *NUMBERS, "长" * 5_000):
            answer = ask(administrator, address, {name: text})
            assert answer.status_code in (200, 302, 404), (name, text)
            if answer.status_code == 200:
                assert executable_parts(answer.content.decode()) == [], (name, text)


# Every field that some address of the site reads. One that names a record ends the request by
# itself, so those go alone; the others go together.
NAMING = ("activity", "copy", "template", "kind", "typed", "host", "joint")
OTHERS = (
    *("q", "organization", "year", "month", "day", "status", "holiday", "sort", "page", "on"),
    *("standing", "include", "frozen", "held_on", "kinds", "shown", "attendance", "state"),
    *("before", "after", "older", "newer", "earlier", "later", "version", "state-1", "reason-1"),
)
NASTY = ("\x00", "9" * 30, "２０２５", "<script>alert(1)</script>")
PAGES = [
    row
    for (row, method), words in expected_answers().items()
    if method == "GET" and words["superuser"] in ("200", "302") and "report_download" not in row
]


@pytest.mark.parametrize("row", PAGES)
def test_no_page_of_the_table_is_broken_by_its_address(row: str) -> None:
    world = make_world()
    client, asked = world.client_of("superuser"), world.asks.get(row, Ask())
    address = reverse(row.split()[0], kwargs=asked.parts)
    for text in NASTY:
        for names in (OTHERS, *((name,) for name in NAMING)):
            answer = ask(client, address, dict(asked.query) | dict.fromkeys(names, text))
            assert answer.status_code < 500, (names, text)


@pytest.mark.parametrize(
    "address",
    [
        "/organizations/{}/",
        "/organizations/{}/figures/2025/",
        "/organizations/D01/figures/2025/{}/",
        "/organizations/D01/figures/{}/",
        "/organizations/D01/reports/{}/",
        "/organizations/D01/reports/2025/{}/",
        "/activities/{}/",
        "/members/{}/",
        "/{}/",
    ],
)
def test_an_address_that_means_nothing_is_not_found(
    administrator: Client, branch: Organization, address: str
) -> None:
    for part in ("%00", "a%00b", "%ED%A0%80", "%ff", "9" * 30, "-1", "..%2f..", "%3Cscript%3E"):
        answer = administrator.get(address.format(part))
        assert answer.status_code == 404, part
        assert executable_parts(answer.content.decode()) == []
