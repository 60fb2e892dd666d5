"""Whether records, their revisions and their files are as they were written."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _

from branches.audit_chain import digest_of
from branches.models import AuditEntry, Outcome
from meetings.attachments import store
from meetings.models import Activity, Attachment, Revision

_CHUNK = 1000


def faults() -> Iterator[str]:
    """A line for people for each finding. Reads every attached file, changes nothing."""
    yield from _faults_of_files()
    yield from _faults_of_versions()
    yield from _faults_of_revisions()


def _faults_of_files() -> Iterator[str]:
    missing = set(store.missing_files())
    for name in sorted(missing):
        yield _("The file %(name)s of an attachment is missing.") % {"name": name}
    for name in store.stray_files():
        yield _("The file %(name)s belongs to no attachment.") % {"name": name}
    rows = Attachment.objects.order_by("pk").values_list("pk", "stored_name", "size", "sha256")
    for pk, name, size, sha256 in rows.iterator(chunk_size=_CHUNK):
        if name in missing:
            continue
        content = store.read(name)
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            yield _("The file %(name)s of attachment %(number)d was altered.") % {
                "name": name,
                "number": pk,
            }


def _faults_of_versions() -> Iterator[str]:
    """A record's version is the number of its revisions, which are numbered without a gap."""
    rows = Activity.objects.order_by("pk").annotate(
        kept=Count("revisions"), last=Max("revisions__version")
    )
    wrong = rows.exclude(Q(kept=F("version")) & Q(last=F("version")))
    for pk, version, kept in wrong.values_list("pk", "version", "kept"):
        yield _("Record %(number)d is at version %(version)d and has %(kept)d revisions of it.") % {
            "number": pk,
            "version": version,
            "kept": kept,
        }


@dataclass
class _Import:
    """Records that came in together: one checksum stands for all their first revisions."""

    entry: int
    checksum: str
    digests: list[str] = field(default_factory=list)


class _Told:
    """What the audit log says of revisions."""

    def __init__(self) -> None:
        self.digests: dict[tuple[int, int], bytes] = {}
        self.imports: list[_Import] = []
        self._starts: list[tuple[int, int, _Import]] = []
        # Records are older than the log, where it came with an update of the site.
        self.since = AuditEntry.objects.order_by("number").values_list("at", flat=True).first()
        entries = AuditEntry.objects.filter(outcome=Outcome.DONE, changes__contains="revision")
        for entry in entries.order_by("number").iterator(chunk_size=_CHUNK):
            for subject, names in _changed(entry).items():
                thing, _colon, key = subject.partition(":")
                if thing == "activity":
                    self._add(int(key), names)
                elif thing == "activities":
                    self._add_import(entry.number, names)
        self._starts.sort(key=lambda start: start[0])

    def import_of(self, activity: int) -> _Import | None:
        place = bisect_right(self._starts, activity, key=lambda start: start[0]) - 1
        if place < 0 or activity > self._starts[place][1]:
            return None
        return self._starts[place][2]

    def _add(self, activity: int, names: dict[str, list[Any]]) -> None:
        for name, (_before, digest) in names.items():
            word, _space, version = name.partition(" ")
            if word == "revision":
                self.digests[activity, int(version)] = bytes.fromhex(digest)

    def _add_import(self, number: int, names: dict[str, list[Any]]) -> None:
        one = _Import(number, names["revisions"][1])
        self.imports.append(one)
        for first, last in names["ranges"][1]:
            self._starts.append((first, last, one))


def _faults_of_revisions() -> Iterator[str]:
    """The revisions against the checksums that the log noted when they were written."""
    told = _Told()
    seen: dict[int, set[int]] = defaultdict(set)
    rows = Revision.objects.order_by("activity_id", "version").values_list(
        "activity_id", "version", "snapshot", "created_at"
    )
    for activity, version, snapshot, created_at in rows.iterator(chunk_size=_CHUNK):
        names = {"version": version, "number": activity}
        digest = digest_of(snapshot)
        seen[activity].add(version)
        noted = told.digests.get((activity, version))
        if noted is not None:
            if noted.hex() != digest:
                yield (
                    _("Version %(version)d of record %(number)d is not the one that was logged.")
                    % names
                )
        elif version == 1 and (batch := told.import_of(activity)):
            batch.digests.append(digest)
        elif told.since is not None and created_at >= told.since:
            yield _("Version %(version)d of record %(number)d stands in no audit log.") % names
    for activity, version in told.digests:
        if version not in seen[activity]:
            yield _("Version %(version)d of record %(number)d is missing.") % {
                "version": version,
                "number": activity,
            }
    for batch in told.imports:
        if digest_of(batch.digests) != batch.checksum:
            yield _(
                "The records that were imported together are not those that the audit log noted "
                "in entry %(number)d."
            ) % {"number": batch.entry}


def _changed(entry: AuditEntry) -> dict[str, dict[str, list[Any]]]:
    try:
        return entry.changed
    except ValueError:  # altered: the chain has said so
        return {}
