"""Every page of the permission table in Chromium: accessible, quiet, at home, never too wide."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.looked_at import faults_of, watched
from tests.security.permission_table import expected_answers
from tests.security.world import Ask, World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def pages_of(world: World, person: str) -> dict[str, str]:
    """Row → address of all that the person may open; pieces and files among them."""
    addresses = {}
    for (row, method), words in expected_answers().items():
        if method == "GET" and words[person] == "200":
            asked = world.asks.get(row, Ask())
            address = reverse(row.split()[0], kwargs=asked.parts)
            query = urlencode(dict(asked.query), doseq=True)
            addresses[row] = f"{address}?{query}" if query else address
    return addresses


def is_page(page: Page, address: str) -> bool:
    """Whether a GET brings a whole page, neither a file nor a piece that htmx swaps in."""
    answer = page.request.get(address)
    is_file = "attachment" in answer.headers.get("content-disposition", "")
    is_html = answer.headers["content-type"].startswith("text/html")
    return is_html and not is_file and "<html" in answer.text()


@pytest.mark.parametrize(
    ("person", "least"),
    [("administrator", 18), ("secretary", 15), ("recorder", 15), ("inspector", 12), ("auditor", 1)],
)
def test_every_page_of_a_person_is_without_fault(
    page: Page, live_server: Any, log_in: Callable[..., None], person: str, least: int
) -> None:
    world = make_world()
    log_in(person)
    faults: dict[str, list[str]] = {}
    looked_at = 0
    for row, address in pages_of(world, person).items():
        if not is_page(page, live_server.url + address):
            continue
        with watched(page, live_server.url) as noted:
            page.goto(live_server.url + address)
            page.wait_for_load_state("load")
            found = [*faults_of(page), *noted]
        if found:
            faults[row] = found
        looked_at += 1
    assert faults == {}
    assert looked_at >= least


def test_the_login_page_is_without_fault(page: Page, live_server: Any) -> None:
    with watched(page, live_server.url) as noted:
        page.goto(f"{live_server.url}/login/")
        assert [*faults_of(page), *noted] == []


GOOD = "<main><h1>标题</h1><p>正文</p></main>"


@pytest.mark.parametrize(
    ("planted", "word"),
    [
        ("", ""),
        ("<main><div class=w>宽</div></main>", "at 320"),
        ("<main><img src='/login/'></main>", "axe"),
        ("<main><input></main>", "axe"),
        ("<main><script>document.title = '脚本'</script></main>", "console"),
        ("<main><p style='color: red'>红</p></main>", "console"),
        ("<img alt='' src='http://elsewhere.example/x.png'>", "outside"),
        ("<script src='/broken.js'></script>", "script"),
    ],
)
def test_each_look_finds_what_it_is_for(
    page: Page, live_server: Any, planted: str, word: str
) -> None:
    html = (
        "<!doctype html><html lang=zh-CN><title>页</title>"
        f"<link rel=stylesheet href=/wide.css>{planted or GOOD}</html>"
    )
    policy = {"Content-Security-Policy": "default-src 'self'; img-src *"}
    files = {
        "/planted/": ("text/html; charset=utf-8", html),
        "/wide.css": ("text/css", ".w { width: 900px }"),
        "/broken.js": ("text/javascript", "nothing.there();"),
    }
    for path, (kind, body) in files.items():
        page.route(
            live_server.url + path,
            lambda route, kind=kind, body=body: route.fulfill(
                body=body, content_type=kind, headers=policy
            ),
        )
    page.route("http://elsewhere.example/**", lambda route: route.abort())
    with watched(page, live_server.url) as noted:
        page.goto(f"{live_server.url}/planted/")
        found = [*faults_of(page), *noted]
    if word:
        assert any(word in one for one in found), found
    else:
        assert found == []
