"""Whether final reports are as they were frozen."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.models import AnnualReport, ReportStatus
from reports.services import checksum_of


def faults() -> Iterator[str]:
    """A line for people for each final report whose snapshot is not the one of its checksum."""
    final = AnnualReport.objects.filter(status=ReportStatus.FINAL).select_related("organization")
    for report in final.order_by("pk").iterator(chunk_size=100):
        if checksum_of(report.snapshot or {}) != report.snapshot_checksum:
            yield _("The final report of %(code)s for %(year)d was altered.") % {
                "code": report.organization.code,
                "year": report.year,
            }
