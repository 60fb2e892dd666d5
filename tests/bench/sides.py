"""Two files of one site, large and small, asked the same in turns."""

import gc
import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from branches.models import User
from tests.bench.rounds import seconds

ROUNDS = 15


def copy_of(database: Path, name: str) -> Path:
    """The database that is open, copied beside it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Path(shutil.copy(database, database.with_name(f"{name}.sqlite3")))


def open_side(database: Path) -> None:
    """From here on the connection reads this file."""
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    connection.ensure_connection()


def in_turns(
    sides: dict[str, Path], work: Callable[[], object]
) -> tuple[dict[str, float], dict[str, int]]:
    """Median seconds and number of queries on each side; opening the file is not timed."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    queries: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, database in sides.items():
            open_side(database)
            with CaptureQueriesContext(connection) as captured:
                work()  # also warms what a new connection has to read first
            # Once a minute a request also notes in its session that the user is still there.
            queries[name] = min(len(captured), queries.get(name, len(captured)))
            gc.collect()
            taken[name].append(seconds(work))
    return {name: statistics.median(times) for name, times in taken.items()}, queries


@contextmanager
def served(sides: dict[str, Path]) -> Iterator[Callable[..., None]]:
    """Reading an address of the site as its administrator or as the user named, on whichever
    side is open."""
    clients: dict[tuple[str, str], Client] = {}

    def get(address: str, username: str = "admin") -> None:
        key = (connection.settings_dict["NAME"], username)
        if key not in clients:  # a session in each file
            clients[key] = Client()
            clients[key].force_login(User.objects.get(username=username))
        answer = clients[key].get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    with override_settings(
        ALLOWED_HOSTS=["testserver"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        for database in sides.values():
            open_side(database)
            get("/")
        yield get
