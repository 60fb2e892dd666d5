"""Whether everything that was written is still as it was written."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches import audit_guard
from branches import integrity as of_branches
from branches.models import AuditHead
from meetings import integrity as of_meetings
from reports import integrity as of_reports


class Command(BaseCommand):
    """Exit 1 with a line for each finding. Changes nothing, unless asked to restore triggers."""

    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Check files against rows, kept totals against counts, snapshots and revisions against "
            "their checksums, and the chain of the audit log."
        )
        parser.add_argument(
            "--noted",
            metavar="NUMBER:HASH",
            help=_("an entry of the audit log that was written down earlier"),
        )
        parser.add_argument(
            "--restore-triggers",
            action="store_true",
            help=_("create the missing triggers of the audit log anew, after reporting them"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        noted = options["noted"]
        found = 0
        for line in chain(
            of_branches.faults(),
            of_branches.faults_of_noted_head(noted) if noted else (),
            of_meetings.faults(),
            of_reports.faults(),
        ):
            found += 1
            self.stdout.write(line)
        if options["restore_triggers"] and audit_guard.missing(connection):
            audit_guard.install(connection)
            self.stdout.write(_("The triggers of the audit log were created anew."))
        head = AuditHead.objects.first()
        if head is not None:
            self.stdout.write(
                _("The audit log ends with entry %(noted)s.")
                % {"noted": f"{head.number}:{head.hash}"}
            )
        if found:
            raise CommandError(
                ngettext("%(number)d finding.", "%(number)d findings.", found) % {"number": found}
            )
        self.stdout.write(_("Everything is as it was written."))
