"""What the tests of a report's pages share: its addresses and what a browser would send."""

from typing import Any

from django.test import Client
from django.urls import reverse

from reports.forms import digest_of
from reports.models import AnnualReport
from tests.reports.small_year import YEAR

ARGS = ["D00", YEAR]
DETAIL = "report_detail"


def url(name: str, *more: Any) -> str:
    return reverse(name, args=[*ARGS, *more])


def typed(client: Client, **changes: str) -> dict[str, str]:
    """What the browser would send from the editor, with the changes typed in."""
    form = client.get(url(DETAIL)).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields |= {f"shown_{section.key}": digest_of(section) for section in form.sections}
    return {name: "" if value is None else str(value) for name, value in fields.items()} | changes


def text_of(report: AnnualReport, key: str) -> str:
    return report.sections.get(key=key).body


def rows(*items: dict[str, str], version: int = 1) -> dict[str, str]:
    fields = {
        "version": str(version),
        "items-TOTAL_FORMS": str(len(items)),
        "items-INITIAL_FORMS": "0",
    }
    for number, item in enumerate(items):
        fields |= {f"items-{number}-{name}": value for name, value in item.items()}
    return fields
