"""Reading a page as a browser does: its forms, its addresses, and what differs between two."""

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

_TOKEN = re.compile(
    r'(name="csrfmiddlewaretoken" value=|name="csrf-token" content=|nonce=)"[^"]*"'
    r'|(name="entry_key" value=)"[^"]*"'
)
# Attributes with an address in them, and those that make htmx ask for one.
_ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset", "background")
_HTMX = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")
_SCRIPTED = re.compile(r"\s*(javascript|vbscript|data:text)", re.IGNORECASE)


def content_of(response: Any) -> bytes:
    """What was sent, whole; also of a file that is sent piece by piece."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def parsed(html: str) -> Any:
    """The page as a tree of elements (lxml)."""
    return lxml.html.document_fromstring(html)


def without_tokens(html: str) -> str:
    """The page without what is different at every request: CSRF token, nonce, key of a form."""
    return _TOKEN.sub(lambda found: f'{found[1] or found[2]}""', html)


def typed_form(html: str, *, containing: str = "version") -> dict[str, Any]:
    """Names and values of the page's first form with a field of that name, as sent untouched."""
    for form in parsed(html).forms:
        if containing in form.fields and "language" not in form.inputs:
            fields: dict[str, Any] = {}
            for name, value in form.form_values():
                fields.setdefault(name, []).append(value)
            fields.pop("csrfmiddlewaretoken", None)
            return {
                name: values if len(values) > 1 else values[0] for name, values in fields.items()
            }
    raise LookupError(containing)


def addresses(html: str) -> Iterator[str]:
    """Every address that the page names, whatever would be done with it."""
    for element in parsed(html).iter():
        if isinstance(element.tag, str):
            for name in (*_ADDRESSES, *_HTMX):
                if name in element.attrib:
                    yield element.attrib[name].strip()


def executable_parts(html: str, *, inline_style: bool = False) -> list[str]:
    """Everything in the page that would run without a file of ours behind it, or that the
    content policy would refuse: inline scripts, styles and handlers, script addresses, embedded
    documents. With `inline_style` a <style> element is no fault (a file that carries its own).
    """
    faults = []
    for element in parsed(html).iter():
        if not isinstance(element.tag, str):
            continue
        handlers = [name for name in element.attrib if name.startswith("on") or name == "style"]
        if handlers or _is_inline(element, inline_style=inline_style):
            faults.append(lxml.html.tostring(element, encoding="unicode", with_tail=False)[:200])
    return [*faults, *(one for one in addresses(html) if _SCRIPTED.match(one))]


def _is_inline(element: Any, *, inline_style: bool) -> bool:
    if element.tag == "script":
        return not element.get("src", "").startswith("/static/")
    if element.tag == "style":
        return not inline_style
    if element.tag == "meta":
        return element.get("http-equiv", "").lower() == "refresh"
    return element.tag in ("iframe", "object", "embed", "applet", "frame", "base")
