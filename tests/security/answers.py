"""Asking for one row of the permission table as each person, in a word an answer."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from branches.models import AuditEntry, AuditHead
from tests.security.pages import content_of, without_tokens
from tests.security.world import PEOPLE, Ask, World

LOGIN = "in"  # redirected to the login page
NOWHERE = {"code": "D99", "pk": 9_876_543}  # names no record of any bureau
# Written along with a request, whatever it asks for: the session and the audit log, of which
# `test_audit` has tests of its own.
_ALONGSIDE = {"branches_session", "branches_auditentry", "branches_audithead"}
_WRITE = re.compile(r'^(INSERT|UPDATE|DELETE)\b.*?"(\w+)"')


def url_names(urlconf: Any) -> list[str]:
    """The name of every address of a URLconf; one without a name shows as its pattern."""

    def walk(patterns: list[Any]) -> Iterator[str]:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns)
            elif isinstance(entry, URLPattern):
                yield entry.name or f"unnamed: {entry.pattern}"

    return list(walk(get_resolver(urlconf).url_patterns))


@dataclass(frozen=True)
class Answer:
    """What came back, the tables that were written to on the way, and what the log says of it."""

    word: str
    text: str
    headers: dict[str, str]
    written: tuple[str, ...]
    entries: tuple[AuditEntry, ...] = field(default=(), compare=False)

    @property
    def is_refusal(self) -> bool:
        return self.word in (LOGIN, "403", "404", "405")


def ask(
    world: World,
    person: str,
    row: str,
    parts: Mapping[str, Any],
    body: Mapping[str, Any] | None,
) -> Answer:
    """The answer to the row's request by the person: a POST of the body, or else a GET.

    Nothing of it stays in the database.
    """
    url = reverse(row.split()[0], kwargs=parts)
    client = world.client_of(person)
    last = AuditHead.objects.values_list("number", flat=True).first() or 0
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        if body is None:
            response = client.get(url, world.asks.get(row, Ask()).query)
        else:
            response = client.post(url, body)
        entries = tuple(AuditEntry.objects.filter(number__gt=last).order_by("number"))
        transaction.set_rollback(True)
    written = {
        found[2] for query in queries.captured_queries if (found := _WRITE.match(query["sql"]))
    }
    return Answer(
        _word(response),
        # The page of an error may repeat the address that was asked for, and nothing else.
        without_tokens(content_of(response).decode(errors="replace")).replace(url, "ADDRESS"),
        {
            name: value
            for name, value in response.headers.items()
            if name not in ("Content-Length", "Content-Security-Policy", "Location")
        },
        tuple(sorted(written - _ALONGSIDE)),
        entries,
    )


def _word(response: HttpResponse) -> str:
    is_login = response.status_code == 302 and response["Location"].startswith("/login/?next=")
    return LOGIN if is_login else str(response.status_code)


def answers_to(
    world: World, row: str, method: str, *, people: Iterable[str] = PEOPLE, of_nothing: bool = False
) -> dict[str, Answer]:
    """The answer of the row for each of the people; with `of_nothing` to the same request about
    a record that does not exist."""
    parts = dict(world.asks.get(row, Ask()).parts)
    if of_nothing:
        parts |= {name: value for name, value in NOWHERE.items() if name in parts}
    body = world.body_of(row) if method == "POST" else None
    return {person: ask(world, person, row, parts, body) for person in people}
