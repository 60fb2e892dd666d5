"""What the commands are told: an organization's code and a year, checked in plain words."""

import datetime as dt

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from branches.models import Organization

FIRST_YEAR = 1921


def add_year_arguments(parser: CommandParser) -> None:
    """`--organization CODE --year Y`, both required."""
    parser.add_argument("--organization", required=True, metavar="CODE")
    parser.add_argument("--year", required=True, metavar="Y")


def organization_of(code: str) -> Organization:
    """The organization with the code. CommandError when there is none."""
    try:
        return Organization.objects.get(code=code)
    except Organization.DoesNotExist:
        raise CommandError(
            _("There is no organization with the code “%(code)s”.") % {"code": code}
        ) from None


def year_of(text: str, *, today: dt.date) -> int:
    """A year that has begun. CommandError for anything else."""
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= today.year:
        return int(text)
    raise CommandError(
        _("“%(text)s” is not a year between %(first)d and %(last)d.")
        % {"text": text, "first": FIRST_YEAR, "last": today.year}
    )
