"""`make run` from its port check to its end, with stand-ins for the site and the worker."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MANAGE = """
import os, pathlib, sys, time
deed = sys.argv[1]
with open("deeds", "a") as deeds:
    deeds.write(deed + "\\n")
if deed == "seed_demo":
    print("secretary / demo-password")
    sys.exit(int(os.environ.get("SEED_EXIT", "0")))
if deed == "db_worker":
    pathlib.Path("worker").write_text(str(os.getpid()))
    time.sleep(60)
"""
GUNICORN = """
import http.server, os, pathlib
pathlib.Path("web").write_text(str(os.getpid()))
address = (os.environ["HOST"], int(os.environ["PORT"]))
http.server.ThreadingHTTPServer(address, http.server.BaseHTTPRequestHandler).serve_forever()
"""


def make_site(folder: Path) -> Path:
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/run", folder / "scripts/run")
    (folder / "scripts/setup").write_text("#!/bin/sh\n")
    (folder / "scripts/setup").chmod(0o755)
    (folder / "scripts/demo_report.py").write_text("print('demo/annual.pdf')\n")
    (folder / "manage.py").write_text(MANAGE)
    (folder / "gunicorn").mkdir()
    (folder / "gunicorn/__main__.py").write_text(GUNICORN)
    (folder / "static").mkdir()
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to(sys.executable)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(site: Path, port: int, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [site / "scripts/run"],
        env=os.environ | {"PORT": str(port), "DATA_DIR": str(site / "var")} | environment,
        stdout=(site / "said").open("w"),
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until(happened: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Whether the process exists and is not merely waiting to be buried."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def pids(site: Path) -> tuple[int, int]:
    return int((site / "web").read_text()), int((site / "worker").read_text())


def serving(site: Path) -> bool:
    return "Serving" in (site / "said").read_text()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_stopping_the_site_stops_the_worker_too(tmp_path: Path, sent: signal.Signals) -> None:
    site, port = make_site(tmp_path), free_port()
    process = start(site, port)
    wait_until(lambda: serving(site))
    wait_until((site / "worker").exists)
    web, worker = pids(site)
    process.send_signal(sent)
    assert process.wait(timeout=90) == 0
    assert not is_running(web)
    assert not is_running(worker)


def test_a_killed_script_leaves_no_orphan(tmp_path: Path) -> None:
    site, port = make_site(tmp_path), free_port()
    process = start(site, port)
    wait_until(lambda: serving(site))
    wait_until((site / "worker").exists)
    web, worker = pids(site)
    process.kill()
    process.wait(timeout=90)
    if shutil.which("setpriv"):
        wait_until(lambda: not is_running(web) and not is_running(worker))
    else:  # no such help from this kernel: the test clears up after itself
        os.kill(web, signal.SIGTERM)
        os.kill(worker, signal.SIGTERM)


def test_a_dead_web_server_ends_the_worker_and_the_script(tmp_path: Path) -> None:
    site, port = make_site(tmp_path), free_port()
    process = start(site, port)
    wait_until(lambda: serving(site))
    wait_until((site / "worker").exists)
    web, worker = pids(site)
    os.kill(web, signal.SIGKILL)
    assert process.wait(timeout=90) == 1
    assert not is_running(worker)


def test_the_last_lines_are_address_logins_report_in_this_order(tmp_path: Path) -> None:
    site, port = make_site(tmp_path), free_port()
    process = start(site, port)
    wait_until(lambda: serving(site))
    process.terminate()
    process.wait(timeout=90)
    said = [line for line in (site / "said").read_text().splitlines() if line]
    assert said == [
        "Preparing the database and the demo bureau ...",
        f"Site:    http://127.0.0.1:{port}/",
        "secretary / demo-password",
        "Report:  demo/annual.pdf",
        "Serving; Ctrl-C stops it.",
        "Stopped.",
    ]
    deeds = (site / "deeds").read_text().split()
    assert deeds == ["migrate", "collectstatic", "seed_demo", "db_worker"]


def test_a_database_with_other_data_is_served_without_demo_logins(tmp_path: Path) -> None:
    site, port = make_site(tmp_path), free_port()
    process = start(site, port, SEED_EXIT="1")
    wait_until(lambda: serving(site))
    process.terminate()
    process.wait(timeout=90)
    assert "Report:" not in (site / "said").read_text()


def test_a_taken_port_is_one_line_and_starts_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(site, port)
        assert process.wait(timeout=90) == 1
    said = (site / "said").read_text()
    assert said.count("\n") == 1
    assert f"Port {port}" in said
    assert "PORT=8001 make run" in said
    assert not (site / "deeds").exists()
