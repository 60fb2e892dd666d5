"""The files of a record in its history: named in each version, brought back with one of them."""

import hashlib
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from branches.models import Organization, Role, User
from meetings.comparing import FieldDifference
from meetings.models import Activity, Attachment, Revision
from tests.factories import make_activity, make_bureau, make_user
from tests.meetings.attachments.files import make_attachment
from tests.meetings.typed import make_typed_edit

pytestmark = pytest.mark.django_db

KEY = uuid.UUID(int=7)


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Any) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        yield


@pytest.fixture
def branch() -> Organization:
    _bureau, (branch, _next) = make_bureau()
    return branch


@pytest.fixture
def user(branch: Organization) -> User:
    return make_user("sec", role=Role.SECRETARY, organization=branch)


@pytest.fixture
def secretary(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def activity(branch: Organization, user: User) -> Activity:
    return make_activity(branch, status="DRAFT", user=user)


def add(client: Client, activity: Activity, user: User, name: str, **fields: Any) -> Attachment:
    """A file that comes with a save of the record."""
    checksum = hashlib.sha256(name.encode()).hexdigest()
    file = make_attachment(None, name, user=user, entry_key=KEY, sha256=checksum)
    save(client, activity, [file], **fields)
    return file


def save(
    client: Client, activity: Activity, files: list[Attachment], **fields: Any
) -> HttpResponse:
    activity.refresh_from_db()
    typed = {"entry_key": str(KEY), "attachment": [one.pk for one in files]} | fields
    answer = client.post(
        reverse("activity_edit", args=[activity.pk]), make_typed_edit(activity, **typed)
    )
    assert answer.status_code == 302
    activity.refresh_from_db()
    return answer


def revert(client: Client, activity: Activity, revision: int) -> None:
    asked = {"version": activity.version, "revision": revision}
    client.post(reverse("activity_revert", args=[activity.pk]), asked)
    activity.refresh_from_db()


def changed(client: Client, activity: Activity) -> list[FieldDifference]:
    """What the last save changed."""
    page = client.get(reverse("activity_compare", args=[activity.pk]))
    return [row for row in page.context["rows"] if row.is_changed]


def there(activity: Activity) -> list[str]:
    return [one.original_name for one in activity.attachments.filter(removed_at=None)]


def test_added_captioned_and_removed_files_are_told_by_name_and_checksum(
    secretary: Client, activity: Activity, user: User
) -> None:
    file = add(secretary, activity, user, "签到.jpg")
    (row,) = changed(secretary, activity)
    assert (row.field, row.before) == ("attachments", "")
    line = f"签到.jpg · 照片 · SHA-256 {file.sha256[:12]}"
    assert row.after == line

    prefix = f"attachment-{file.pk}"
    save(secretary, activity, [file], **{f"{prefix}-caption": "全体", f"{prefix}-kind": "SIGN_IN"})
    (row,) = changed(secretary, activity)
    assert (row.before, row.after) == (
        line,
        f"签到.jpg · 签到表 · 全体 · SHA-256 {file.sha256[:12]}",
    )

    save(secretary, activity, [file], **{f"{prefix}-remove": "1"})
    (row,) = changed(secretary, activity)
    assert row.after == ""
    assert Attachment.objects.filter(pk=file.pk).exists()


def test_a_file_removed_since_comes_back_and_one_added_since_stays(
    secretary: Client, activity: Activity, user: User
) -> None:
    first = add(secretary, activity, user, "先.jpg")
    second = make_attachment(None, "后.jpg", user=user, entry_key=KEY)
    remove = {f"attachment-{first.pk}-remove": "1"}
    save(secretary, activity, [second, first], **remove)
    assert there(activity) == ["后.jpg"]
    revert(secretary, activity, 2)
    assert there(activity) == ["先.jpg", "后.jpg"]
    first.refresh_from_db()
    assert (first.removed_at, first.removed_by) == (None, None)


def test_captions_are_those_of_the_version_written_again(
    secretary: Client, activity: Activity, user: User
) -> None:
    file = add(secretary, activity, user, "先.jpg")
    save(secretary, activity, [file], **{f"attachment-{file.pk}-caption": "改过"})
    revert(secretary, activity, 2)
    file.refresh_from_db()
    assert file.caption == ""


def test_a_version_that_does_not_tell_its_files_leaves_them_alone(
    secretary: Client, activity: Activity, user: User
) -> None:
    old = Revision.objects.get()
    del old.snapshot["attachments"]
    old.save()
    file = add(secretary, activity, user, "先.jpg")
    (row,) = changed(secretary, activity)
    assert row.before == "此版本未列出附件"
    revert(secretary, activity, 1)
    assert there(activity) == ["先.jpg"]
    file.refresh_from_db()
    assert file.activity == activity


def test_who_may_write_a_version_again_reads_what_becomes_of_the_files(
    secretary: Client, activity: Activity, user: User
) -> None:
    add(secretary, activity, user, "先.jpg")
    page = secretary.get(reverse("activity_history", args=[activity.pk]))
    assert "之后移除的附件会恢复" in page.text  # type: ignore[attr-defined]
