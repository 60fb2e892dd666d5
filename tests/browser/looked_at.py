"""Looking at one page as people do: what is wrong with it, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

WIDTHS = (1366, 360, 320)
# Whatever sticks out to the right is named, so that it can be found.
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= window.innerWidth) return '';
  const out = [...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 80));
  return `${wide} wide: ${out.join(' | ')}`;
}"""


@contextmanager
def watched(page: Page, home: str) -> Iterator[list[str]]:
    """Errors of the console (refusals of the content policy among them), of scripts, and
    requests that leave `home`, as they happen."""
    noted: list[str] = []

    def note_line(line: ConsoleMessage) -> None:
        if line.type == "error":
            noted.append(f"console: {line.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            noted.append(f"outside: {request.url}")

    def note_error(error: object) -> None:
        noted.append(f"script: {error}")

    page.on("console", note_line)
    page.on("request", note_request)
    page.on("pageerror", note_error)
    try:
        yield noted
    finally:
        page.remove_listener("console", note_line)
        page.remove_listener("request", note_request)
        page.remove_listener("pageerror", note_error)


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page that is open: sideways scroll at any width, and whatever axe
    finds at the widest and the narrowest, where everything is there and folded."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        if wide := page.evaluate(TOO_WIDE):
            faults.append(f"at {width}: {wide}")
        if width in (WIDTHS[0], WIDTHS[-1]):
            found = Axe().run(page).response["violations"]
            faults += [
                f"axe at {width}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found
            ]
    page.set_viewport_size({"width": WIDTHS[0], "height": 768})
    return faults
