"""Every page of every person: the strict policy, nothing that would run against it, no address
outside."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from branches.models import Role
from reports.services import compose_report
from tests.factories import make_user
from tests.reports.small_year import YEAR, SmallYear, make_small_year
from tests.security.crawl import crawl
from tests.security.pages import addresses, executable_parts, parsed

pytestmark = pytest.mark.django_db

OURS = re.compile(r"(?:/(?!/)|\?|#|$|data:image/)")
NONCE = re.compile(r"'nonce-[\w+/=-]{16,}'")
POLICY = {
    "default-src": {"'self'"},
    "script-src": {"'self'", "nonce"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "object-src": {"'none'"},
    "base-uri": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'self'"},
}
OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def year() -> SmallYear:
    small = make_small_year()
    compose_report(small.bureau, year=YEAR)
    return small


def policy_of(response: HttpResponse) -> dict[str, set[str]]:
    """Directive → sources, a nonce as the word "nonce"."""
    directives = {}
    for directive in response["Content-Security-Policy"].split(";"):
        name, *sources = directive.split()
        directives[name] = {"nonce" if NONCE.fullmatch(one) else one for one in sources}
    return directives


def faults_of(response: HttpResponse) -> list[str]:
    """What is wrong with a page's headers and mark-up; [] when nothing is."""
    policy = policy_of(response)
    faults = [
        f"{name}: {policy.get(name)}"
        for name in POLICY.keys() | policy.keys()
        if not policy.get(name, {"missing"}) <= POLICY.get(name, set())
    ]
    faults += [name for name, value in OTHERS.items() if response.get(name) != value]
    if response["Content-Type"].startswith("text/html") and "attachment" not in response.get(
        "Content-Disposition", ""
    ):
        html = response.content.decode()
        faults += executable_parts(html)
        faults += [one for one in addresses(html) if not OURS.match(one)]
    return faults


def watched(client: Client, faults: dict[str, list[str]]) -> Client:
    """The client, which notes down what is wrong with each answer it gets."""
    original: Callable[..., HttpResponse] = client.get

    def get(address: str, *args: object, **more: object) -> HttpResponse:
        response = original(address, *args, **more)
        if (response.streaming or response.content) and (found := faults_of(response)):
            faults[address] = found
        return response

    client.get = get  # type: ignore[method-assign]
    return client


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.RECORDER, Role.AUDITOR])
def test_every_page_keeps_the_policy_and_names_no_address_outside(
    client: Client, year: SmallYear, role: Role
) -> None:
    organization = {Role.ADMINISTRATOR: year.bureau, Role.RECORDER: year.first}.get(role)
    client.force_login(make_user("one", role=role, organization=organization))
    faults: dict[str, list[str]] = {}
    found = crawl(watched(client, faults), year=YEAR, at_most=250)
    assert faults == {}
    assert len(found) > (250 if role == Role.ADMINISTRATOR else 2) - 1


@pytest.mark.parametrize("address", ["/login/", "/nowhere/"])
def test_pages_without_a_user_keep_the_policy(client: Client, address: str) -> None:
    assert faults_of(client.get(address)) == []


def test_the_file_of_a_report_carries_its_style_and_asks_for_nothing(
    client: Client, year: SmallYear
) -> None:
    client.force_login(make_user("one", role=Role.INSPECTOR, organization=year.bureau))
    file = client.get(f"/organizations/D00/reports/{YEAR}/html/")
    html = file.content.decode()
    assert file["Content-Disposition"].startswith("attachment")
    assert executable_parts(html, inline_style=True) == []
    assert list(addresses(html)) == []
    assert "url(" not in "".join(parsed(html).xpath("//style/text()")).replace("url(data:", "")


@pytest.mark.parametrize(
    ("mark_up", "count"),
    [
        ("<p onclick='x()'>", 1),
        ("<p style='color:red'>", 1),
        ("<script>x()</script>", 1),
        ("<script src='https://elsewhere.example/x.js'></script>", 2),
        ("<link rel=stylesheet href='//elsewhere.example/x.css'>", 1),
        ("<style>p{}</style>", 1),
        ("<a href='javascript:x()'>", 2),
        ("<img src='http://elsewhere.example/x.png'>", 1),
        ("<iframe src='/x'>", 1),
        ("<button formaction='https://elsewhere.example/'>", 1),
        ("<svg><use href='https://elsewhere.example/x.svg#a'></svg>", 1),
        ("<meta http-equiv=refresh content='0;url=//elsewhere.example'>", 1),
        ("<p>an ordinary page with <a href='/x/'>a link</a></p>", 0),
    ],
)
def test_the_check_finds_what_it_is_for(mark_up: str, count: int) -> None:
    response = HttpResponse(f"<html><body>{mark_up}</body></html>", headers=OTHERS)
    response["Content-Security-Policy"] = "; ".join(
        f"{name} {' '.join(sources - {'nonce'})}" for name, sources in POLICY.items()
    )
    assert len(faults_of(response)) == count


@pytest.mark.parametrize("source", ["'unsafe-inline'", "https://elsewhere.example", "*"])
def test_a_looser_policy_is_found(source: str) -> None:
    response = HttpResponse("<p>text</p>", headers=OTHERS)
    response["Content-Security-Policy"] = "; ".join(
        f"{name} {' '.join(sources - {'nonce'})}" for name, sources in POLICY.items()
    ).replace("script-src", f"script-src {source}")
    assert len(faults_of(response)) == 1
