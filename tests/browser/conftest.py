"""Debian's Chromium, Chinese, with the project's own fonts; the site on a live server."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.browser.deployed import DeployedSite, collect_static

# Playwright runs an event loop in this thread; the tests' own queries are synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PASSWORD = "Passw0rd-of-a-test"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    fonts = Path(settings.BASE_DIR) / "static" / "fonts" / "fonts.conf"
    return {
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
        "env": {**os.environ, "FONTCONFIG_FILE": str(fonts)},
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN", "viewport": {"width": 1366, "height": 768}}


@pytest.fixture
def log_in(page: Any, live_server: Any) -> Any:
    """`log_in(username)`: as that user, whoever was logged in before."""

    def as_user(username: str, password: str = PASSWORD) -> None:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{live_server.url}/")

    return as_user


@pytest.fixture(scope="session")
def _collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("deployed")
    collect_static(folder)
    return folder


@pytest.fixture
def deployed(transactional_db: None, _collected: Path) -> Iterator[DeployedSite]:
    """The site as deployed, running; killed before the database is emptied."""
    site = DeployedSite(_collected)
    try:
        site.start()
        yield site
    finally:
        site.kill()
