"""No page for the wrong person: the whole table, and that nothing stays outside it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path, reverse

from branches.models import Organization
from config.urls import urlpatterns as site_urlpatterns
from reports.exporters import FORMATS
from tests.security.answers import answers_to, url_names
from tests.security.pages import without_tokens
from tests.security.permission_table import expected_answers
from tests.security.world import World, make_world

pytestmark = pytest.mark.django_db

EXPECTED = expected_answers()
ROWS = list(dict.fromkeys(row for row, _method in EXPECTED))
NO_CODE, NO_KEY = "D99", 9_876_543


@pytest.fixture
def world() -> World:
    return make_world()


# --- nothing stays outside the table ------------------------------------------------------


def differences_of(names: list[str]) -> set[str]:
    """Addresses without a row, and rows without an address."""
    return set(names) ^ {row.split()[0] for row in ROWS}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert differences_of(url_names("config.urls")) == set()


def test_every_address_has_a_name_of_its_own() -> None:
    names = url_names("config.urls")
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert not [name for name in names if name.startswith("unnamed")]


def test_every_row_is_asked_for_by_get_and_by_post() -> None:
    assert set(EXPECTED) == {(row, method) for row in ROWS for method in ("GET", "POST")}


def test_every_format_of_a_report_has_a_row() -> None:
    formats = {row.split()[1] for row in ROWS if row.startswith("report_download ")}
    assert formats == set(FORMATS)


# --- the table ----------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS)
def test_each_person_gets_the_answer_of_the_table(world: World, row: str) -> None:
    for method in ("GET", "POST"):
        answers = answers_to(world, row, method)
        words = {person: answer.word for person, answer in answers.items()}
        assert words == EXPECTED[row, method], method

        assert [p for p, answer in answers.items() if answer.is_refusal and answer.written] == []
        if method == "GET":
            assert [p for p, answer in answers.items() if answer.written] == []

        strangers = [person for person, answer in answers.items() if answer.word == "404"]
        nothing = answers_to(world, row, method, people=strangers, of_nothing=True)
        assert {person: answers[person] for person in strangers} == nothing


def test_what_the_table_lets_through_does_its_work(world: World) -> None:
    """The bodies of the POST rows are good ones: a 302 is a deed, not a detour."""
    idle = set()
    for (row, method), words in EXPECTED.items():
        if method == "POST" and words["administrator"] == "302":
            answer = answers_to(world, row, method, people=("administrator",))["administrator"]
            if not answer.written:
                idle.add(row)
    assert idle == {
        "login",
        "logout",
        "set_language",
        "device_end",
        "device_end_others",
    }  # which write to the session alone


# --- addresses and forms that name another's record ---------------------------------------

# (person, row, where, field): the person may use the page, but not see the branch D01 (for
# `secretary`: D02), whose code or key stands in the field.
NAMED = [
    ("secretary2", "activity_list", "query", "organization"),
    ("secretary2", "activity_calendar", "query", "organization"),
    ("secretary2", "member_list", "query", "organization"),
    ("secretary2", "rectification_list", "query", "organization"),
    ("secretary2", "rectification_create joint", "body", "organization"),
    ("secretary2", "figure_index", "query", "organization"),
    ("secretary2", "activity_create", "query", "host"),
    ("secretary2", "activity_create", "body", "host"),
    ("secretary2", "activity_expected", "query", "host"),
    ("administrator2", "activity_create", "body", "joint"),
    ("administrator2", "activity_expected", "query", "joint"),
    ("secretary2", "report_plan", "body", "items-0-organization"),
]
BY_CODE = (
    "activity_list",
    "activity_calendar",
    "rectification_list",
    "member_list",
    "figure_index",
)


@pytest.mark.parametrize(("person", "row", "where", "field"), NAMED)
def test_naming_a_record_of_others_is_like_naming_none(
    world: World, person: str, row: str, where: str, field: str
) -> None:
    client = world.client_of(person)
    own = Organization.objects.get(code="E01" if person == "administrator2" else "D02")
    asked = world.asks.get(row)
    given = dict(world.body_of(row) if where == "body" else asked.query if asked else {})
    parts = dict(asked.parts) if asked else {}
    if "host" in given:
        given["host"] = own.code if where == "query" and row == "activity_create" else own.pk
    if "code" in parts:  # the plan of the person's own branch, which names another one
        parts["code"] = own.code
        given |= {"items-0-text": "开展学习", "version": 1}

    def answer(value: Any) -> tuple[int, str]:
        url = reverse(row.split()[0], kwargs=parts)
        fields = given | {field: value}
        response = client.post(url, fields) if where == "body" else client.get(url, fields)
        text = without_tokens(response.content.decode())
        return response.status_code, text.replace(str(value), "VALUE")

    by_code = row in BY_CODE or (row == "activity_create" and where == "query")
    theirs, nothing = (world.branch.code, NO_CODE) if by_code else (world.branch.pk, NO_KEY)
    assert answer(theirs) == answer(nothing)


# --- the check finds what it should -------------------------------------------------------


def careless(request: HttpRequest, code: str) -> HttpResponse:
    """A page that forgot to ask who is there."""
    return HttpResponse(Organization.objects.get(code=code).name)


planted = [
    path("organizations/<str:code>/", careless, name="organization_detail"),
    path("planted/", careless, name="planted"),
    path("without-name/", careless),
]


class PlantedUrls:
    """A URLconf in which the first page shadows one of the site."""

    urlpatterns = [*planted, *site_urlpatterns]


@pytest.fixture
def planted_urls() -> Iterator[type[PlantedUrls]]:
    with override_settings(ROOT_URLCONF=PlantedUrls):
        yield PlantedUrls


def test_an_address_without_a_row_is_found() -> None:
    assert differences_of(url_names(PlantedUrls)) == {"planted", "unnamed: without-name/"}


def test_a_page_that_forgot_to_ask_is_found(world: World, planted_urls: Any) -> None:
    answers = answers_to(world, "organization_detail", "GET")
    words = {person: answer.word for person, answer in answers.items()}
    expected = EXPECTED["organization_detail", "GET"]
    assert {person for person in words if words[person] != expected[person]} == {
        "recorder2",
        "secretary2",
        "administrator2",
        "auditor",
        "unappointed",
        "ended",
    }
