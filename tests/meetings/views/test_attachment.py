"""Attached files: sent alone or with the form, kept with the record, served safely."""

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from branches.models import Organization, Role
from meetings.models import Activity, Attachment, Status
from meetings.services import amend_activity
from tests.factories import make_activity, make_bureau, make_entry, make_user
from tests.meetings.attachments.files import (
    HONEST,
    HOSTILE,
    NEUTRALISED,
    PDF,
    SCRIPT,
    make_attachment,
    make_image,
    make_photo,
)
from tests.meetings.typed import make_typed, make_typed_edit

pytestmark = pytest.mark.django_db

UPLOAD, NEW = "/attachments/", "/activities/new/"
KEY = uuid.UUID(int=1)  # of the form that make_typed sends


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Any) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        yield


@pytest.fixture
def branch() -> Organization:
    _bureau, (branch, _next) = make_bureau()
    return branch


@pytest.fixture
def recorder(client: Client, branch: Organization) -> Client:
    client.force_login(make_user("rec", role=Role.RECORDER, organization=branch))
    return client


def _send(
    client: Client, name: str = "照片.jpg", content: bytes | None = None, **fields: Any
) -> Any:
    content = make_photo() if content is None else content
    body = {"entry_key": str(KEY), "file": SimpleUploadedFile(name, content)} | fields
    return client.post(UPLOAD, body)


def _edit(client: Client, activity: Activity, **fields: Any) -> HttpResponse:
    url = reverse("activity_edit", args=[activity.pk])
    return client.post(url, make_typed_edit(activity, **fields))


# --- from the form to the record ----------------------------------------------------------


def test_files_sent_before_the_record_is_saved_become_its_own_in_the_order_chosen(
    recorder: Client, branch: Organization
) -> None:
    for name, content in (("一.jpg", make_image()), ("二.pdf", PDF)):
        answer = _send(recorder, name, content)
        assert answer.status_code == 200
        assert "<html" not in answer.text and name in answer.text
    first, second = Attachment.objects.all()
    assert (first.activity, first.kind, second.kind) == (None, "PHOTO", "NOTES")
    typed = make_typed(
        branch,
        attachment=[second.pk, first.pk],
        **{
            f"attachment-{second.pk}-kind": "SIGN_IN",
            f"attachment-{second.pk}-caption": " 签到\u202e表 ",
            f"attachment-{first.pk}-kind": "nothing",
        },
    )
    assert recorder.post(NEW, typed).status_code == 302
    activity = Activity.objects.get()
    kept = [(one.original_name, one.kind, one.caption) for one in activity.attachments.all()]
    assert kept == [("二.pdf", "SIGN_IN", "签到表"), ("一.jpg", "PHOTO", "")]


def test_a_file_that_arrived_while_the_form_was_sent_is_not_lost(
    recorder: Client, branch: Organization
) -> None:
    _send(recorder)
    recorder.post(NEW, make_typed(branch))
    assert Activity.objects.get().attachments.count() == 1


def test_without_javascript_files_come_with_the_form_and_survive_its_errors(
    recorder: Client, branch: Organization
) -> None:
    typed = make_typed(branch, title="")
    answer = recorder.post(NEW, typed | {"files": SimpleUploadedFile("图.png", make_image("PNG"))})
    assert answer.status_code == 200 and "图.png" in answer.text
    recorder.post(NEW, make_typed(branch))
    assert Activity.objects.get().attachments.get().original_name == "图.png"


def test_a_refused_file_holds_the_form_back_and_says_why(
    recorder: Client, branch: Organization
) -> None:
    good, bad = SimpleUploadedFile("好.pdf", PDF), SimpleUploadedFile("坏.jpg", HOSTILE["html.jpg"])
    answer = recorder.post(NEW, make_typed(branch) | {"files": [good, bad]})
    assert "坏.jpg" in answer.context["form"].non_field_errors()[0]
    assert not Activity.objects.exists()
    assert [one.original_name for one in Attachment.objects.all()] == ["好.pdf"]


def test_the_same_file_sent_twice_in_one_form_is_one(recorder: Client) -> None:
    answers = [_send(recorder).text for _time in range(2)]
    assert Attachment.objects.count() == 1
    assert answers[0] == answers[1]


def test_editing_adds_removes_and_brings_back(recorder: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    stored = make_attachment(activity)
    _send(recorder, "新.pdf", PDF, activity=activity.pk)
    remove = {"attachment": stored.pk, f"attachment-{stored.pk}-remove": "on"}
    assert _edit(recorder, activity, **remove, entry_key=str(KEY)).status_code == 302
    stored.refresh_from_db()
    assert stored.removed_by == Activity.objects.get().revisions.first().user
    assert recorder.get(reverse("attachment_file", args=[stored.pk])).status_code == 404
    detail = recorder.get(reverse("activity_detail", args=[activity.pk])).text
    assert "新.pdf" in detail and "照片.jpg" not in detail
    page = recorder.get(reverse("activity_edit", args=[activity.pk]))
    assert [row.attachment for row in page.context["attachments"].removed] == [stored]

    activity.refresh_from_db()
    _edit(recorder, activity, attachment=stored.pk)
    stored.refresh_from_db()
    assert (stored.removed_at, stored.removed_by) == (None, None)
    assert recorder.get(reverse("attachment_file", args=[stored.pk])).status_code == 200


def test_an_edit_that_says_nothing_about_files_leaves_them(
    recorder: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    stored = make_attachment(activity, caption="原说明")
    amend_activity(activity, make_entry(branch), user=None, expected_version=1)
    activity.refresh_from_db()
    _edit(recorder, activity, title="改")
    stored.refresh_from_db()
    assert (stored.caption, stored.removed_at) == ("原说明", None)


def test_nobody_takes_anothers_file_by_its_key(client: Client, branch: Organization) -> None:
    owner, other = (
        make_user(name, role=Role.RECORDER, organization=branch) for name in ("owner", "other")
    )
    client.force_login(owner)
    _send(client)
    unsaved = Attachment.objects.get()
    there = make_activity(branch, status=Status.DRAFT)
    of_record = make_attachment(there)
    client.force_login(other)
    assert client.get(reverse("attachment_file", args=[unsaved.pk])).status_code == 404
    forged = {"attachment": [unsaved.pk, of_record.pk, 10**30, "²", "x"]}
    forged |= {f"attachment-{one.pk}-remove": "on" for one in (unsaved, of_record)}
    assert client.post(NEW, make_typed(branch, **forged)).status_code == 302
    assert Attachment.objects.filter(removed_at=None).count() == 2
    assert Attachment.objects.get(pk=unsaved.pk).activity is None
    assert Attachment.objects.get(pk=of_record.pk).activity == there


# --- limits -------------------------------------------------------------------------------


@override_settings(MOST_ATTACHMENTS=2)
def test_a_record_has_at_most_so_many_files(recorder: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    make_attachment(activity)
    answers = [
        _send(recorder, "a.pdf", PDF + str(number).encode(), activity=activity.pk).status_code
        for number in range(2)
    ]
    assert answers == [200, 422]


@pytest.mark.parametrize(("size", "status"), [(len(PDF), 200), (len(PDF) - 1, 422)])
def test_the_largest_file_is_measured_to_the_byte(recorder: Client, size: int, status: int) -> None:
    with override_settings(LARGEST_ATTACHMENT=size):
        assert _send(recorder, "a.pdf", PDF).status_code == status


def test_a_request_beyond_all_measure_is_not_even_stored(recorder: Client) -> None:
    with override_settings(LARGEST_UPLOAD_REQUEST=100):
        assert _send(recorder, "a.pdf", PDF).status_code == 400
    assert not Attachment.objects.exists()


# --- files of every sort at both inlets ---------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [*HONEST, *(one for one in NEUTRALISED if "\n" not in one)],  # no request carries those
)
def test_what_is_taken_is_served_without_anything_to_run(
    recorder: Client, branch: Organization, name: str, tmp_path: Any
) -> None:
    content = (HONEST | NEUTRALISED)[name]
    assert _send(recorder, name, content).status_code == 200
    [attachment] = Attachment.objects.all()
    answer = recorder.get(reverse("attachment_file", args=[attachment.pk]))
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    disposition = answer["Content-Disposition"].partition(";")[0]
    assert disposition == ("inline" if attachment.is_image else "attachment")
    assert SCRIPT not in answer.content or not attachment.is_image
    places = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.is_relative_to(tmp_path / "attachments") for path in places)
    assert {path.name for path in places} == {
        one for one in (attachment.stored_name, attachment.thumbnail_name) if one
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_at_both_inlets(
    recorder: Client, branch: Organization, name: str, tmp_path: Any
) -> None:
    answer = _send(recorder, name, HOSTILE[name])
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/plain")
    typed = make_typed(branch) | {"files": SimpleUploadedFile(name, HOSTILE[name])}
    assert recorder.post(NEW, typed).status_code == 200
    assert not Attachment.objects.exists() and not Activity.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_served_photo_tells_nothing_of_the_place(recorder: Client) -> None:
    _send(recorder)
    [photo] = Attachment.objects.all()
    for name in ("attachment_file", "attachment_thumbnail"):
        content = recorder.get(reverse(name, args=[photo.pk])).content
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif()
        assert b"Secret" not in content


def test_an_unchanged_file_is_not_sent_again(recorder: Client) -> None:
    _send(recorder)
    url = reverse("attachment_file", args=[Attachment.objects.get().pk])
    etag = recorder.get(url)["ETag"]
    again = recorder.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_photo_of_a_telephone_is_downloaded_under_the_ending_it_now_has(
    recorder: Client,
) -> None:
    _send(recorder, "IMG_1.HEIC", HONEST["手机.heic"])
    assert Attachment.objects.get().download_name == "IMG_1.jpg"


@pytest.mark.parametrize("broken", [{"entry_key": "x"}, {"file": ""}, {"entry_key": ""}])
def test_a_broken_upload_is_refused_in_words(recorder: Client, broken: dict[str, str]) -> None:
    assert _send(recorder, **broken).status_code == 422
