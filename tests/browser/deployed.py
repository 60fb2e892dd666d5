"""The site as it is deployed, on the database of a test: gunicorn in processes of its own, static
files collected and squeezed. The live server of other tests is a thread and cannot be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

COMMAND = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "config.wsgi")
PATIENCE = 60.0  # seconds until a start counts as failed


class DeployedSite:
    """Started, killed and started again at one address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *COMMAND],
            cwd=settings.BASE_DIR,
            env=environment(self.folder) | {"PORT": str(self.port)},
            start_new_session=True,  # a group of its own, killed whole
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/login/", timeout=PATIENCE):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the site did not start")

    def kill(self) -> None:
        """kill -9 of all its processes at once."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def environment(folder: Path) -> dict[str, str]:
    """What the deployed site is started with; sessions and passwords of the test hold there."""
    left_out = ("DEBUG", "DJANGO_SETTINGS_MODULE", "WEB_WORKERS", "WEB_THREADS", "ALLOWED_HOSTS")
    outer = {name: value for name, value in os.environ.items() if name not in left_out}
    return outer | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": _database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
    }


def collect_static(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATA_DIR": str(folder)},
        check=True,
    )


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
