"""The hash chain of the audit log: each entry's hash covers all of it and the hash before."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from branches.models import AuditEntry, AuditHead


def canonical(value: Any) -> str:
    """The value as JSON in the one way that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: Any) -> str:
    """SHA-256 (hex) of a JSON value, equal on both database engines."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def hash_of(entry: AuditEntry) -> str:
    """What `entry.hash` has to be."""
    return digest_of(
        [
            entry.number,
            entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            entry.user_id,
            entry.actor,
            entry.act,
            entry.address,
            entry.method,
            entry.path,
            entry.subject,
            entry.organization_id,
            entry.outcome,
            entry.changes,
            entry.previous_hash,
        ]
    )


def faults_of_chain() -> Iterator[str]:
    """A line for each entry that was altered, removed or moved. Reads the whole log once."""
    number, previous = 0, ""
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield _missing(number + 1, entry.number - 1)
        elif entry.previous_hash != previous:
            yield _("Entry %(number)d of the audit log does not follow the one before it.") % {
                "number": entry.number
            }
        if hash_of(entry) != entry.hash:
            yield _("Entry %(number)d of the audit log was altered.") % {"number": entry.number}
        number, previous = entry.number, entry.hash
    head = AuditHead.objects.first() or AuditHead()
    if head.number > number:
        yield _missing(number + 1, head.number)
    elif (head.number, head.hash) != (number, previous):
        yield _("The end of the audit log is not the one that was noted: entry %(number)d.") % {
            "number": head.number
        }


def _missing(first: int, last: int) -> str:
    if first >= last:
        return _("Entry %(number)d of the audit log is missing.") % {"number": first}
    return _("Entries %(first)d to %(last)d of the audit log are missing.") % {
        "first": first,
        "last": last,
    }
