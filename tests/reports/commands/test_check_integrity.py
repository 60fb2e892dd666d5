"""check_integrity: silent over what is whole, a line for whatever was planted."""

import datetime as dt
import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from branches import audit_guard
from branches.models import AuditEntry, AuditHead, Organization
from meetings.models import Activity, Attachment, Revision
from meetings.services import amend_activity, submit_activity, void_activity
from meetings.services.attach import attach_file
from reports.models import AnnualReport
from reports.seeding import seed_demo
from reports.services import compose_report, finalize_report
from tests.factories import make_activity, make_bureau, make_entry, make_member, make_user
from tests.meetings.attachments.files import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def activity(data_dir: Path) -> Activity:
    """A record with three revisions and a picture, beside a void one and a final report."""
    _bureau, (branch, other) = make_bureau()
    make_member("甲一", branch)
    user = make_user()
    one = make_activity(branch, status="DRAFT", user=user, absent={}, study_hours=2)
    one = amend_activity(
        one, make_entry(branch, exceptions={}, minutes="记录"), user=user, expected_version=1
    )
    one = submit_activity(one, user=user, expected_version=2)
    void_activity(make_activity(other), user=user, expected_version=1, reason="重复")
    upload = SimpleUploadedFile("照片.jpg", make_image())
    kept = attach_file(upload, user=user, entry_key=uuid.UUID(int=5), activity=one)
    Attachment.objects.filter(pk=kept.pk).update(activity=one)
    for name in (kept.stored_name, kept.thumbnail_name):  # no commit comes within a test
        place = data_dir / "attachments" / name[:2]
        place.mkdir(parents=True, exist_ok=True)
        (data_dir / "attachments" / "incoming" / name).rename(place / name)
    finalize_report(compose_report(other, year=2024), expected_version=1)
    return one


def run(*arguments: str) -> list[str]:
    """The lines of the findings; none where nothing was found."""
    written = io.StringIO()
    try:
        call_command("check_integrity", *arguments, stdout=written)
    except CommandError as error:
        lines = written.getvalue().splitlines()[:-1]
        assert str(len(lines)) in str(error)
        return lines
    assert len(written.getvalue().splitlines()) == 2
    return []


def test_what_is_whole_has_no_finding(activity: Activity) -> None:
    assert run() == []


def test_the_demo_bureau_is_whole() -> None:
    seed_demo(year=2025, today=dt.date(2026, 2, 1))
    assert AuditEntry.objects.count() == 1
    assert run() == []


def test_an_empty_site_is_whole() -> None:
    written = io.StringIO()
    call_command("check_integrity", stdout=written)
    assert len(written.getvalue().splitlines()) == 1


def file_of(name: str) -> Path:
    return Path(settings.DATA_DIR) / "attachments" / name[:2] / name


def sql(statement: str) -> Callable[[Activity], None]:
    def plant(activity: Activity) -> None:
        audit_guard.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement)
        audit_guard.install(connection)

    return plant


def lose_file(activity: Activity) -> None:
    file_of(Attachment.objects.get().stored_name).unlink()


def lose_small_picture(activity: Activity) -> None:
    file_of(Attachment.objects.get().thumbnail_name).unlink()


def alter_file(activity: Activity) -> None:
    path = file_of(Attachment.objects.get().stored_name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def stray_file(activity: Activity) -> None:
    path = file_of("0" * 32 + ".pdf")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"%PDF-1.4")


def alter_revision(activity: Activity) -> None:
    revision = Revision.objects.get(activity=activity, version=2)
    revision.snapshot["minutes"] = "另记"
    revision.save()


def lose_last_revision(activity: Activity) -> None:
    Revision.objects.filter(activity=activity, version=3).delete()
    Activity.objects.filter(pk=activity.pk).update(version=2)


def write_revision_past_the_log(activity: Activity) -> None:
    Revision.objects.create(
        activity=activity, version=4, action=Revision.Action.AMENDED, snapshot={"title": "改"}
    )
    Activity.objects.filter(pk=activity.pk).update(version=4)


PLANTED: dict[str, tuple[Callable[[Activity], Any], int]] = {
    "a lost file": (lose_file, 1),
    "a lost small picture": (lose_small_picture, 1),
    "an altered file": (alter_file, 1),
    "a stray file": (stray_file, 1),
    "an altered revision": (alter_revision, 1),
    "a lost revision": (lose_last_revision, 1),
    "a revision past the log": (write_revision_past_the_log, 1),
    "a version of its own": (lambda one: Activity.objects.filter(pk=one.pk).update(version=9), 1),
    "an altered final report": (
        lambda _one: AnnualReport.objects.update(snapshot={"title": "改"}),
        1,
    ),
    "a wrong number of children": (
        lambda _one: Organization.objects.filter(code="D00").update(numchild=7),
        1,
    ),
    "an altered entry": (sql("UPDATE branches_auditentry SET actor = 'x' WHERE number = 2"), 1),
    "a removed entry": (sql("DELETE FROM branches_auditentry WHERE number = 6"), 1),
    "a missing guard": (lambda _one: audit_guard.remove(connection), 5),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_whatever_was_planted_is_found(activity: Activity, planted: str) -> None:
    plant, least = PLANTED[planted]
    plant(activity)
    lines = run()
    assert len(lines) >= least
    assert all(len(line) > 5 and "\n" not in line for line in lines)
    assert least > 1 or len(lines) == 1, lines


def test_an_altered_imported_record_is_found() -> None:
    seed_demo(year=2025, today=dt.date(2026, 2, 1))
    revision = Revision.objects.filter(action=Revision.Action.IMPORTED).first()
    assert revision is not None
    revision.snapshot["title"] = "改"
    revision.save()
    assert len(run()) == 1


def test_a_noted_entry_is_compared(activity: Activity) -> None:
    head = AuditHead.objects.get()
    assert run("--noted", f"{head.number}:{head.hash}") == []
    assert len(run("--noted", f"{head.number}:{'0' * 64}")) == 1
    assert len(run("--noted", "999:0")) == 1
    assert len(run("--noted", "nonsense")) == 1


def test_missing_triggers_are_restored_when_asked(activity: Activity) -> None:
    audit_guard.remove(connection)
    with pytest.raises(CommandError):
        call_command("check_integrity", "--restore-triggers", stdout=io.StringIO())
    assert audit_guard.missing(connection) == []
    assert run() == []
