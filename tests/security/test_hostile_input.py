"""Awkward texts through every field: stored clean, shown as text, printed without a crash."""

import io
import re
import unicodedata
from typing import Any

import docx
import pypdfium2
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from branches.clean import clean_line, clean_text
from branches.models import Member, Organization, Role
from meetings.models import Activity, Kind, Status
from reports.models import AnnualReport
from reports.services import compose_report
from tests.factories import make_activity, make_bureau, make_member, make_user
from tests.meetings.typed import make_typed
from tests.security.awkward import AWKWARD, as_received, send
from tests.security.pages import executable_parts, parsed, typed_form

pytestmark = pytest.mark.django_db

YEAR = 2025
NEW = "/activities/new/"
LINES = ("title", "place", "chair", "recorder", "lecturer", "form", "highlight")
TEXTS = ("minutes", "decision")
EACH = pytest.mark.parametrize("text", AWKWARD.values(), ids=list(AWKWARD))


@pytest.fixture
def branch() -> Organization:
    _bureau, (branch,) = make_bureau(1)
    return branch


@pytest.fixture
def member(branch: Organization) -> Member:
    return make_member("甲一", branch)


@pytest.fixture
def administrator(client: Client, branch: Organization) -> Client:
    top = Organization.objects.get(code="D00")
    client.force_login(make_user("adm", role=Role.ADMINISTRATOR, organization=top))
    return client


def words_of(page: HttpResponse) -> str:
    """What the page shows, fields included, without white space; and that it runs nothing."""
    html = page.content.decode()
    assert executable_parts(html) == []
    tree = parsed(html)
    values = [*tree.xpath("//input/@value"), *tree.xpath("//textarea/text()")]
    return bare(" ".join([tree.text_content(), *values]))


def bare(text: str) -> str:
    """The text without white space, which pages, PDF and Word lay out as they need."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


# --- the form of an activity --------------------------------------------------------------


def hostile_form(branch: Organization, member: Member, text: str) -> dict[str, Any]:
    fields = dict.fromkeys((*LINES, *TEXTS), text)
    agenda = {f"agenda-0-{name}": text for name in ("topic", "reporter", "discussion", "decision")}
    return make_typed(
        branch,
        Kind.THEMED_PARTY_DAY,
        Kind.PARTY_LECTURE,
        attendance="RECORDED",
        shown=str(member.pk),
        guests=f"甲一（{text}）".replace("\r", " "),  # a line of its own would be a person more
        materials=text,
        **fields,
        **agenda,
        **{
            f"state-{member.pk}": "ON_LEAVE",
            f"reason-{member.pk}": text,
            "agenda-TOTAL_FORMS": 1,
        },
    )


@EACH
def test_an_activity_is_stored_clean_and_shown_as_text(
    administrator: Client, branch: Organization, member: Member, text: str
) -> None:
    answer = send(administrator, NEW, hostile_form(branch, member, text))
    assert answer.status_code == 302
    activity = Activity.objects.get()
    line, whole = clean_line(as_received(text)), clean_text(as_received(text))
    item, attendance = activity.agenda_items.get(), activity.attendances.get()
    assert {getattr(activity, name) for name in LINES} == {line}
    assert {activity.minutes, activity.decision, item.discussion, item.decision} == {whole}
    assert {item.topic, item.reporter, attendance.reason} == {line}
    assert activity.study_materials.get().title == line
    assert activity.guests.get().unit == line

    detail = reverse("activity_detail", args=[activity.pk])
    edit = reverse("activity_edit", args=[activity.pk])
    member_page = reverse("member_detail", args=[member.pk])
    pages = [detail, edit, "/activities/", "/", f"{member_page}?year={YEAR}"]
    for page in pages:
        assert bare(line) in words_of(administrator.get(page)), page

    # The form keeps what was typed, and the page of two texts shows both.
    refused = send(administrator, NEW, hostile_form(branch, member, text) | {"held_on": ""})
    assert refused.status_code == 200
    assert bare(line) in words_of(refused)
    stale = hostile_form(branch, member, f"{text}其二") | {"version": 9, "entry_key": ""}
    conflict = send(administrator, edit, stale)
    assert conflict.status_code == 409
    assert bare(clean_line(as_received(f"{text}其二"))) in words_of(conflict)


@EACH
def test_the_steps_of_review_take_any_words(
    administrator: Client, branch: Organization, text: str
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    clean = clean_text(as_received(text))
    for step, field, version in (("return", "comment", 1), ("void", "reason", 2)):
        url = reverse(f"activity_{step}", args=[activity.pk])
        answer = send(administrator, url, {"version": version, field: text})
        assert answer.status_code == 302
        assert bare(clean) in words_of(administrator.get(answer["Location"]))


def test_a_text_too_long_for_its_column_is_told_and_kept_in_the_form(
    administrator: Client, branch: Organization, member: Member
) -> None:
    answer = send(administrator, NEW, hostile_form(branch, member, "很长" * 2_000))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {*LINES, "guests", "materials"}
    assert "很长" * 2_000 in words_of(answer)
    assert not Activity.objects.exists()


def test_minutes_as_long_as_a_speech_are_stored_whole(
    administrator: Client, branch: Organization
) -> None:
    typed = make_typed(branch, minutes="很长" * 50_000)
    assert send(administrator, NEW, typed).status_code == 302
    assert Activity.objects.get().minutes == "很长" * 50_000


# --- the report ---------------------------------------------------------------------------


def files_of(client: Client, address: str) -> dict[str, str]:
    """The words of the report's three files, without white space."""
    html = client.get(f"{address}html/").content.decode()
    assert executable_parts(html, inline_style=True) == []
    book = pypdfium2.PdfDocument(client.get(f"{address}pdf/").content)
    word = docx.Document(io.BytesIO(client.get(f"{address}docx/").content))
    return {
        "html": bare(parsed(html).text_content()),
        "pdf": bare("".join(page.get_textpage().get_text_range() for page in book)),
        "docx": bare("".join(paragraph.text for paragraph in word.paragraphs)),
    }


def printed_in_pdf(text: str) -> bool:
    """Whether the bundled faces draw every character, and each as itself."""
    return all(0x20 <= ord(sign) < 0x7F or "\u4e00" <= sign <= "\u9fff" for sign in bare(text))


@EACH
def test_what_the_records_say_is_printed_as_text(
    administrator: Client, branch: Organization, member: Member, text: str
) -> None:
    """Titles, materials, forms and highlights get into the report by themselves."""
    send(administrator, NEW, hostile_form(branch, member, text))
    Activity.objects.update(status=Status.ACCEPTED)
    report = compose_report(branch, year=YEAR)
    address = reverse("report_detail", args=[branch.code, YEAR])
    line = bare(clean_line(as_received(text)))
    assert line in words_of(administrator.get(address))
    for key in ("themes.titles", "materials.titles", "highlights.study"):
        page = administrator.get(reverse("figure_records", args=[branch.code, YEAR, key]))
        assert line in words_of(page), key
    for file_format, words in files_of(administrator, address).items():
        if file_format != "pdf" or printed_in_pdf(line):
            assert line in words, file_format
    assert report.version == 1


@EACH
def test_what_is_typed_into_a_report_is_printed_as_text(
    administrator: Client, branch: Organization, text: str
) -> None:
    compose_report(branch, year=YEAR)
    address = reverse("report_detail", args=[branch.code, YEAR])
    shown = typed_form(administrator.get(address).content.decode())
    # A name in braces stands for a figure; there is none of these names.
    is_token = bool(re.search(r"\{[^{}]*\}", text))
    typed = {name: text for name in shown if name.startswith(("heading_", "body_"))}
    preview = send(administrator, f"{address}preview/", shown | typed)
    assert preview.status_code == 200
    line, whole = clean_line(as_received(text)), clean_text(as_received(text))
    assert bare(whole) in words_of(preview)
    answer = send(administrator, address, shown | typed | {"title": text, "organ": text})
    if is_token:
        assert answer.status_code == 422
        assert bare(whole) in words_of(answer)
        text = "".join(re.split(r"[{}]", text))
        line, whole = clean_line(text), clean_text(text)
        typed = {name: text for name in typed}
        answer = send(administrator, address, shown | typed | {"title": text, "organ": text})
    assert answer.status_code == 302
    report = AnnualReport.objects.get()
    assert {report.title, report.organ} == {line}
    assert {section.body for section in report.sections.all()} == {whole}
    assert bare(whole) in words_of(administrator.get(address))
    for file_format, words in files_of(administrator, address).items():
        if file_format != "pdf" or printed_in_pdf(line):
            assert words.count(bare(line)) > 3, file_format


@EACH
def test_the_plan_takes_any_words(administrator: Client, branch: Organization, text: str) -> None:
    report = compose_report(branch, year=YEAR)
    address = reverse("report_plan", args=[branch.code, YEAR])
    row = {"items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "items-0-thread": 1}
    row |= {"items-0-text": text, "items-0-owner": text, "version": report.version}
    assert send(administrator, address, row).status_code == 302
    item, line = report.plan_items.get(), clean_line(as_received(text))
    assert (item.text, item.owner) == (line, line)
    assert bare(line) in words_of(administrator.get(address))
    words = files_of(administrator, reverse("report_detail", args=[branch.code, YEAR]))
    assert bare(line) in words["docx"]


def test_a_section_as_long_as_allowed_is_printed(
    administrator: Client, branch: Organization
) -> None:
    compose_report(branch, year=YEAR)
    address = reverse("report_detail", args=[branch.code, YEAR])
    shown = typed_form(administrator.get(address).content.decode())
    answer = send(administrator, address, shown | {"body_study": "长" * 20_001})
    assert answer.status_code == 422
    assert send(administrator, address, shown | {"body_study": "长" * 20_000}).status_code == 302
    assert all(words.count("长") >= 20_000 for words in files_of(administrator, address).values())


# --- forms made by hand ---------------------------------------------------------------------


def test_a_broken_form_is_refused_in_words(administrator: Client, branch: Organization) -> None:
    """Management fields missing, numbers that are none, the same field many times."""
    for broken in (
        {},
        {"agenda-TOTAL_FORMS": "x", "agenda-INITIAL_FORMS": "\x00"},
        {"agenda-TOTAL_FORMS": 10**9, "agenda-INITIAL_FORMS": -1},
        make_typed(branch, version="９" * 40, entry_key="nothing"),
        make_typed(branch) | {"held_on": "9999999-99-99", "host": "\x00", "kinds": ["\x00"]},
        make_typed(branch, attendance="RECORDED", shown="1," * 3_000),
        make_typed(branch, **{f"state-{10**30}": "PRESENT", "state-²": "ABSENT"}),
    ):
        answer = send(administrator, NEW, broken)
        assert answer.status_code == 200
        assert executable_parts(answer.content.decode()) == []
    assert not Activity.objects.exists()
