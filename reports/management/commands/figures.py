"""Every figure of an organization's year."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.querysets import ACCEPTED_AND_SUBMITTED, ACCEPTED_ONLY
from reports.arguments import add_year_arguments, organization_of, year_of
from reports.figures import compute_figures


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Print every figure of an organization's year with its key, label and value."
        )
        add_year_arguments(parser)
        parser.add_argument("--json", action="store_true", help=_("print JSON"))
        parser.add_argument(
            "--records", action="store_true", help=_("print the ids of the records behind each")
        )
        parser.add_argument(
            "--include-submitted", action="store_true", help=_("count submitted records too")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organization = organization_of(options["organization"])
        year = year_of(options["year"], today=timezone.localdate())
        statuses = ACCEPTED_AND_SUBMITTED if options["include_submitted"] else ACCEPTED_ONLY
        computed = compute_figures(organization, year=year, statuses=statuses)
        rows: dict[str, dict[str, Any]] = {}
        for key, figure in computed.figures.items():
            rows[key] = {
                "label": figure.definition.label,
                "value": figure.value,
                "unit": figure.definition.unit,
            }
            if options["records"]:
                rows[key] |= {"of": figure.definition.records, "records": list(figure.records)}
        if options["json"]:
            answer = {"organization": organization.code, "year": year, "figures": rows}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for key, row in rows.items():
            value = "—" if row["value"] is None else row["value"]
            self.stdout.write(f"{key}\t{row['label']}\t{value}{row['unit']}")
            if options["records"]:
                self.stdout.write("\t" + " ".join(map(str, row["records"])))
