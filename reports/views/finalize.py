"""Making a report final."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.access import Deed
from reports.documents import document_of
from reports.forms import StepForm
from reports.models import ReportStatus
from reports.services import ReportRefused, StaleReport, finalize_report
from reports.tasks import prepare_later
from reports.views.loading import load_report


@require_http_methods(["GET", "HEAD", "POST"])
def report_finalize(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Ask, then freeze the report with its numbers; the administrator's step."""
    report = load_report(request, code, year, deed=Deed.REVIEW)
    if report.status == ReportStatus.FINAL:
        messages.error(request, _("This report is final. Its text and numbers do not change."))
        return redirect("report_detail", code=code, year=year)
    form = StepForm(request.POST or None, initial={"version": report.version})
    if request.method == "POST" and form.is_valid():
        try:
            saved = finalize_report(report, expected_version=form.cleaned_data["version"])
        except StaleReport:
            messages.error(
                request,
                _("The report was changed in the meantime. Read it again before you decide."),
            )
        except ReportRefused as refusal:
            messages.error(request, str(refusal))
        else:
            prepare_later(saved)
            messages.success(request, _("The report is final."))
        return redirect("report_detail", code=code, year=year)
    document = document_of(report)
    context = {
        "report": report,
        "organization": report.organization,
        "year": year,
        "form": form,
        "places": [
            run.text for block in document.blocks for run in block.runs if run.is_placeholder
        ],
        "date_is_open": report.dated_on is None,
        "breadcrumbs": [
            (_("Annual reports"), reverse("report_list")),
            (
                f"{report.organization.label} · {year}",
                reverse("report_detail", args=[code, year]),
            ),
            (_("Make final"), ""),
        ],
    }
    return render(request, "reports/report_finalize.html", context)
