"""The report itself: its text to edit beside the preview, or the final document to read."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches import access
from branches.access import Deed
from branches.audit import act
from branches.models import Organization
from meetings.querysets import ACCEPTED_AND_SUBMITTED, ACCEPTED_ONLY
from reports.composer import Document, SectionDraft, assemble
from reports.documents import (
    all_bounds,
    bounds_of,
    build_document,
    changes_since,
    current_sections,
    document_of,
    figures_of,
    plan_lines,
)
from reports.exporters.html import body_context
from reports.figures import YearFigures, compute_figures
from reports.forms import ReportForm
from reports.models import AnnualReport, ReportStatus
from reports.services import ReportRefused, StaleReport, redraft_section, save_text
from reports.tasks import prepare_later
from reports.views.loading import load_organization, load_report


@require_http_methods(["GET", "HEAD", "POST"])
def report_detail(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The report of a year: an editor with its preview, a text to read, or the way to one."""
    deed = Deed.SUBMIT if request.method == "POST" else Deed.READ
    organization = load_organization(request, code, year, deed=deed)
    report = (
        AnnualReport.objects.select_related("organization")
        .filter(organization=organization, year=year)
        .first()
    )
    if report is None:
        return render(request, "reports/report_missing.html", _context(request, organization, year))
    if report.status == ReportStatus.FINAL:
        if request.method == "POST":
            messages.error(request, _("This report is final. Its text and numbers do not change."))
            return redirect("report_detail", code=code, year=year)
        return _show_final(request, report)
    figures = figures_of(report)
    form = _form(request, report, figures)
    if request.method == "POST" and form.is_valid():
        return _save(request, report, form)
    if form.is_bound:
        return _show_editor(request, report, form, figures, status=422)
    return _show_editor(request, report, form, figures)


@require_POST
def report_preview(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """How the posted text would read. Nothing is saved.

    htmx gets the piece to swap in; a plain press of the button the whole page.
    """
    report = load_report(request, code, year, deed=Deed.SUBMIT)
    if report.status == ReportStatus.FINAL:
        return redirect("report_detail", code=code, year=year)
    figures = figures_of(report)
    form = _form(request, report, figures)
    form.is_valid()
    if "HX-Request" not in request.headers:
        return _show_editor(request, report, form, figures)
    return render(
        request,
        "reports/_preview.html",
        _preview_of(report, _document(report, form, figures), is_beside_form=True),
    )


def _form(request: HttpRequest, report: AnnualReport, figures: YearFigures) -> ReportForm:
    return ReportForm(
        request.POST if request.method == "POST" else None,
        report=report,
        sections=current_sections(report, figures),
        bounds=all_bounds(figures),
    )


def _save(request: HttpRequest, report: AnnualReport, form: ReportForm) -> HttpResponse:
    try:
        with act("report.detail", subject=report, organization=report.organization):
            saved = save_text(
                report,
                own=form.own,
                texts=form.changed_texts,
                expected_version=form.cleaned_data["version"],
            )
            if key := request.POST.get("redraft"):
                saved = redraft_section(saved, key, expected_version=saved.version)
        if key:
            messages.success(request, _("Saved. The section was drafted anew from the records."))
        else:
            messages.success(request, _("Saved."))
    except StaleReport as stale:
        return _show_conflict(request, stale.current, form)
    except ReportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        prepare_later(saved)
    return redirect("report_detail", code=report.organization.code, year=report.year)


def _document(report: AnnualReport, form: ReportForm, figures: YearFigures) -> Document:
    """The document as the form reads, with the values that are still missing as stored."""
    values = form.cleaned_data
    is_wide = values.get("includes_submitted", report.includes_submitted)
    statuses = ACCEPTED_AND_SUBMITTED if is_wide else ACCEPTED_ONLY
    if statuses != figures.statuses:
        figures = compute_figures(report.organization, year=report.year, statuses=statuses)
    return assemble(
        title=values.get("title") or report.title,
        sections=form.typed,
        bounds=bounds_of(figures),
        plan=plan_lines(report),
        organ=values.get("organ") or report.organ,
        dated_on=values.get("dated_on"),
    )


def _show_editor(
    request: HttpRequest,
    report: AnnualReport,
    form: ReportForm,
    figures: YearFigures,
    *,
    status: int = 200,
) -> HttpResponse:
    organization, year = report.organization, report.year
    context = _context(request, organization, year, report)
    if not context["may_edit"]:
        document = build_document(report, figures)
        return render(request, "reports/report_read.html", context | _preview_of(report, document))
    document = (
        _document(report, form, figures) if form.is_bound else build_document(report, figures)
    )
    edited = set(report.sections.filter(is_edited=True).values_list("key", flat=True))
    context |= _preview_of(report, document, is_beside_form=True) | {
        "form": form,
        "sections": [_fields(form, section, edited) for section in form.sections],
        "tokens": sorted(form.bounds.items()),
    }
    return render(request, "reports/report_edit.html", context, status=status)


def _fields(form: ReportForm, section: SectionDraft, edited: set[str]) -> dict[str, Any]:
    name = f"heading_{section.key}"
    return {
        "key": section.key,
        "legend": section.heading or _("Preamble"),
        "heading": form[name] if name in form.fields else None,
        "body": form[f"body_{section.key}"],
        "shown": form[f"shown_{section.key}"],
        "is_edited": section.key in edited,
    }


def _show_final(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    context = _context(request, report.organization, report.year, report)
    context |= _preview_of(report, document_of(report)) | {"changes": changes_since(report)}
    return render(request, "reports/report_final.html", context)


def _show_conflict(request: HttpRequest, current: AnnualReport, form: ReportForm) -> HttpResponse:
    """409: somebody saved in between. Both texts, and a choice for the whole form."""
    theirs = {one.key: one for one in current_sections(current, figures_of(current))}
    mine = {one.key: one for one in form.typed}
    context = _context(request, current.organization, current.year, current)
    own = [
        (form[name].label, before, now)
        for name, before, now in (
            ("title", current.title, form.cleaned_data["title"]),
            ("organ", current.organ, form.cleaned_data["organ"]),
            ("dated_on", current.dated_on, form.cleaned_data["dated_on"]),
        )
        if before != now
    ]
    context |= {
        "own": own,
        "texts": [
            (form[f"body_{key}"].label, theirs.get(key), mine[key]) for key in form.changed_texts
        ],
        # The whole form again, at the version that is now stored.
        "posted": [
            (name, str(current.version) if name == "version" else value)
            for name, value in request.POST.items()
            if name not in ("csrfmiddlewaretoken", "redraft")
        ],
    }
    return render(request, "reports/report_conflict.html", context, status=409)


def _context(
    request: HttpRequest, organization: Organization, year: int, report: AnnualReport | None = None
) -> dict[str, Any]:
    """What every page of one report knows."""
    today = timezone.localdate()

    def may(deed: Deed) -> bool:
        return access.may(request.user, deed, organization, on=today)

    return {
        "organization": organization,
        "year": year,
        "report": report,
        "may_edit": may(Deed.SUBMIT),
        "may_finalize": may(Deed.REVIEW),
        "breadcrumbs": [
            (_("Annual reports"), reverse("report_list")),
            (f"{organization.label} · {year}", ""),
        ],
    }


def _preview_of(
    report: AnnualReport, document: Document, *, is_beside_form: bool = False
) -> dict[str, Any]:
    """The document's text with links, and the places left for a person, linked to their fields
    where there are any.
    """
    places = [
        (run.text, _place_url(report, block.section, run.figure) if is_beside_form else "")
        for block in document.blocks
        for run in block.runs
        if run.is_placeholder
    ]
    return {
        "document": body_context(document, figure_url=figure_urls(report)),
        "places": places,
        "date_is_open": document.dated_on is None,
    }


def _place_url(report: AnnualReport, section: str, figure: str) -> str:
    if figure.startswith("plan."):
        return reverse("report_plan", args=[report.organization.code, report.year])
    return f"#id_body_{section}"


def figure_urls(report: AnnualReport) -> Callable[[str], str]:
    """The address of the records behind a figure, as the report counts them."""
    args = [report.organization.code, report.year]
    query: Mapping[str, str] = {}
    if report.status == ReportStatus.FINAL:
        query = {"frozen": "1"}
    elif report.includes_submitted:
        query = {"include": "submitted"}

    def url(key: str) -> str:
        if key.startswith("plan."):
            return reverse("report_plan", args=args)
        address = reverse("figure_records", args=[*args, key])
        return f"{address}?{urlencode(query)}" if query else address

    return url
