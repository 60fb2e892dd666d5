"""Draft the annual report from the records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import by_command
from reports.arguments import add_year_arguments, organization_of, year_of
from reports.services import ReportRefused, compose_report


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Draft the annual report of an organization's year from its records."
        )
        add_year_arguments(parser)
        parser.add_argument(
            "--force", action="store_true", help=_("overwrite the words of an edited report")
        )

    @by_command("compose_report")
    def handle(self, *args: Any, **options: Any) -> None:
        organization = organization_of(options["organization"])
        year = year_of(options["year"], today=timezone.localdate())
        try:
            report = compose_report(organization, year=year, force=options["force"])
        except ReportRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(_("Composed: %(title)s") % {"title": report.title})
