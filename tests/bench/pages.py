"""Figures and pages as the tables grow: the same queries, nearly the same time."""

import datetime as dt
import gc
import shutil
import statistics
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from branches.models import Organization, User
from meetings.models import Activity, Credit, Kind, Status
from reports.figures import compute_figures
from tests.bench.rounds import row, seconds

YEAR = 2025
A_YEAR = 3_000  # activities
ROUNDS = 15


def run() -> None:
    """The same year in two files, one of which holds nine years more; the sides take turns."""
    bureau = Organization.objects.get(code="YC")
    branches = list(Organization.objects.filter(kind="BRANCH"))
    _fill(branches, YEAR)
    whole = Path(connection.settings_dict["NAME"])
    alone = _copy(whole)
    for year in range(YEAR - 9, YEAR):
        _fill(branches, year)
    sides = {"alone": alone, "among": whole}

    times, queries = _in_turns(sides, lambda: compute_figures(bureau, year=YEAR))
    row(
        f"A year's figures among ten years ({queries['among']} queries)",
        times["among"] / times["alone"],
        1.2,
        other=f"the same year alone ({queries['alone']} queries), {times['alone']:.3f} s",
    )
    with override_settings(
        ALLOWED_HOSTS=["testserver"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        clients = {}
        for database in sides.values():  # a session in each file
            _open(database)
            clients[str(database)] = client = Client()
            client.force_login(User.objects.get(username="admin"))

        def read() -> None:
            client = clients[connection.settings_dict["NAME"]]
            answer = client.get(f"/activities/?year={YEAR}")
            assert answer.status_code == 200, answer.status_code

        times, queries = _in_turns(sides, read)
    row(
        f"Activity list, ten times the rows ({queries['among']} queries)",
        times["among"] / times["alone"],
        1.5,
        other=f"one year ({queries['alone']} queries), {times['alone']:.3f} s",
    )


def _copy(database: Path) -> Path:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Path(shutil.copy(database, database.with_name("alone.sqlite3")))


def _open(database: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    connection.ensure_connection()


def _in_turns(
    sides: dict[str, Path], work: Callable[[], object]
) -> tuple[dict[str, float], dict[str, int]]:
    """Median seconds and number of queries on each side; opening the file is not timed."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    queries: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, database in sides.items():
            _open(database)
            with CaptureQueriesContext(connection) as captured:
                work()  # also warms what a new connection has to read first
            queries[name] = len(captured)
            gc.collect()
            taken[name].append(seconds(work))
    return {name: statistics.median(times) for name, times in taken.items()}, queries


def _fill(branches: list[Organization], year: int) -> None:
    start = dt.date(year, 1, 1)
    kinds = list(Kind)
    made = Activity.objects.bulk_create(
        Activity(
            host=branches[number % len(branches)],
            held_on=start + dt.timedelta(days=number % 365),
            title=f"活动{number}",
            status=Status.ACCEPTED,
        )
        for number in range(A_YEAR)
    )
    Credit.objects.bulk_create(
        Credit(activity=one, kind=kinds[number % len(kinds)], organization=one.host)
        for number, one in enumerate(made)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
