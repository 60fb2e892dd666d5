"""No page of the Chinese site shows English: every page that a role can reach by links, the
answers to what people send, and the error pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import BaseCommand, get_commands, load_command_class
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.views.csrf import csrf_failure
from django.views.defaults import server_error

from branches.models import Role, User
from meetings.models import Activity, Kind, Status
from reports.figures import DEFINITIONS
from reports.models import AnnualReport
from tests.chinese_site import english_words, make_every_state
from tests.meetings.typed import make_typed, make_typed_edit
from tests.reports.small_year import YEAR

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a\s[^>]*href="(/[^"#]*|\?[^"#]*)"')
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}


@pytest.fixture
def users() -> dict[Role | None, User]:
    return make_every_state()


def client_of(user: User | None, language: dict[str, str] = CHINESE) -> Client:
    client = Client(headers=language)
    if user is not None:
        client.force_login(user)
    return client


def _shape(path: str, query: str) -> tuple[Any, ...] | None:
    """What makes a page another one to read; None for a file. Another year only changes the
    numbers; the records behind each figure have a test of their own."""
    match = resolve(path)
    if match.url_name in ("report_download", "handover_pdf"):
        return None
    arguments = {name: value for name, value in match.kwargs.items() if name != "year"}
    if match.url_name == "figure_records":
        arguments = {}
    return match.url_name, tuple(arguments.items()), tuple(re.findall(r"(\w+)=", query))


def crawl(client: Client, start: str = "/") -> dict[str, str]:
    """Address → HTML of every page reachable from the start, each shape of page once."""
    pages: dict[str, str] = {}
    seen = set()
    waiting = [start]
    while waiting:
        address = waiting.pop()
        path, _sign, query = address.partition("?")
        shape = _shape(path, query)
        if shape is None or shape in seen:
            continue
        seen.add(shape)
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            continue  # a workbook or a picture
        pages[address] = html = response.content.decode()
        found = [link.replace("&amp;", "&") for link in LINK.findall(html)]
        waiting += [path + link if link.startswith("?") else link for link in found]
    return pages


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role or "NOBODY")
def test_no_page_that_a_role_can_reach_shows_english(
    role: Role | None, users: dict[Role | None, User]
) -> None:
    pages = crawl(client_of(users[role]))
    found = {address: words for address, html in pages.items() if (words := english_words(html))}
    assert found == {}
    assert len(pages) >= {Role.AUDITOR: 1, None: 1}.get(role, 40)


def test_no_figure_and_no_list_of_the_records_behind_it_shows_english(
    users: dict[Role | None, User],
) -> None:
    client = client_of(users[Role.INSPECTOR])
    for key in DEFINITIONS:
        response = client.get(reverse("figure_records", args=["D00", YEAR, key]))
        assert response.status_code == 200
        assert english_words(response.content.decode()) == set(), key


def test_the_same_pages_show_english_to_those_who_want_it(users: dict[Role | None, User]) -> None:
    """Proves that the check sees the words of a page."""
    client = client_of(users[Role.INSPECTOR], {"Accept-Language": "en"})
    silent = [url for url, html in crawl(client).items() if len(english_words(html)) < 10]
    assert silent == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>保存 Save</p>",
        '<a aria-label="Save">保存</a>',
        '<input type="submit" value="Save">',
        '<option>Save</option><p lang="en">Cancel</p>',
        '<p data-refused="Save at once">保存</p><code>party_lecture.count</code>',
        "<template><label>Save</label></template><script>let a = 'none'</script>",
    ],
)
def test_a_planted_english_word_is_found(planted: str) -> None:
    assert "Save" in english_words(planted)
    assert not {"Cancel", "count", "none"} & english_words(planted)


# --- what people send -----------------------------------------------------------------------


def _form_of(client: Client, url: str) -> dict[str, str]:
    form = client.get(url).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in fields.items()}


def _login(client: Client) -> list[HttpResponse]:
    client.logout()
    url = reverse("login")
    wrong = {"username": "nobody", "password": "wrong"}
    return [client.get(url), client.post(url), client.post(url, wrong)]


def _refused_activity(client: Client) -> list[HttpResponse]:
    host = AnnualReport.objects.get(organization__code="D01").organization
    agenda = {"agenda-TOTAL_FORMS": 1, "agenda-0-votes_for": "-1", "agenda-0-decision": "同意"}
    faults: list[dict[str, Any]] = [
        {"held_on": "昨天", "start_time": "noon", "study_hours": "x", "host": 0, "kinds": ["X"]},
        {"held_on": "2999-01-01", "study_hours": "99.123", "title": "长" * 400, "version": "x"},
        {"held_on": "", "kinds": [], "title": "", "holiday": "X", "entry_key": "x"},
        {
            "start_time": "10:00",
            "end_time": "09:00",
            "materials": "长" * 2000,
            "guests": "长" * 2000,
        },
        {"state-1": "ABSENT", "attendance": "NOT_RECORDED", "action": "submit"},
        {"attendance": "RECORDED", "held_on": "1950-01-01"},
        {"agenda-TOTAL_FORMS": ""},
        agenda,
    ]
    url = reverse("activity_create")
    return [client.post(url, make_typed(host) | fault) for fault in faults]


def _conflict(client: Client) -> list[HttpResponse]:
    activity = Activity.objects.filter(status=Status.DRAFT).latest("pk")
    url = reverse("activity_edit", args=[activity.pk])
    return [client.post(url, make_typed_edit(activity, version=99, title="另一个"))]


def _steps(client: Client) -> list[HttpResponse]:
    url, host = reverse("activity_create"), AnnualReport.objects.first()
    assert host is not None
    typed = make_typed(host.organization, Kind.PARTY_LECTURE)
    answers = [client.post(url, typed, follow=True)]
    assert answers[0].redirect_chain
    activity = Activity.objects.latest("pk")
    for step, said in (
        ("submit", {}),
        ("submit", {"anyway": "1"}),
        ("submit", {"anyway": "1"}),
        ("return", {}),
        ("return", {"comment": "补写"}),
        ("submit", {"anyway": "1"}),
        ("accept", {"version": 1}),
        ("accept", {}),
        ("void", {}),
        ("void", {"reason": "重复"}),
        ("restore", {}),
    ):
        activity.refresh_from_db()
        sent = {"version": activity.version} | said
        answers.append(
            client.post(reverse(f"activity_{step}", args=[activity.pk]), sent, follow=True)
        )
    assert set(activity.revisions.values_list("action", flat=True)) >= {"SUBMITTED", "VOIDED"}
    return [*answers, client.get(reverse("activity_detail", args=[activity.pk]))]


def _lists(client: Client) -> list[HttpResponse]:
    faults = "?q=zzz", "?year=x&kind=X&status=X&organization=X&holiday=X&sort=X", "?year=1"
    lists = "activity_list", "member_list", "figure_index", "report_list"
    answers = [client.get(reverse(name) + fault, follow=True) for name in lists for fault in faults]
    answers += [client.get(reverse("member_list") + "?on=x&standing=X")]
    answers += [client.get(reverse("organization_detail", args=["D01"]) + "?on=1930-01-01")]
    grid = "?held_on=2025-09-09&kinds=GENERAL_MEETING&host="
    hosts = ["", *AnnualReport.objects.values_list("organization", flat=True)]
    return answers + [client.get(f"{reverse('activity_expected')}{grid}{host}") for host in hosts]


def _report(client: Client) -> list[HttpResponse]:
    url = reverse("report_detail", args=["D00", YEAR])
    form = _form_of(client, url)
    preview, plan = (
        reverse(name, args=["D00", YEAR]) for name in ("report_preview", "report_plan")
    )
    row = {"items-0-text": "学习", "items-0-target": "x", "items-0-organization": "0"}
    items = {"items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0} | row
    changed = form | {"body_study": "改动", "title": "改动", "organ": "改动"}
    return [
        client.post(url, form | {"title": "", "body_study": "{党课}{x}", "dated_on": "x"}),
        client.post(preview, form, headers={"HX-Request": "true"}),
        client.post(url, changed | {"version": "99"}),
        client.post(url, form | {"redraft": "study"}, follow=True),
        client.post(plan, items | {"version": "1"}),
        client.post(plan, items | {"version": "99", "items-0-target": "", "items-0-thread": "1"}),
        client.post(plan, {"version": "x"}),
        client.post(reverse("report_finalize", args=["D00", YEAR]), {"version": "99"}, follow=True),
        client.post(reverse("report_compose", args=["D00", YEAR]), follow=True),
        client.post(reverse("report_compose", args=["D01", YEAR]), {"force": "1"}, follow=True),
        client.post(reverse("report_compose", args=["D02", YEAR]), follow=True),
    ]


@pytest.mark.parametrize(
    "send",
    [_login, _refused_activity, _conflict, _steps, _lists, _report],
    ids=lambda it: it.__name__,
)
def test_no_answer_to_what_people_send_shows_english(
    send: Callable[[Client], list[HttpResponse]], users: dict[Role | None, User]
) -> None:
    answers = send(client_of(users[Role.ADMINISTRATOR]))
    found = [english_words(answer.content.decode()) for answer in answers]
    assert found == [set()] * len(answers)


def test_error_pages_speak_chinese(users: dict[Role | None, User]) -> None:
    client = client_of(users[Role.INSPECTOR])
    request = RequestFactory().get("/")
    request.user = users[Role.INSPECTOR]
    answers = {
        404: client.get("/no/such/page/"),
        403: client.post(reverse("report_compose", args=["D00", YEAR])),
        500: server_error(request),
    }
    assert {code: answer.status_code for code, answer in answers.items()} == {
        code: code for code in answers
    }
    for answer in [*answers.values(), csrf_failure(request)]:
        html = answer.content.decode()
        assert english_words(html) == set()
        assert re.search("[\u4e00-\u9fff]{4}", html)


# --- commands ---------------------------------------------------------------------------------

OURS = sorted(
    name for name, app in get_commands().items() if app in ("branches", "meetings", "reports")
)
NAMES = {"JSON", "html", "pdf", "docx", "xls"}


@pytest.mark.parametrize("name", OURS)
def test_a_command_explains_itself_in_chinese(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    of_django = {action.dest for action in BaseCommand().create_parser("manage.py", "")._actions}
    parser = command.create_parser("manage.py", name)
    said = [
        parser.description or "",
        *(a.help or "" for a in parser._actions if a.dest not in of_django),
    ]
    assert re.search("[\u4e00-\u9fff]{4}", said[0])
    assert english_words(" ".join(said)) - NAMES == set()
