"""Following every link, every filter and every file that one person can reach."""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pypdfium2
from django.http import HttpResponse
from django.test import Client

from tests.security.pages import addresses, content_of, parsed, without_tokens

# Pages lead from year to year back to 1921; one year of them is every kind of page.
_YEAR = re.compile(r"/(?:figures|reports)/(\d{4})/|[?&]year=(\d{4})")


def crawl(
    client: Client, *, year: int, besides: Iterable[str] = (), at_most: int = 5_000
) -> dict[str, str]:
    """Address → text of every answer reachable by links from home, without tokens.

    `besides` are addresses that no link names: only a script or a redirect leads there.

    Links, buttons that lead somewhere, and GET forms: as they stand, with each choice of each
    list, and with a word to search for. Files are read as text.
    """
    found: dict[str, str] = {}
    waiting = deque(["/", *besides])
    while waiting and len(found) < at_most:
        address = waiting.popleft()
        if address in found:
            continue
        response = client.get(address)
        if 300 <= response.status_code < 400:
            found[address] = response["Location"]
            waiting.append(urljoin(address, response["Location"]))
            continue
        assert response.status_code in (200, 403, 405), (address, response.status_code)
        found[address] = text_of(response)
        if response["Content-Type"].startswith("text/html") and response.content.strip():
            waiting.extend(_leads(address, response.content.decode(), year))
    return found


def _leads(base: str, html: str, year: int) -> Iterator[str]:
    # From the bare page alone: choices upon choices would never end.
    searches = [] if urlsplit(base).query else _searches(base, html)
    for address in [*addresses(html), *searches]:
        url = urlsplit(urljoin(base, address))
        if url.netloc or url.path.startswith("/static/") or url.scheme not in ("", "http"):
            continue
        target = url.path + (f"?{url.query}" if url.query else "")
        years = [int(one or other) for one, other in _YEAR.findall(target)]
        if all(one == year for one in years):
            yield target


def _searches(base: str, html: str) -> Iterator[str]:
    """What the GET forms of a page ask for: as they stand and with one field changed."""
    for form in parsed(html).forms:
        if form.method != "GET":
            continue
        action = urljoin(base, form.action or urlsplit(base).path)
        values: dict[str, Any] = {name: value or "" for name, value in form.form_values()}
        yield f"{action}?{urlencode(values)}"
        for name in form.fields:
            field = form.inputs[name]
            options = getattr(field, "value_options", ["a"] if field.get("type") == "text" else [])
            for option in options:
                yield f"{action}?{urlencode(values | {name: option})}"


def text_of(response: HttpResponse) -> str:
    """The answer as text: a page without tokens, a PDF's or a Word file's words, a picture's bytes
    as far as they are text."""
    content = content_of(response)
    if content.startswith(b"%PDF") and len(content) > 100:
        book = pypdfium2.PdfDocument(content)
        pages = [page.get_textpage().get_text_range() for page in book]
        return "\n".join([*pages, str(book.get_metadata_dict())])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    if response["Content-Type"].startswith("image/"):
        return content.decode(errors="replace")
    return without_tokens(content.decode())
