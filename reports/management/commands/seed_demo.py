"""The demo bureau, for a look at everything: into an empty database only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import by_command
from branches.models import Organization, Role
from reports.demo import FIRST_YEAR, LAST_YEAR
from reports.demo.desk import ACCOUNTS, PASSWORD
from reports.seeding import DatabaseInUse, seed_demo, seeded_year


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _("Fill an empty database with the demo bureau and print its logins.")
        parser.add_argument(
            "--year", metavar="Y", help=_("year of the records (the last whole one)")
        )

    @by_command("seed_demo")
    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        year = self._year(options["year"], last=min(today.year, LAST_YEAR), default=today.year - 1)
        there = seeded_year()
        if there is not None:
            self.stdout.write(
                _("The demo bureau is there already, with the records of %(year)d.")
                % {"year": there}
            )
        else:
            try:
                seed_demo(year=year, today=today)
            except DatabaseInUse:
                raise CommandError(
                    _(
                        "This database holds other data. The demo bureau goes into an empty one: "
                        "set another DATA_DIR or DATABASE_URL."
                    )
                ) from None
            self.stdout.write(
                _("The demo bureau was written, with the records of %(year)d.") % {"year": year}
            )
        self._print_logins()

    def _year(self, text: str | int | None, *, last: int, default: int) -> int:
        if text is None:
            return min(default, last)
        text = str(text)
        if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= last:
            return int(text)
        raise CommandError(
            _("“%(text)s” is not a year between %(first)d and %(last)d.")
            % {"text": text, "first": FIRST_YEAR, "last": last}
        )

    def _print_logins(self) -> None:
        names = dict(Organization.objects.values_list("code", "short_name"))
        self.stdout.write(_("Logins, all with the password %(password)s:") % {"password": PASSWORD})
        for account in ACCOUNTS:
            scope = names.get(account.code) or _("the whole site")
            role = Role(account.role).label
            appointment = _("%(role)s of %(place)s") % {"role": role, "place": scope}
            self.stdout.write(f"  {account.username:<11} {account.name}  {appointment}")
