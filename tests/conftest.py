"""What every test stands on: a data folder of its own, quick password hashes, and the name of
the database engine on top of the run."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

# What an example may take depends on the machine; time is measured in tests/bench alone.
hypothesis.settings.register_profile("house", deadline=None)
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


@pytest.fixture(autouse=True)
def _no_language_left_behind() -> Iterator[None]:
    """A request in another language activates it for the thread, and the test client keeps it."""
    yield
    translation.deactivate()
