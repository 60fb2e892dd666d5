"""`manage.py import_activities FILE [--check] [--as-draft]`: activities from a workbook."""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import by_command
from branches.importers import ImportRefused
from branches.importers.summary import summary_lines
from branches.importers.workbook import read_source
from meetings.importers import LAYOUTS, import_activities, plan_activities


class Command(BaseCommand):
    """All or nothing. Exit 1 with every error listed; the same file twice changes nothing."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _(
            "Import activities from .xlsx, .xls or tab-separated text as accepted records."
        )
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help=_("report only, write nothing"))
        parser.add_argument(
            "--as-draft",
            action="store_true",
            help=_("import as drafts instead of accepted records"),
        )

    @by_command("import_activities")
    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        today = timezone.localdate()
        try:
            sheets, is_partial = read_source(path, LAYOUTS)
            run = (
                plan_activities
                if options["check"]
                else partial(import_activities, as_draft=options["as_draft"])
            )
            plan = run(sheets, today=today, file_name=path.name, is_partial=is_partial)
        except ImportRefused as refusal:
            raise CommandError(refusal.report()) from None
        is_check = options["check"]
        for line in summary_lines(plan.counts, plan.ignored, plan.notes, is_check=is_check):
            self.stdout.write(line)
