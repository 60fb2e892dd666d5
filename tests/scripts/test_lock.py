"""The locked packages: complete, hashed, and free of any address."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
LOCKS = ["base.txt", "sso.txt", "two_factor.txt", "ldap.txt", "dev.txt"]


def wanted(name: str) -> list[Requirement]:
    lines = (REQUIREMENTS / name).read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def pinned(name: str) -> dict[str, str]:
    """Name to version, of the lines `name==version ; marker \\`."""
    pins = re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", (REQUIREMENTS / name).read_text(), re.M)
    return {canonicalize_name(package): version for package, version in pins}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_local_build(lock: str) -> None:
    text = (REQUIREMENTS / lock).read_text()
    assert re.findall(r"https?:|file:|--index|--extra|--find|--trusted|==\S*\+", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_carries_a_hash(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", (REQUIREMENTS / lock).read_text(), flags=re.M)
    pins = [block for block in blocks if "==" in block]
    assert len(pins) == len(pinned(lock)) > 20
    assert [block for block in pins if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    ("source", "lock"),
    [
        ("base.in", "base.txt"),
        ("base.in", "sso.txt"),
        ("sso.in", "sso.txt"),
        ("base.in", "two_factor.txt"),
        ("two_factor.in", "two_factor.txt"),
        ("base.in", "ldap.txt"),
        ("ldap.in", "ldap.txt"),
        ("base.in", "dev.txt"),
        ("two_factor.in", "dev.txt"),
        ("sso.in", "dev.txt"),
        ("dev.in", "dev.txt"),
    ],
)
def test_every_direct_requirement_is_pinned_within_its_bounds(source: str, lock: str) -> None:
    pins = pinned(lock)
    for requirement in wanted(source):
        version = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement}: {version}"


def test_the_tests_run_on_the_very_versions_that_the_site_runs_on() -> None:
    for lock in LOCKS:
        assert pinned("base.txt").items() <= pinned(lock).items()
        # Compiled at installation, by what not every machine has: with a runner of its own.
        assert lock == "ldap.txt" or pinned(lock).items() <= pinned("dev.txt").items()


def test_what_is_tested_apart_is_pinned_alike() -> None:
    """scripts/test_ldap installs both: no package may stand in them with two versions."""
    apart, tested = pinned("ldap.txt"), pinned("dev.txt")
    assert [one for one in apart.keys() & tested.keys() if apart[one] != tested[one]] == []
    assert "python-ldap" not in tested


@pytest.mark.parametrize("source", ["base.in", "sso.in", "two_factor.in", "ldap.in", "dev.in"])
def test_every_direct_dependency_has_its_reason_on_paper(source: str) -> None:
    page = (REQUIREMENTS.parent / "docs" / "dependencies.md").read_text()
    rows = set(re.findall(r"^\| `([^`\[]+)", page, re.M))
    assert {requirement.name for requirement in wanted(source)} - rows == set()
