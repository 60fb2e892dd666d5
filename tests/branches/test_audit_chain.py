"""The log keeps what was written: triggers refuse, the chain finds what got past them."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from branches import audit_guard
from branches.audit import act, note
from branches.audit_chain import faults_of_chain
from branches.models import AuditEntry, AuditHead
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db

ENTRIES, HEAD = audit_guard.ENTRIES, audit_guard.HEAD


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def write(number: int = 5) -> None:
    """Entries with something in every column."""
    branch, user = make_organization(), make_user()
    for one in range(number):
        with act("user.appoint", subject=branch, organization=branch, user=user) as entry:
            entry.changed(branch, {"name": "甲"}, {"name": f"乙{one}"})
    AuditEntry.objects.get(number=1)


def altered(sql: str, *values: Any) -> list[str]:
    """What the check says after somebody got past the triggers."""
    audit_guard.remove(connection)
    run(sql, *values)
    return [str(line) for line in faults_of_chain()]


# --- refused ------------------------------------------------------------------------------

WAYS: dict[str, Any] = {
    "raw update": lambda: run(f"UPDATE {ENTRIES} SET actor = 'x' WHERE number = 2"),
    "raw delete": lambda: run(f"DELETE FROM {ENTRIES} WHERE number = 2"),
    "raw delete of all": lambda: run(f"DELETE FROM {ENTRIES}"),
    "save": lambda: AuditEntry.objects.get(number=2).save(),
    "delete": lambda: AuditEntry.objects.get(number=2).delete(),
    "queryset update": lambda: AuditEntry.objects.filter(number=2).update(act="x"),
    "queryset delete": lambda: AuditEntry.objects.all().delete(),
    "bulk update": lambda: AuditEntry.objects.bulk_update(list(AuditEntry.objects.all()), ["act"]),
    "head back": lambda: AuditHead.objects.update(number=1),
    "head stands": lambda: AuditHead.objects.update(hash="x"),
    "head removed": lambda: AuditHead.objects.all().delete(),
    "head removed raw": lambda: run(f"DELETE FROM {HEAD}"),
    "written over": lambda: AuditEntry.objects.bulk_create(
        [AuditEntry(number=2, at="2026-01-01T00:00Z", previous_hash="a", hash="b")],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["hash"],
    ),
}
if connection.vendor == "sqlite":
    WAYS |= {
        "replaced": lambda: run(
            f"INSERT OR REPLACE INTO {ENTRIES} SELECT * FROM {ENTRIES} WHERE number = 2"
        ),
        "head replaced": lambda: run(f"INSERT OR REPLACE INTO {HEAD} VALUES (1, 0, '')"),
    }
else:
    WAYS |= {
        "truncated": lambda: run(f"TRUNCATE {ENTRIES}"),
        "head truncated": lambda: run(f"TRUNCATE {HEAD}"),
    }


@pytest.mark.parametrize("way", WAYS)
def test_no_way_through_the_database_changes_or_removes_an_entry(way: str) -> None:
    write()
    before = list(AuditEntry.objects.values())
    with (
        pytest.raises(DatabaseError, match=rf"{audit_guard.REFUSAL}|UNIQUE"),
        transaction.atomic(),
    ):
        WAYS[way]()
    assert list(AuditEntry.objects.values()) == before
    assert list(faults_of_chain()) == []
    note("logout")
    assert AuditEntry.objects.count() == len(before) + 1


def test_a_missing_trigger_is_told() -> None:
    assert audit_guard.missing(connection) == []
    audit_guard.remove(connection)
    assert len(audit_guard.missing(connection)) >= 5
    audit_guard.install(connection)
    assert audit_guard.missing(connection) == []


# --- found --------------------------------------------------------------------------------

COLUMNS = [field.column for field in AuditEntry._meta.concrete_fields]


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "number"])
def test_one_altered_value_of_any_column_is_found(column: str) -> None:
    write()
    stored = AuditEntry.objects.filter(number=3).values().get()[column]
    if column == "at":
        stored = stored.replace(microsecond=(stored.microsecond + 1) % 1_000_000)
    elif isinstance(stored, int):
        stored += 1
    else:
        stored = stored[:-1] + "〇" if stored else "x"
    lines = altered(f"UPDATE {ENTRIES} SET {column} = %s WHERE number = 3", stored)
    assert any("3" in line for line in lines)


@pytest.mark.parametrize("name", ["changes", "actor", "hash"])
def test_each_single_character_counts(name: str) -> None:
    write(3)
    audit_guard.remove(connection)
    text = AuditEntry.objects.filter(number=2).values_list(name, flat=True).get()
    for place in range(len(text)):
        other = "0" if text[place] != "0" else "1"
        run(
            f"UPDATE {ENTRIES} SET {name} = %s WHERE number = 2",
            text[:place] + other + text[place + 1 :],
        )
        assert list(faults_of_chain()), place
    run(f"UPDATE {ENTRIES} SET {name} = %s WHERE number = 2", text)
    assert list(faults_of_chain()) == []


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_removed_entry_is_found_wherever_it_stood(number: int) -> None:
    write()
    (line, *_more) = altered(f"DELETE FROM {ENTRIES} WHERE number = %s", number)
    assert str(number) in line


def test_a_removed_end_is_found() -> None:
    write()
    (line,) = altered(f"DELETE FROM {ENTRIES} WHERE number >= 4")
    assert "4" in line and "5" in line


def test_two_entries_that_changed_places_are_found() -> None:
    write()
    audit_guard.remove(connection)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        run(f"UPDATE {ENTRIES} SET number = %s WHERE number = %s", new, old)
    assert len(list(faults_of_chain())) >= 2


def test_an_entry_that_was_put_in_at_the_end_is_found() -> None:
    write()
    last = AuditEntry.objects.get(number=5)
    AuditEntry.objects.create(number=6, at=last.at, previous_hash=last.hash, hash="f" * 64)
    assert len(list(faults_of_chain())) == 2  # its own hash, and the end


# --- many writers -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_at_once_keep_one_chain() -> None:
    errors: list[BaseException] = []
    start = threading.Barrier(16)

    def work(writer: int) -> None:
        try:
            start.wait()
            for one in range(50):
                with act("user.appoint", subject=f"writer:{writer}") as entry:
                    entry.created(f"writer:{writer}", number=one)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert AuditEntry.objects.count() == 16 * 50
    assert list(faults_of_chain()) == []
    for writer in range(16):
        mine = AuditEntry.objects.filter(subject=f"writer:{writer}").order_by("number")
        told = [one.changed[f"writer:{writer}"]["number"][1] for one in mine]
        assert told == list(range(50))
