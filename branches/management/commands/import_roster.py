"""`manage.py import_roster FILE [--check]`: organizations and members from a workbook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from branches.audit import by_command
from branches.importers import ImportRefused, import_roster, plan_roster
from branches.importers.roster import LAYOUTS
from branches.importers.summary import summary_lines
from branches.importers.workbook import read_source


class Command(BaseCommand):
    """All or nothing. Exit 1 with every error listed; the same file twice changes nothing."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _(
            "Import organizations and members from .xlsx, .xls or tab-separated text."
        )
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help=_("report only, write nothing"))

    @by_command("import_roster")
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sheets, is_partial = read_source(options["file"], LAYOUTS)
            run = plan_roster if options["check"] else import_roster
            plan = run(sheets, is_partial=is_partial)
        except ImportRefused as refusal:
            raise CommandError(refusal.report()) from None
        for line in summary_lines(plan.counts, plan.ignored, is_check=options["check"]):
            self.stdout.write(line)
