"""The site as it is deployed, in Chromium: what a page weighs over the wire, and when its largest
part shows on a processor six times slower. The database is the one that is open."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import CDPSession, Page, sync_playwright

from branches.models import User
from tests.bench.rounds import row
from tests.browser.deployed import DeployedSite, collect_static

KB = 1024
FIRST, AGAIN, SCRIPTS = 150, 30, 60  # KB
LARGEST_SHOWS, SLOWER = 1.5, 6  # seconds, times
TRIES = 5  # the best counts: whatever else the machine does makes a page late, never early
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LARGEST = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => resolve(-1), 3000);
})"""


def run(folder: Path, pages: dict[str, tuple[str, str, float]]) -> None:
    """Each page (address, user) visited with an empty cache, again, and slowed down."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in this thread
    collect_static(folder)
    site = DeployedSite(folder)
    keys = {user: _session_of(user) for user in {user for _address, user, _ratio in pages.values()}}
    site.start()
    fonts = Path(settings.BASE_DIR) / "static" / "fonts" / "fonts.conf"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                args=list(ARGUMENTS),
                env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            )
            for name, (address, user, _ratio) in pages.items():
                context = chromium.new_context(
                    locale="zh-CN", viewport={"width": 1366, "height": 768}
                )
                context.add_cookies(
                    [
                        {
                            "name": settings.SESSION_COOKIE_NAME,
                            "value": keys[user],
                            "url": site.url,
                        }
                    ]
                )
                _look(context.new_page(), name, site.url + address)
                context.close()
            chromium.close()
    finally:
        site.kill()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _session_of(username: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _look(page: Page, name: str, address: str) -> None:
    wire = page.context.new_cdp_session(page)
    brought = _weighing(wire)
    first, again = _visit(page, address, brought), _visit(page, address, brought)
    row(f"{name}: first visit", first["all"] / KB, FIRST, unit="KB")
    row(f"{name}: again", again["all"] / KB, AGAIN, unit="KB")
    row(f"{name}: scripts", first["Script"] / KB, SCRIPTS, unit="KB")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    shown = []
    for _ in range(TRIES):
        page.goto(address, wait_until="load")
        shown.append(page.evaluate(LARGEST) / 1000)
    row(f"{name}: largest part shows", min(shown), LARGEST_SHOWS, unit="s")


def _weighing(wire: CDPSession) -> Counter[str]:
    """Bytes over the wire, headers included, by type and in all; counts on as pages load."""
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
    return brought


def _visit(page: Page, address: str, brought: Counter[str]) -> Counter[str]:
    brought.clear()
    page.goto(address, wait_until="networkidle")
    return Counter(brought)
