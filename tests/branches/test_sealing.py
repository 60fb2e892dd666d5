"""Values encrypted at rest."""

import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from branches.sealing import CannotOpen, seal, unseal


def test_what_is_sealed_reads_otherwise_and_opens_again(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    sealed = seal("13000004321", owner="PHONE:1")
    assert "1300" not in sealed
    assert sealed != seal("13000004321", owner="PHONE:1")  # equal values do not look equal
    assert unseal(sealed, owner="PHONE:1") == "13000004321"


def test_a_value_does_not_open_for_another_owner(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    with pytest.raises(CannotOpen):
        unseal(seal("13000004321", owner="PHONE:1"), owner="PHONE:2")


def test_one_altered_character_is_found(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    sealed = seal("13000004321", owner="PHONE:1")
    altered = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    with pytest.raises(CannotOpen):
        unseal(altered, owner="PHONE:1")


def test_the_key_is_made_once_and_is_for_the_site_alone(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    first = seal("1", owner="PHONE:1")
    keeper = tmp_path / "sensitive_key"
    assert stat.S_IMODE(keeper.stat().st_mode) == 0o600
    key = keeper.read_text()
    assert unseal(first, owner="PHONE:1") == "1"
    assert keeper.read_text() == key
    assert [one.name for one in tmp_path.iterdir()] == ["sensitive_key"]


def test_a_new_key_in_front_seals_and_the_old_one_still_opens(settings: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SENSITIVE_KEYS = [old]
    before = seal("1", owner="PHONE:1")
    settings.SENSITIVE_KEYS = [new, old]
    after = seal("2", owner="PHONE:1")
    assert unseal(before, owner="PHONE:1") == "1"
    settings.SENSITIVE_KEYS = [new]
    assert unseal(after, owner="PHONE:1") == "2"
    with pytest.raises(CannotOpen):
        unseal(before, owner="PHONE:1")


def test_an_unusable_key_says_where_it_stands(settings: Any) -> None:
    settings.SENSITIVE_KEYS = ["short"]
    with pytest.raises(ImproperlyConfigured, match="SENSITIVE_KEYS"):
        seal("1", owner="PHONE:1")
