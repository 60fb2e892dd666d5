"""Imports: a file or pasted table, its rows as they will be written, one step in, one step back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import access
from branches.access import Deed
from branches.importers import ImportRefused
from branches.models import Organization
from branches.xlsx import workbook_response
from meetings.forms.importing import ImportForm, columns_of, corrections_of
from meetings.importing import (
    Corrections,
    ImportMoved,
    abandon_import,
    commit_import,
    correct_import,
    is_small,
    queue_import,
    reopen_import,
    start_import,
    undo_import,
)
from meetings.importing.grid import columns_of_sheets, grid_of
from meetings.importing.template import template_name, template_of
from meetings.models import ImportKind, ImportRow, ImportRun, ImportState
from meetings.tasks import write_later

PER_PAGE = 50
RUNS_PER_PAGE = 20
_State = ImportRow.State


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """A new import, and those there were within one's scope."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.IMPORT, on=today)
    tops = Organization.objects.tops_for(request.user, on=today, deed=Deed.IMPORT)
    form = ImportForm(request.POST or None, request.FILES or None, organizations=tops)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.get("file")
        try:
            run = start_import(
                form.content,
                file_name=file.name if file else _("Pasted table"),
                user=request.user,
                organization=form.organization_chosen,
                as_draft=form.cleaned_data["as_draft"],
                today=today,
            )
        except ImportRefused as refusal:
            for problem in refusal.problems:
                form.add_error("file" if file else "pasted", str(problem))
        else:
            return redirect("import_detail", pk=run.pk)
    runs = ImportRun.objects.editable_by(request.user, on=today, deed=Deed.IMPORT)
    page = Paginator(runs.select_related("user", "organization"), RUNS_PER_PAGE)
    return render(
        request,
        "meetings/import_list.html",
        {"form": form, "page_obj": page.get_page(request.GET.get("page"))},
        status=422 if form.is_bound and form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of one import; POST takes corrections of cells and rows left out."""
    run = _load(request, pk)
    if request.method != "POST":
        return _page(request, run)
    corrections = corrections_of(request.POST)
    return _correct(request, run, corrections)


@require_POST
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the columns, or a whole sheet, as something else."""
    run = _load(request, pk)
    return _correct(request, run, columns_of(run, request.POST.dict()))


@require_POST
def import_commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the import: a small one at once, a large one in the background."""
    run = _load(request, pk)
    version = _version(request)
    try:
        if not is_small(run):
            write_later(queue_import(run, version=version), user=request.user)
            return redirect("import_detail", pk=pk)
        run = commit_import(run, version=version, user=request.user, today=timezone.localdate())
    except ImportMoved as moved:
        messages.error(request, str(moved))
    else:
        messages.success(request, _("Imported."))
    return redirect("import_detail", pk=pk)


@require_POST
def import_abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up before anything is written."""
    run = _load(request, pk)
    try:
        abandon_import(run, version=_version(request))
    except ImportMoved as moved:
        messages.error(request, str(moved))
        return redirect("import_detail", pk=pk)
    messages.success(request, _("The import was given up; nothing was written."))
    return redirect("import_list")


@require_POST
def import_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an import back that the background worker has not written."""
    run = _load(request, pk)
    try:
        reopen_import(run, version=_version(request))
    except ImportMoved as moved:
        messages.error(request, str(moved))
    return redirect("import_detail", pk=pk)


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a written import back."""
    run = _load(request, pk)
    try:
        undo_import(run, user=request.user)
    except ImportMoved as moved:
        messages.error(request, str(moved))
    else:
        messages.success(request, _("The import was taken back."))
    return redirect("import_detail", pk=pk)


@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the background worker is; loads the page anew once it is through."""
    run = _load(request, pk)
    if run.state != ImportState.QUEUED:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "meetings/_import_progress.html", {"run": run})


def _load(request: HttpRequest, pk: int) -> ImportRun:
    today = timezone.localdate()
    rows = ImportRun.objects.select_related("organization", "user")
    run: ImportRun = access.get_visible(rows, request.user, on=today, pk=pk)
    if run.organization is not None:  # without one it is visible to whoever runs the site alone
        access.require(request.user, Deed.IMPORT, run.organization, on=today)
    return run


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _correct(request: HttpRequest, run: ImportRun, corrections: Corrections) -> HttpResponse:
    try:
        run = correct_import(
            run, corrections, version=_version(request), today=timezone.localdate()
        )
    except ImportMoved as moved:
        messages.error(request, str(moved))
        return _page(request, _load(request, run.pk), typed=corrections.cells, status=409)
    wrong = run.rows.filter(state=_State.ERROR).count()
    if wrong:
        text = ngettext(
            "Checked again: %(number)d row has errors.",
            "Checked again: %(number)d rows have errors.",
            wrong,
        )
        messages.warning(request, text % {"number": wrong})
    elif not run.problems:
        messages.success(request, _("Checked again: no errors."))
    return redirect("import_detail", pk=run.pk)


def _page(
    request: HttpRequest,
    run: ImportRun,
    *,
    typed: Mapping[tuple[int, int], str] | None = None,
    status: int = 200,
) -> HttpResponse:
    totals = dict(run.rows.order_by().values_list("state").annotate(Count("pk")))
    show = request.GET.get("show", "")
    if show not in (*_State.values, "ALL"):
        show = _State.ERROR if totals.get(_State.ERROR) else "ALL"
    rows = run.rows.all() if show == "ALL" else run.rows.filter(state=show)
    edited = request.GET.get("edit", "")
    is_open = run.state == ImportState.OPEN
    edited_key = int(edited) if edited.isascii() and edited.isdigit() and is_open else None
    page = Paginator(rows.order_by("sheet", "number"), PER_PAGE).get_page(request.GET.get("page"))
    sheets = columns_of_sheets(run) if is_open else []
    context: dict[str, Any] = {
        "run": run,
        "is_open": is_open,
        "is_sound": is_open and not run.problems and not totals.get(_State.ERROR),
        "changes_nothing": not any(new + changed for _what, new, changed, _same in run.counts),
        "totals": totals,
        "filters": [
            ("ALL", _("All"), sum(totals.values())),
            *((state, state.label, totals.get(state, 0)) for state in _State),
        ],
        "show": show,
        "page_obj": page,
        "grid": grid_of(run, page.object_list, edited=edited_key, typed=typed),
        "edited": edited_key,
        "sheets": sheets,
        "guessed": [(sheet, one) for sheet in sheets for one in sheet.guessed],
        "ignored": [(sheet, one) for sheet in sheets for one in sheet.ignored],
        "breadcrumbs": [(_("Imports"), reverse("import_list")), (run.file_name, "")],
    }
    return render(request, "meetings/import_detail.html", context, status=status)


@require_safe
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """A workbook with the headings to fill in and an example; `kind` is "roster" or
    "activities"."""
    access.require_somewhere(request.user, Deed.IMPORT, on=timezone.localdate())
    if kind.upper() not in ImportKind.values:
        raise Http404
    return workbook_response(template_of(kind.upper()), template_name(kind.upper()))
