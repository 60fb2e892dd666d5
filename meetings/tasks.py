"""Background work of activities and rosters: large imports."""

from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from branches.models import User
from meetings.importing import ImportMoved, commit_import, reopen_import
from meetings.models import ImportRun, ImportState


@task()
def write_import(run_id: int, version: int, user_id: int) -> None:
    """Write a queued import. One that was taken back, given up or written already is left alone,
    so that a task that runs twice, or is killed and started again, does its work once."""
    run = ImportRun.objects.filter(pk=run_id, state=ImportState.QUEUED).first()
    if run is None:
        return
    user = User.objects.get(pk=user_id)
    try:
        commit_import(run, version=version, user=user, today=timezone.localdate())
    except ImportMoved:
        # The page says what is to be done: it is open again, with what the last check found.
        _open_again(run, version, user)


def _open_again(run: ImportRun, version: int, user: User) -> None:
    try:
        reopen_import(run, version=version, user=user)
    except ImportMoved:
        return


def write_later(run: ImportRun, *, user: Any) -> None:
    """Ask the background worker, once the import is stored as queued."""
    transaction.on_commit(partial(write_import.enqueue, run.pk, run.version, user.pk))
