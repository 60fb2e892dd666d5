"""A file and its row come together: whatever is cut off in between, neither is left alone."""

import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import override_settings

from branches.models import User
from meetings.attachments import store
from meetings.models import Attachment
from meetings.services import attach_file
from tests.factories import make_user
from tests.meetings.attachments.files import make_image

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        yield


@pytest.fixture
def user() -> User:
    return make_user()


def _attach(user: User) -> Attachment:
    upload = SimpleUploadedFile("图.jpg", make_image())
    return attach_file(upload, user=user, entry_key=uuid.UUID(int=1))


def _files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]


def _make_old(tmp_path: Path) -> None:
    for path in _files(tmp_path):
        os.utime(path, (0, 0))


def test_a_stored_file_lies_at_its_place_with_its_row(user: User, tmp_path: Path) -> None:
    attachment = _attach(user)
    assert {path.parent.name for path in _files(tmp_path)} == {
        attachment.stored_name[:2],
        attachment.thumbnail_name[:2],
    }
    assert (store.missing_files(), store.stray_files()) == ([], [])


def test_a_row_that_fails_leaves_no_file(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_values: Any) -> None:
        raise DatabaseError("planted")

    monkeypatch.setattr(Attachment.objects, "create", fail)
    with pytest.raises(DatabaseError):
        _attach(user)
    assert _files(tmp_path) == []


def test_a_file_that_fails_leaves_no_row(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []

    def second_fails(content: bytes, ending: str) -> str:
        if kept:
            raise OSError("disk full")
        kept.append(original(content, ending))
        return kept[0]

    original = store.keep_incoming
    monkeypatch.setattr(store, "keep_incoming", second_fails)
    with pytest.raises(OSError, match="disk full"):
        _attach(user)
    assert not Attachment.objects.exists()
    assert _files(tmp_path) == []


def test_a_process_stopped_before_the_row_leaves_nothing_at_a_place(
    user: User, tmp_path: Path
) -> None:
    store.keep_incoming(b"x", "jpg")
    assert store.stray_files() == []
    _make_old(tmp_path)
    _attach(user)
    assert len(_files(tmp_path)) == 2  # of the new one; what was left is gone


def test_a_process_stopped_after_the_row_leaves_a_file_that_is_found(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(store, "settle", lambda _names: None)
        attachment = _attach(user)
    assert {path.parent.name for path in _files(tmp_path)} == {"incoming"}
    assert store.read(attachment.stored_name)
    assert store.missing_files() == []
    _make_old(tmp_path)
    store.settle_leftovers()
    assert "incoming" not in {path.parent.name for path in _files(tmp_path)}
    assert store.read(attachment.stored_name)


def test_what_another_is_sending_right_now_is_left_alone(user: User, tmp_path: Path) -> None:
    name = store.keep_incoming(b"x", "jpg")
    store.settle_leftovers()
    assert [path.name for path in _files(tmp_path)] == [name]


def test_a_transaction_that_is_taken_back_leaves_no_file_at_a_place(
    user: User, tmp_path: Path
) -> None:
    with transaction.atomic():
        _attach(user)
        transaction.set_rollback(True)
    assert store.stray_files() == []
    _make_old(tmp_path)
    store.settle_leftovers()
    assert _files(tmp_path) == []


def test_a_lost_file_and_a_strange_one_are_found(user: User, tmp_path: Path) -> None:
    attachment = _attach(user)
    place = tmp_path / "attachments" / attachment.stored_name[:2] / attachment.stored_name
    place.rename(place.with_name("f" * 32 + ".jpg"))
    assert store.missing_files() == [attachment.stored_name]
    assert store.stray_files() == ["f" * 32 + ".jpg"]


@pytest.mark.parametrize("name", ["../x.jpg", "/etc/passwd", "a.jpg", "", "f" * 32 + ".jpg/../x"])
def test_no_name_but_its_own_becomes_a_path(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        store.read(name)
