"""Writes the demo bureau's newest annual report as PDF and prints where: `make run` shows it."""

import io
import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from reports.models import AnnualReport  # noqa: E402

report = (
    AnnualReport.objects.filter(organization__depth=1)
    .select_related("organization")
    .order_by("year")
    .last()
)
if report is None:
    sys.exit("no annual report is stored")
folder = settings.DATA_DIR / "demo"
folder.mkdir(exist_ok=True)
output = folder / f"{report.organization.code}-{report.year}.pdf"
call_command(
    "export_report",
    f"--organization={report.organization.code}",
    f"--year={report.year}",
    "--format=pdf",
    f"--output={output}",
    stdout=io.StringIO(),
)
print(output)
