"""The set-up scripts, run in a small tree of their own with stand-ins for what they call."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


def make_program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def make_tree(folder: Path) -> Path:
    """The scripts and the locks, with a Python that writes down what it is asked to do."""
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("frontend"))
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    make_program(folder / ".venv/bin/python", f'echo "$@" >>"{folder}/asked"')
    return folder


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": SYSTEM_PATH, "HOME": "/nonexistent", "CI": ""} | environment
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def make_broken_shims(folder: Path) -> str:
    """A PATH on which every python is a version manager's shim that exits 127."""
    for name in ("python3.14", "python3.13", "python3.12", "python3", "uv", "pyenv"):
        make_program(folder / name, "exit 127")
    return f"{folder}:{SYSTEM_PATH}"


def test_a_python_behind_broken_shims_is_found_in_the_version_folders(tmp_path: Path) -> None:
    path = make_broken_shims(tmp_path / "shims")
    make_program(tmp_path / "pyenv/versions/3.14.0/bin/python", "exit 1")
    good = tmp_path / "pyenv/versions/3.12.1/bin/python"
    make_program(good, f'exec "{sys.executable}" "$@"')
    found = run(ROOT / "scripts/find_python", PATH=path, PYENV_ROOT=str(tmp_path / "pyenv"))
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip() == sys.executable


def test_no_python_at_all_is_one_clear_line(tmp_path: Path) -> None:
    path = make_broken_shims(tmp_path / "shims")
    found = run(ROOT / "scripts/find_python", PATH=path, PYENV_ROOT=str(tmp_path))
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.count("\n") == 1
    assert "No Python 3.12 or newer found" in found.stderr


def test_a_named_python_that_is_too_old_is_refused_and_not_replaced(tmp_path: Path) -> None:
    old = make_program(tmp_path / "python", "exit 1")
    found = run(ROOT / "scripts/find_python", PYTHON=str(old))
    assert (found.returncode, found.stdout) == (1, "")
    assert str(old) in found.stderr


def test_the_set_up_installs_the_lock_with_hashes_and_the_second_time_nothing(
    tmp_path: Path,
) -> None:
    tree = make_tree(tmp_path)
    first = run(tree / "scripts/setup", "run")
    assert first.returncode == 0, first.stderr
    asked = (tree / "asked").read_text()
    assert "-m pip install" in asked
    assert "--require-hashes -r requirements/base.txt" in asked

    (tree / "asked").write_text("")
    second = run(tree / "scripts/setup", "run")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert "pip" not in (tree / "asked").read_text()


def test_a_changed_lock_is_installed_anew(tmp_path: Path) -> None:
    tree = make_tree(tmp_path)
    run(tree / "scripts/setup", "run")
    (tree / "asked").write_text("")
    with (tree / "requirements/base.txt").open("a") as lock:
        lock.write("# another line\n")
    run(tree / "scripts/setup", "run")
    assert "-m pip install" in (tree / "asked").read_text()


def test_a_missing_system_package_stops_the_run_that_guards_the_project_only(
    tmp_path: Path,
) -> None:
    tree = make_tree(tmp_path / "tree")
    run(tree / "scripts/setup", "run")
    make_program(tree / ".venv/bin/python", 'if [ "$1" = - ]; then echo libpango-1.0-0; fi')
    # `id` answers as a user who may not install anything.
    make_program(tmp_path / "bin/id", "echo 1000")
    path = f"{tmp_path / 'bin'}:{SYSTEM_PATH}"

    at_home = run(tree / "scripts/setup", "run", PATH=path)
    assert at_home.returncode == 0
    assert "sudo apt-get install libpango-1.0-0" in at_home.stderr
    guarded = run(tree / "scripts/setup", "run", PATH=path, CI="true")
    assert guarded.returncode == 1


def test_the_throw_away_postgres_serves_one_command_and_is_gone(tmp_path: Path) -> None:
    """Where PostgreSQL is not installed, the script says so and fails."""
    script = ROOT / "scripts/with_postgres"
    say = (
        "import os, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as connection:\n"
        "    print(connection.execute('show data_directory').fetchone()[0])\n"
        "raise SystemExit(7)"
    )
    answer = run(script, sys.executable, "-c", say, TMPDIR="/tmp")
    if run(script, "--find").returncode:
        assert (answer.returncode, answer.stdout) == (1, "")
        return
    assert answer.returncode == 7, answer.stderr
    assert answer.stdout.startswith("/tmp/throwaway-postgres.")
    assert not Path(answer.stdout.strip()).exists()
    assert answer.stderr == ""


@pytest.mark.parametrize(
    "script", sorted(path.name for path in (ROOT / "scripts").iterdir() if not path.suffix)
)
def test_every_script_is_valid_shell_and_may_be_run(script: str) -> None:
    path = ROOT / "scripts" / script
    if path.is_dir():
        return
    assert os.access(path, os.X_OK)
    assert run("bash", "-n", path).stderr == ""
