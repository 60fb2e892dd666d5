"""The numbers of a security profile, from the environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TELL = """
import json
from django.conf import settings
rules = {one["NAME"].split(".")[-1]: one.get("OPTIONS", {}) for one in
         settings.AUTH_PASSWORD_VALIDATORS}
print(json.dumps([
    rules["MinimumLengthValidator"]["min_length"],
    rules["CharacterClassesValidator"]["min_classes"],
    settings.AXES_FAILURE_LIMIT,
    settings.AXES_COOLOFF_TIME.total_seconds() / 60,
    settings.SESSION_COOKIE_AGE,
    settings.SESSION_ABSOLUTE_AGE,
    settings.PASSWORD_LINK_HOURS,
]))
"""


def settings_with(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    return subprocess.run(
        [sys.executable, "-c", TELL],
        env=kept | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(tmp_path)} | given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ({}, [8, 3, 5, 30, 1800, 43200, 72]),
        ({"SECURITY_PROFILE": "strict"}, [12, 3, 3, 60, 600, 28800, 24]),
        ({"SECURITY_PROFILE": "strict", "LOGIN_TRIES": "4"}, [12, 3, 4, 60, 600, 28800, 24]),
    ],
)
def test_a_profile_gives_the_numbers_and_each_may_be_given_by_itself(
    tmp_path: Path, given: dict[str, str], numbers: list[int]
) -> None:
    assert json.loads(settings_with(tmp_path, **given).stdout) == numbers


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECURITY_PROFILE", "lax"), ("LOGIN_TRIES", "0"), ("SESSION_IDLE_SECONDS", "soon")],
)
def test_a_value_that_makes_no_sense_stops_the_start(tmp_path: Path, name: str, value: str) -> None:
    answer = settings_with(tmp_path, **{name: value})
    assert answer.returncode != 0
    assert name in answer.stderr or value in answer.stderr
