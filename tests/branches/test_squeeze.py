"""Pages leave compressed, files as they are."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from branches.squeeze import SqueezePagesMiddleware

GZIP = {"accept-encoding": "gzip"}


@pytest.mark.django_db
def test_a_page_leaves_compressed_for_a_browser_that_can_read_it(client: Client) -> None:
    plain = client.get(reverse("login"))
    squeezed = client.get(reverse("login"), headers=GZIP)
    assert not plain.has_header("Content-Encoding")
    assert squeezed["Content-Encoding"] == "gzip"
    assert len(squeezed.content) < len(plain.content) / 2
    assert b"<title>" in gzip.decompress(squeezed.content)


@pytest.mark.parametrize(
    ("content_type", "is_squeezed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("image/jpeg", False),
        ("application/pdf", False),
    ],
)
def test_only_text_of_pages_is_compressed(content_type: str, is_squeezed: bool) -> None:
    middleware = SqueezePagesMiddleware(
        lambda request: HttpResponse(b"x" * 5000, content_type=content_type)
    )
    answer = middleware(RequestFactory().get("/", headers=GZIP))
    assert answer.has_header("Content-Encoding") is is_squeezed
