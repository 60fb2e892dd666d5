"""Write the annual report to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import by_command, note
from reports.arguments import add_year_arguments, organization_of, year_of
from reports.documents import document_for
from reports.exporters import FORMATS, export


class Command(BaseCommand):
    # They read every page of the site, which costs as much as printing does.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _("Write an organization's annual report as HTML, PDF or Word.")
        add_year_arguments(parser)
        parser.add_argument("--format", required=True, help=" | ".join(FORMATS))
        parser.add_argument("--output", required=True, metavar="FILE", type=Path)

    @by_command("export_report")
    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in FORMATS:
            raise CommandError(
                _("“%(format)s” is not a format. There are: %(formats)s.")
                % {"format": options["format"], "formats": "、".join(FORMATS)}
            )
        organization = organization_of(options["organization"])
        year = year_of(options["year"], today=timezone.localdate())
        file = export(document_for(organization, year=year), options["format"])
        try:
            options["output"].write_bytes(file.content)
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: %(reason)s")
                % {"path": options["output"], "reason": error.strerror}
            ) from None
        note("report.download", organization=organization, year=year, format=options["format"])
        self.stdout.write(str(options["output"]))
