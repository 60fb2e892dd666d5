"""What every test stands on: a data folder of its own, quick password hashes, and the name of
the database engine on top of the run."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from branches import audit_guard

# What an example may take depends on the machine; time is measured in tests/bench alone.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


def pytest_report_header() -> str:
    """`database: sqlite` or `database: postgresql`, so that a log tells which run it is."""
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Generated files go to a temporary folder; a login costs microseconds, not a quarter of a
    second of Argon2 (the real hasher has its own test)."""
    data_dir: Path = tmp_path_factory.mktemp("data")
    with override_settings(
        DATA_DIR=data_dir,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite tests in a file, as the site runs: every thread has a connection of its own there.

    In memory one connection would serve the test and all threads of the live server, which
    SQLite answers now and then with "bad parameter or other API misuse". A test database need
    not survive a power cut, so it does not wait for the disk.
    """
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace(
            "synchronous=FULL", "synchronous=OFF"
        )


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_without_the_guard() -> Iterator[None]:
    """After a test with real transactions all tables are emptied, which the triggers of the audit
    log refuse; they are back for the next test. A test within one transaction never lifts them."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(test: TransactionTestCase) -> None:
        audit_guard.remove(connection)
        try:
            empty(test)
        finally:
            audit_guard.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def _no_language_left_behind() -> Iterator[None]:
    """A request in another language activates it for the thread, and the test client keeps it."""
    yield
    translation.deactivate()
