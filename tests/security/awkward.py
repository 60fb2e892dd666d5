"""Texts that have broken something somewhere, and a browser's way to send them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

AWKWARD = {
    "formula": "=1+1",
    "formula with plus": "+1+1",
    "formula with minus": "-1+1",
    "formula with at": "@SUM(A1:A9)",
    "tab before a formula": "\t=1+1",
    "return before a formula": "\r=1+1",
    "full-width formula": "＝1+1",
    "nul": "会\x00议",
    "lone surrogates": "会\ud800议\udfff",
    "vertical tab and unit separator": "会\x0b议\x1f",
    "non-characters": "会\ufffe议\uffff\U0001fffe",
    "byte-order mark": "\ufeff会议",
    "right-to-left override": "会议\u202egnp.exe\u202c\u2066x\u2069",
    "characters of four bytes": "𠮷野家😀会议",
    "script": "<script>alert(1)</script>",
    "attribute": '" autofocus onfocus="alert(1)" x=\'',
    "picture": "<img src=x onerror=alert(1)>",
    "end of a text area": "</textarea></title><svg onload=alert(1)>",
    "entities": "&lt;b&gt; &amp; &#60;b&#62; &nbsp;",
    "comment and section marks": "<!-- --> ]]> <![CDATA[ <?xml ?>",
    "template variable": "{{ request.user.password }}",
    "template tag": "{% include 'base.html' %}{# x #}",
    "format strings": "%s %(name)s %d {0} %%",
    "address": "javascript:alert(1) file:///etc/passwd http://elsewhere.example/",
    "path": "../../../../etc/passwd",
    "quotes and backslashes": "\\' \\\" \\\\ ` $(id) ; DROP TABLE",
    "white space of every kind": " 会\u3000议\u00a0记\u2003录\u2028\u2029 ",
    "marks piled up": "会" + "\u0300" * 60 + "议",
}


def as_received(text: str) -> str:
    """The text after its way through a form: what is no UTF-8 became replacement characters."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def send(client: Client, url: str, fields: Mapping[str, Any]) -> HttpResponse:
    """POST as a browser sends a form, bytes that are no UTF-8 included."""
    return client.post(
        url,
        urlencode(dict(fields), doseq=True, errors="surrogatepass"),
        content_type="application/x-www-form-urlencoded",
    )


def ask(client: Client, url: str, fields: Mapping[str, Any]) -> HttpResponse:
    """GET with the fields in the address, bytes that are no UTF-8 included."""
    return client.get(f"{url}?{urlencode(dict(fields), doseq=True, errors='surrogatepass')}")
