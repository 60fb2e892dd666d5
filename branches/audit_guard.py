"""The triggers that keep the audit log as it was written, on both engines.

A migration installs them. Nothing of the site removes them; a test suite that empties its tables
has to, and `check_integrity` reports any that is missing.
"""

from collections.abc import Iterator
from typing import Any

ENTRIES, HEAD = "branches_auditentry", "branches_audithead"
# Shown by the database to whoever tries.
REFUSAL = "the audit log is append-only"

_SQLITE = {
    "audit_entry_no_update": f"BEFORE UPDATE ON {ENTRIES}",
    "audit_entry_no_delete": f"BEFORE DELETE ON {ENTRIES}",
    # INSERT OR REPLACE removes the old row without asking the trigger above.
    "audit_entry_no_replace": "BEFORE INSERT ON branches_auditentry "
    "WHEN EXISTS (SELECT 1 FROM branches_auditentry WHERE number = NEW.number)",
    "audit_head_forward": f"BEFORE UPDATE ON {HEAD} "
    "WHEN NEW.id <> OLD.id OR NEW.number <> OLD.number + 1",
    "audit_head_no_delete": f"BEFORE DELETE ON {HEAD}",
    "audit_head_no_replace": "BEFORE INSERT ON branches_audithead "
    "WHEN EXISTS (SELECT 1 FROM branches_audithead)",
}
_POSTGRESQL = {
    "audit_entry_no_change": f"BEFORE UPDATE OR DELETE ON {ENTRIES} FOR EACH ROW",
    "audit_entry_no_truncate": f"BEFORE TRUNCATE ON {ENTRIES} FOR EACH STATEMENT",
    "audit_head_forward": f"BEFORE UPDATE ON {HEAD} FOR EACH ROW "
    "WHEN (NEW.id <> OLD.id OR NEW.number <> OLD.number + 1)",
    "audit_head_no_delete": f"BEFORE DELETE ON {HEAD} FOR EACH ROW",
    "audit_head_no_truncate": f"BEFORE TRUNCATE ON {HEAD} FOR EACH STATEMENT",
}
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION branches_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""


def install(connection: Any) -> None:
    """Create the triggers; those that are there are created anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, when in _SQLITE.items():
                cursor.execute(
                    f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        else:
            cursor.execute(_FUNCTION)
            for name, when in _POSTGRESQL.items():
                cursor.execute(
                    f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION branches_audit_refuse()"
                )


def remove(connection: Any) -> None:
    """Drop the triggers: to go back behind their migration, or to empty a test database."""
    with connection.cursor() as cursor:
        for name, table in _tables(connection):
            on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def missing(connection: Any) -> list[str]:
    """Names of triggers that are not there, or switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        there = {name for (name,) in cursor.fetchall()}
    return [name for name, _table in _tables(connection) if name not in there]


def _tables(connection: Any) -> Iterator[tuple[str, str]]:
    """(trigger, its table)."""
    for name in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
        yield name, ENTRIES if name.startswith("audit_entry") else HEAD
