"""Background work of reports: the PDF is rendered before somebody asks for it."""

from functools import partial

from django.db import transaction
from django.tasks import task

from reports.documents import document_of
from reports.exporters import export
from reports.models import AnnualReport


@task()
def prepare_files(report_id: int) -> None:
    """Render the report's PDF into the exporters' cache.

    Idempotent: a document that is cached already costs a look at the disk. A report that is no
    longer there, or was changed since, needs nothing.
    """
    report = AnnualReport.objects.select_related("organization").filter(pk=report_id).first()
    if report is not None:
        export(document_of(report), "pdf")


def prepare_later(report: AnnualReport) -> None:
    """Ask the background worker for the files, once what was saved is on disk."""
    transaction.on_commit(partial(prepare_files.enqueue, report.pk))
