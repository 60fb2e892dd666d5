"""Next year's plan, row by row."""

from django.contrib import messages
from django.forms import BaseFormSet, model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches import access
from branches.access import Deed
from branches.models import Organization
from reports.forms import PlanFormSet, StepForm
from reports.models import AnnualReport, PlanItem, ReportStatus
from reports.services import ReportRefused, StaleReport, save_plan
from reports.tasks import prepare_later
from reports.views.loading import load_report

_FIELDS = ["thread", "text", "kind", "target", "quarter", "owner", "organization"]


@require_http_methods(["GET", "HEAD", "POST"])
def report_plan(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The plan's items: to edit, or to read for those who may not and once it is final."""
    deed = Deed.SUBMIT if request.method == "POST" else Deed.READ
    report = load_report(request, code, year, deed=deed)
    today = timezone.localdate()
    if request.method == "POST":
        return _save(request, report)
    items = report.plan_items.select_related("organization")
    formset = None
    is_open = report.status != ReportStatus.FINAL
    if is_open and access.may(request.user, Deed.SUBMIT, report.organization, on=today):
        formset = _formset(request, report, initial=[model_to_dict(one, _FIELDS) for one in items])
    return _show(request, report, formset, StepForm(initial={"version": report.version}))


def _save(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    formset = _formset(request, report)
    step = StepForm(request.POST)
    if not (formset.is_valid() and step.is_valid()):
        return _show(request, report, formset, step, status=422)
    items = [
        form.save(commit=False)
        for form in formset.forms
        if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")
    ]
    items.sort(key=lambda item: item.thread)
    try:
        saved = save_plan(report, items, expected_version=step.cleaned_data["version"])
    except StaleReport as stale:
        fresh = StepForm(initial={"version": stale.current.version})
        return _show(request, stale.current, formset, fresh, is_stale=True, status=409)
    except ReportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        prepare_later(saved)
        messages.success(request, _("The plan is saved."))
    return redirect("report_plan", code=report.organization.code, year=report.year)


def _formset(
    request: HttpRequest, report: AnnualReport, *, initial: list[dict] | None = None
) -> BaseFormSet:
    organizations = Organization.objects.visible_to(
        request.user, on=timezone.localdate()
    ).at_or_below(report.organization)
    return PlanFormSet(
        request.POST if request.method == "POST" else None,
        initial=initial,
        prefix="items",
        form_kwargs={"organizations": organizations},
    )


def _show(
    request: HttpRequest,
    report: AnnualReport,
    formset: BaseFormSet | None,
    step: StepForm,
    *,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    address = reverse("report_detail", args=[report.organization.code, report.year])
    stored: list[PlanItem] = list(report.plan_items.select_related("organization"))
    context = {
        "report": report,
        "organization": report.organization,
        "year": report.year,
        "next_year": report.year + 1,
        "formset": formset,
        "formsets": [formset] if formset is not None else [],
        "step": step,
        "items": stored if formset is None or is_stale else [],
        "is_stale": is_stale,
        "breadcrumbs": [
            (_("Annual reports"), reverse("report_list")),
            (f"{report.organization.label} · {report.year}", address),
            (_("Plan"), ""),
        ],
    }
    return render(request, "reports/report_plan.html", context, status=status)
