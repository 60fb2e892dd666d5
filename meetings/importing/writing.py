"""The one step in which an import becomes records: all of it or nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import Outcome, act
from meetings.importing.checking import check_import
from meetings.importing.engines import take_back, write
from meetings.models import ImportKind, ImportRow, ImportRun, ImportState

# Rows that are written while the browser waits: about a second of work.
_SMALL = 1500
_BATCH = 500


class ImportMoved(Exception):
    """The import is not in the state the page showed. Its text is for people."""


def is_small(run: ImportRun) -> bool:
    """Whether the import can be written within one request."""
    return run.rows.exclude(state=ImportRow.State.LEFT_OUT).count() <= _SMALL


def lock_import(run: ImportRun, *, version: int, states: Sequence[ImportState]) -> ImportRun:
    """The import's row, locked until the transaction ends; ImportMoved unless it is at the
    version and in one of the states."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in states:
        raise ImportMoved(
            _("This import is no longer open: %(state)s.") % {"state": locked.get_state_display()}
        )
    if locked.version != version:
        raise ImportMoved(_("The rows were checked again in the meantime. Look at them first."))
    return locked


def queue_import(run: ImportRun, *, version: int) -> ImportRun:
    """Hand a large import to the background worker."""
    with act("import.commit", subject=run, organization=run.organization) as entry:
        run = lock_import(run, version=version, states=(ImportState.OPEN,))
        _require_sound(run)
        entry.changed(run, {"state": run.state}, {"state": ImportState.QUEUED.value})
        run.state, run.queued_at = ImportState.QUEUED, timezone.now()
        run.save(update_fields=["state", "queued_at"])
    return run


def reopen_import(run: ImportRun, *, version: int, user: Any = None) -> ImportRun:
    """Take back an import that the worker has not written: it may have been killed on the way,
    and then nothing was written."""
    with act("import.reopen", subject=run, organization=run.organization, user=user) as entry:
        run = lock_import(run, version=version, states=(ImportState.QUEUED,))
        entry.changed(run, {"state": run.state}, {"state": ImportState.OPEN.value})
        run.state = ImportState.OPEN
        run.save(update_fields=["state"])
    return run


def commit_import(run: ImportRun, *, version: int, user: Any, today: dt.date) -> ImportRun:
    """Write the import, if what would happen is still what the page showed.

    Otherwise the new findings are kept, the import is open again and ImportMoved says so. One
    transaction: a process that dies on the way leaves nothing.
    """
    name = "roster.import" if run.kind == ImportKind.ROSTER else "activity.import"
    try:
        with act(name, subject=run, organization=run.organization, user=user) as entry:
            run = lock_import(run, version=version, states=(ImportState.OPEN, ImportState.QUEUED))
            before = run.state
            is_written = _write_or_look_again(run, user=user, today=today)
            entry.changed(run, {"state": before}, {"state": run.state})
            entry.noted(counts=run.counts, preview=run.preview_digest)
            if not is_written:
                entry.outcome = Outcome.REFUSED
    except IntegrityError as error:
        raise ImportMoved(
            _("Somebody else changed the records at the same moment. Nothing was written.")
        ) from error
    if not is_written:
        raise ImportMoved(
            _("The records changed since these rows were checked. Nothing was written: look again.")
        )
    return run


def undo_import(run: ImportRun, *, user: Any) -> ImportRun:
    """Take an import back: what it changed is as before, what it added is void.

    ImportMoved, with what is in the way, when something later builds on it; nothing is changed.
    """
    try:
        with act("import.undo", subject=run, organization=run.organization) as entry:
            run = lock_import(run, version=run.version, states=(ImportState.COMMITTED,))
            take_back(run, user=user, reason=_("The import was taken back: %s") % run.file_name)
            entry.changed(run, {"state": run.state}, {"state": ImportState.UNDONE.value})
            run.state, run.undone_at, run.undone_by = ImportState.UNDONE, timezone.now(), user
            run.save(update_fields=["state", "undone_at", "undone_by"])
    except ValidationError as refusal:
        raise ImportMoved(" ".join(refusal.messages)) from refusal
    return run


def _write_or_look_again(run: ImportRun, *, user: Any, today: dt.date) -> bool:
    _require_sound(run)
    shown = run.preview_digest
    rows = list(run.rows.all())
    checked = check_import(run, rows, today=today)
    if not checked.is_sound or run.preview_digest != shown:
        ImportRow.objects.bulk_update(rows, ["state", "remarks"], batch_size=_BATCH)
        run.state = ImportState.OPEN
        run.version += 1
        run.save()
        return False
    run.effects = write(checked.plan, run, user=user)
    run.state, run.committed_at = ImportState.COMMITTED, timezone.now()
    run.save()
    return True


def _require_sound(run: ImportRun) -> None:
    if run.problems or run.rows.filter(state=ImportRow.State.ERROR).exists():
        raise ImportMoved(_("There are errors left. Nothing was written."))
