"""A process that dies while it writes leaves nothing, or everything: on either engine."""

import os
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from branches.models import Member, Membership, Organization, Post
from meetings.importing import commit_import
from meetings.models import ImportRun, ImportState
from tests.branches.importers.workbooks import make_workbook, member_record, organization_record
from tests.factories import make_bureau, make_user
from tests.meetings.importing.runs import TODAY, make_import

pytestmark = pytest.mark.django_db(transaction=True)

MEMBERS = 300
# Commits the import and kills itself outright after the given number of batches, or (0) once
# the transaction is over.
PROGRAM = """
import os, signal, sys
import django
django.setup()
from django.db.models.query import QuerySet
from django.utils.dateparse import parse_date
from branches.models import User
from meetings.importing import commit_import
from meetings.models import ImportRun

run, after = ImportRun.objects.get(pk=int(sys.argv[1])), int(sys.argv[2])
create, seen = QuerySet.bulk_create, []

def counted(self, *args, **options):
    made = create(self, *args, **options)
    seen.append(self.model.__name__)
    if len(seen) == after:
        os.kill(os.getpid(), signal.SIGKILL)
    return made

QuerySet.bulk_create = counted
user = User.objects.get(username="admin")
commit_import(run, version=run.version, user=user, today=parse_date("2026-01-10"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def database_url() -> str:
    """Where the tests' own database is."""
    wanted = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{wanted['NAME']}"
    login = f"{quote(wanted['USER'])}:{quote(wanted['PASSWORD'])}"
    return f"postgres://{login}@{wanted['HOST']}:{wanted['PORT']}/{wanted['NAME']}"


def commit_and_die(run: ImportRun, after: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(run.pk), str(after)],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "PYTHONPATH": str(settings.BASE_DIR),
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Member, Membership, Post, Organization))


def test_a_killed_import_wrote_nothing_or_everything() -> None:
    bureau, _branches = make_bureau()
    user = make_user("admin")
    content = make_workbook(
        {
            "党组织": [organization_record("D07", 上级编码="D00")],
            "党员": [
                member_record(f"成员{number}", "D07", 党内职务="书记" if number == 0 else "")
                for number in range(MEMBERS)
            ],
        }
    )
    run = make_import(user, bureau, content)
    before, whole = written(), (MEMBERS, MEMBERS, 1, 4)
    for after in (1, 2, 3):  # members, periods, posts
        commit_and_die(run, after)
        run.refresh_from_db()
        assert (written(), run.state) == (before, ImportState.OPEN), after
    commit_and_die(run, 0)
    run.refresh_from_db()
    assert (written(), run.state) == (whole, ImportState.COMMITTED)

    again = make_import(user, bureau, content)
    commit_import(again, version=again.version, user=user, today=TODAY)
    assert written() == whole
