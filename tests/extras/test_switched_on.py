"""The tests of the extras, each in a process of its own in which the extra is switched on."""

import os
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def run(*arguments: str, data_dir: Path, **switched_on: str) -> str:
    """What Python said, on SQLite with a data folder of its own."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment | switched_on,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_two_factor_login_does_what_its_tests_say(tmp_path: Path) -> None:
    told = run(
        "-m", "pytest", "-q", "tests/extras/two_factor", data_dir=tmp_path, TWO_FACTOR="optional"
    )
    found = re.search(r"(\d+) passed", told)
    assert found and int(found[1]) > 20, told


def test_all_extras_together_start_without_a_warning(tmp_path: Path) -> None:
    sso = {
        name: "http://127.0.0.1:1"
        for name in ("SSO_SERVER_URL", "SSO_CLIENT_ID", "SSO_CLIENT_SECRET")
    }
    arguments = ("manage.py", "check", "--fail-level", "WARNING")
    assert "no issues" in run(*arguments, data_dir=tmp_path, TWO_FACTOR="everyone", **sso)


def test_switched_off_nothing_of_them_is_loaded(tmp_path: Path) -> None:
    packages = ("allauth", "qrcode", "ldap", "django_auth_ldap")
    own = ("branches.two_factor", "branches.directory", "branches.single_sign_on")
    code = (
        "import sys, config.urls, config.wsgi\n"
        f"print(sorted(one for one in sys.modules if one.split('.')[0] in {packages}"
        f" or one in {own}))"
    )
    assert run("manage.py", "shell", "--verbosity=0", "-c", code, data_dir=tmp_path).strip() == "[]"
