"""`manage.py appoint`."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from branches.models import Appointment, User
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def _appoint(*arguments: str) -> str:
    said = io.StringIO()
    call_command("appoint", *arguments, stdout=said)
    return said.getvalue()


def test_a_new_user_is_created_with_a_password_printed_once() -> None:
    branch = make_organization()
    said = _appoint(
        "zhang", "--name", " 张 三 ", "--role", "secretary", "--organization", branch.code
    )
    user = User.objects.get(username="zhang")
    password = re.search(r"密码：(\S+)", said)
    assert password is not None
    assert user.check_password(password[1])
    assert user.name == "张 三"
    appointment = user.appointments.get()
    assert (appointment.role, appointment.organization) == ("SECRETARY", branch)
    assert appointment.started_on == timezone.localdate()


def test_two_new_users_have_two_passwords() -> None:
    make_organization()
    words = [
        _appoint(name, "--role", "RECORDER", "--organization", "A01").split("密码：")[1][:14]
        for name in ("one", "two")
    ]
    assert words[0] != words[1]


def test_a_user_who_exists_keeps_the_password_and_is_appointed_once() -> None:
    make_organization()
    user = make_user("zhang", name="旧名")
    before = user.password
    for _time in range(2):
        said = _appoint("zhang", "--name", "新名", "--role", "RECORDER", "--organization", "A01")
        assert "密码" not in said
    user.refresh_from_db()
    assert (user.password, user.name) == (before, "新名")
    assert Appointment.objects.count() == 1


def test_an_auditor_is_appointed_for_the_site() -> None:
    _appoint("audit", "--role", "AUDITOR")
    assert Appointment.objects.get().organization is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["zhang", "--role", "SECRETARY"],
        ["zhang", "--role", "SECRETARY", "--organization", "NOBODY"],
        ["zhang", "--role", "AUDITOR", "--organization", "A01"],
        ["zhang", "--role", "KING", "--organization", "A01"],
        ["zhang three", "--role", "SECRETARY", "--organization", "A01"],
    ],
)
def test_what_cannot_be_appointed_is_refused_whole(arguments: list[str]) -> None:
    make_organization()
    with pytest.raises(CommandError):
        _appoint(*arguments)
    assert not User.objects.exists()
