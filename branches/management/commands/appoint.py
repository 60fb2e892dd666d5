"""`manage.py appoint USERNAME --role ROLE --organization CODE [--name NAME]`: open the door."""

import datetime as dt
import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import Outcome, act, by_command
from branches.clean import clean_line
from branches.models import Appointment, Organization, Role, User
from branches.password_rules import classes_of
from branches.pinyin import sort_key_of
from branches.services.appointments import appoint

# Without the characters that look alike on paper: 0 O, 1 I l.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_LENGTH = 14


class Command(BaseCommand):
    """Appoints a user from today on, and creates the account when there is none.

    A new account's password is printed once and kept nowhere. The same appointment twice changes
    nothing. Exit 1 for an unknown organization, or one where the role takes none.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _(
            "Appoint a user to a role in an organization, creating the account when missing."
        )
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--role", required=True, choices=Role.values, type=str.upper)
        parser.add_argument("--organization", metavar="CODE", help=_("none for an auditor"))
        parser.add_argument("--name", default="", help=_("the person's name, shown on the pages"))

    @by_command("appoint")
    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        role = Role(options["role"])
        organization = _organization(options["organization"], role)
        with act("user.appoint", organization=organization) as told:
            user, password = _account(options["username"], clean_line(options["name"]))
            is_new = _appoint(user, role, organization, on=today)
            told.concerns(user)
            if password:
                told.created(user, username=user.username, name=user.name)
            if not (password or is_new):
                told.outcome = Outcome.REFUSED
        if password:
            self.stdout.write(
                _("Account %(username)s created. Password: %(password)s")
                % {"username": user.username, "password": password}
            )
            self.stdout.write(_("It is shown this once and kept nowhere."))
        done = (
            _("%(username)s is appointed: %(appointment)s.")
            if is_new
            else _("%(username)s is already appointed: %(appointment)s.")
        )
        place = organization.name if organization else _("the whole site")
        appointment = _("%(role)s of %(place)s") % {"role": role.label, "place": place}
        self.stdout.write(done % {"username": user.username, "appointment": appointment})


def _organization(code: str | None, role: Role) -> Organization | None:
    if role == Role.AUDITOR:
        if code:
            raise CommandError(_("An auditor is appointed for the site: leave --organization out."))
        return None
    if not code:
        raise CommandError(
            _("Name the organization of the %(role)s with --organization CODE.")
            % {"role": role.label}
        )
    try:
        return Organization.objects.get(code=code)
    except Organization.DoesNotExist:
        raise CommandError(
            _("There is no organization with the code “%(code)s”.") % {"code": code}
        ) from None


def _account(username: str, name: str) -> tuple[User, str]:
    """The account, and its password if it was created just now."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        if name and name != user.name:
            user.name, user.sort_key = name, sort_key_of(name)
            user.save(update_fields=["name", "sort_key"])
        return user, ""
    password = _new_password()
    user = User(username=username, name=name, sort_key=sort_key_of(name))
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as refusal:
        raise CommandError(" ".join(refusal.messages)) from None
    user.save()
    return user, password


def _appoint(user: User, role: Role, organization: Organization | None, *, on: dt.date) -> bool:
    """Whether the appointment had to be made."""
    mine = Appointment.objects.in_force(on).filter(user=user, role=role, organization=organization)
    if mine.exists():
        return False
    appoint(user, role=role, organization=organization, started_on=on, by=None, at=timezone.now())
    return True


def _new_password() -> str:
    """One of three classes of characters, the most that a profile asks for."""
    while True:
        made = "".join(secrets.choice(ALPHABET) for _place in range(PASSWORD_LENGTH))
        if classes_of(made) == 3:
            return made
