"""Every request that could change something is exactly one entry: who, when, from where, what."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from branches.acts import ACTS
from branches.audit_chain import faults_of_chain
from branches.audit_reading import changes_of
from branches.audit_requests import GIVEN_OUT, NO_ACT
from branches.models import AuditEntry, Outcome
from tests.factories import make_user
from tests.meetings.attachments.files import make_image
from tests.security.answers import LOGIN, Answer, answers_to, ask, url_names
from tests.security.permission_table import expected_answers
from tests.security.world import Ask, World, make_world

pytestmark = pytest.mark.django_db

EXPECTED = expected_answers()
ROWS = list(dict.fromkeys(row for row, _method in EXPECTED))
# Every sort of answer there is: may, may elsewhere, may read, may not, is not known.
PEOPLE = ("anonymous", "inactive", "recorder", "secretary", "secretary2", "inspector", "superuser")
# Acts after which nothing stands in another way than before: the session, and what is shown or
# given out by a POST.
NOTHING_CHANGES = {"login", "logout"}
SHOWN_BY_POST = {"sensitive_export", "sensitive_reveal"}
SESSIONS_ONLY = {"logout", "device_end", "device_end_others"}


@pytest.fixture
def world() -> World:
    return make_world()


def outcome_of(row: str, answer: Answer) -> Outcome:
    """What has to stand in the log, by what came back and what was written."""
    if answer.word in (LOGIN, "403", "404"):
        return Outcome.DENIED
    if row in SHOWN_BY_POST and answer.word == "200":
        return Outcome.DONE
    return Outcome.DONE if answer.written else Outcome.REFUSED


@pytest.mark.parametrize("row", ROWS)
def test_every_post_is_one_entry_that_tells_who_when_from_where_and_what(
    world: World, row: str
) -> None:
    name = row.split()[0]
    path = reverse(name, kwargs=world.asks.get(row, Ask()).parts)
    for person, answer in answers_to(world, row, "POST", people=PEOPLE).items():
        if name in NO_ACT and answer.word not in ("403", "404"):
            assert answer.entries == (), person
            continue
        assert len(answer.entries) == 1, (person, [one.act for one in answer.entries])
        (entry,) = answer.entries
        who = None if person in ("anonymous", "inactive") else world.users[person]
        assert (entry.user, entry.actor) == (who, who.username if who else ""), person
        assert (entry.method, entry.path, entry.address) == ("POST", path, "127.0.0.1")
        assert timezone.now() - entry.at < dt.timedelta(minutes=1)
        if name in SESSIONS_ONLY and answer.word == "302":
            assert entry.outcome == Outcome.DONE
            continue
        if name in SESSIONS_ONLY:
            assert entry.outcome == Outcome.DENIED
        elif name == "login":
            assert entry.outcome == (Outcome.REFUSED if who else Outcome.DENIED)
        else:
            assert entry.outcome == outcome_of(row, answer), person
        if entry.outcome == Outcome.DONE and entry.act not in NOTHING_CHANGES:
            assert entry.changed, person
            assert entry.subject or entry.changed, person


@pytest.mark.parametrize("row", ROWS)
def test_a_read_is_an_entry_only_where_something_leaves_the_site(world: World, row: str) -> None:
    given_out = row.split()[0] in GIVEN_OUT
    for person, answer in answers_to(world, row, "GET", people=PEOPLE).items():
        expected = []
        if given_out and answer.word != LOGIN:
            expected = [Outcome.DONE if answer.word == "200" else Outcome.DENIED]
        assert [entry.outcome for entry in answer.entries] == expected, person


def test_every_address_that_takes_a_post_has_an_act_with_a_name() -> None:
    takes_post = {
        row.split()[0]
        for (row, method), words in EXPECTED.items()
        if method == "POST" and words["superuser"] != "405"
    }
    unnamed = {name for name in takes_post - NO_ACT.keys() if name.replace("_", ".", 1) not in ACTS}
    assert unnamed == set()


def test_exceptions_name_addresses_that_there_are() -> None:
    assert {*NO_ACT, *GIVEN_OUT} <= set(url_names("config.urls"))


# --- login ---------------------------------------------------------------------------------


def written() -> list[tuple[str, str, str]]:
    return [(one.act, one.outcome, one.actor) for one in AuditEntry.objects.order_by("number")]


def test_login_failed_login_and_logout_are_entries(client: Client) -> None:
    user = make_user("someone", name="张某")
    client.post("/login/", {"username": "someone", "password": "wrong"})
    client.post("/login/", {"username": "someone", "password": "Passw0rd-of-a-test"})
    client.post("/logout/")
    assert written() == [
        ("login", Outcome.DENIED, ""),
        ("login", Outcome.DONE, "张某（someone）"),
        ("logout", Outcome.DONE, "张某（someone）"),
    ]
    assert AuditEntry.objects.get(number=1).subject == f"user:{user.pk}"


def test_a_password_typed_as_a_user_name_is_not_kept(client: Client) -> None:
    client.post("/login/", {"username": "My-Secret-77", "password": "Other-Secret-88"})
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.outcome, entry.subject) == ("login", Outcome.DENIED, "")
    assert "Secret" not in str(AuditEntry.objects.values().get())


def test_a_forged_form_is_an_entry() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("someone"))
    assert client.post("/activities/new/", {}).status_code == 403
    assert written() == [("activity.create", Outcome.DENIED, "someone")]


def test_what_is_no_page_of_the_site_is_no_entry(client: Client) -> None:
    assert client.post("/wp-login.php", {"log": "x"}).status_code == 404
    assert written() == []


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "10.9.9.9", "127.0.0.1"),
        (1, "10.9.9.9", "10.9.9.9"),
        (1, "1.2.3.4, 10.9.9.9", "10.9.9.9"),
        (2, "1.2.3.4, 10.9.9.9, 10.0.0.1", "10.9.9.9"),
        (1, "<script>", ""),
        (1, "", ""),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_believed_only_from_ones_own_proxy(
    client: Client, settings: Any, proxies: int, told: str, address: str
) -> None:
    settings.PROXY_COUNT = proxies
    client.post("/logout/", headers={"X-Forwarded-For": told})
    assert AuditEntry.objects.get().address == address


def test_a_hostile_path_is_kept_as_a_short_clean_line(client: Client) -> None:
    client.force_login(make_user())
    for path in ("/organizations/\x00\x0b\u202e/", f"/organizations/{'x' * 5_000}/"):
        client.post(path)
    paths = AuditEntry.objects.order_by("number").values_list("path", flat=True)
    assert [len(path) for path in paths] == [16, 300]
    assert list(faults_of_chain()) == []


# --- nothing personal beyond need ----------------------------------------------------------

CANARY = "kivqex"
WORDS = [
    "title", "place", "chair", "recorder", "lecturer", "form", "materials", "minutes", "decision",
    "highlight", "agenda-0-topic", "agenda-0-discussion", "guests", "comment", "on_minutes",
    "reason", "problem", "measure", "owner", "done_note", "kept_as", "organ", "pasted_names",
    "username", "password",
]  # fmt: skip


def with_canaries(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body with the word in everything that somebody writes."""
    said = {
        name: CANARY for name in body if name in WORDS or name.startswith(("body_", "heading_"))
    }
    if "file" in body:
        said["file"] = SimpleUploadedFile(f"{CANARY}.jpg", make_image())
    if "items-TOTAL_FORMS" in body:
        said |= {"items-0-thread": 1, "items-0-text": CANARY, "items-0-owner": CANARY}
    if "held_on" in body:
        said |= {name: CANARY for name in WORDS}
    return {**body, **said}


def test_no_word_that_somebody_wrote_stands_in_the_log(world: World) -> None:
    told: list[AuditEntry] = []
    rows = set()
    for row in ROWS:
        parts = world.asks.get(row, Ask()).parts
        body = with_canaries(world.body_of(row))
        answer = ask(world, "superuser", row, parts, body)
        told += answer.entries
        if CANARY in str(body) and answer.written:
            rows.add(row)
    make_user("known")
    for username in ("known", CANARY):
        Client().post("/login/", {"username": username, "password": CANARY})
    assert {
        "activity_create",
        "activity_edit",
        "activity_void",
        "activity_return",
        "attachment_upload",
        "exemption_create",
        "member_not_expected",
        "rectification_create",
        "rectification_close",
        "report_detail",
        "report_plan",
    } <= rows
    told += AuditEntry.objects.all()
    # Who got an account is what the entry is about: its name is no word about anybody.
    told = [one for one in told if one.act != "user.create"]
    assert [one.act for one in told if CANARY in str(vars(one))] == []


# --- told in words -------------------------------------------------------------------------


def test_every_change_is_told_in_words(world: World) -> None:
    """No name of a column, no code, no key of a row, no moment of UTC on the auditor's page."""
    raw = []
    with translation.override("zh-hans"):
        for row in ROWS:
            if row.startswith("report_"):  # a section goes by its key, which the upper app names
                continue
            parts = world.asks.get(row, Ask()).parts
            for entry in ask(world, "superuser", row, parts, world.body_of(row)).entries:
                for change in changes_of(entry):
                    if re.search("[A-Za-z_]{3}", change.name):
                        raw.append((row, change.name))
                    for value in (change.before, change.after):
                        if re.search(r"^[a-z]+:[0-9]+|[0-9]T[0-9]|^[A-Z_]{4,}$", value):
                            raw.append((row, change.name, value))
    assert not raw, "\n".join(str(one) for one in raw)
