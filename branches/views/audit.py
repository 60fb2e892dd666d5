"""The audit log: for the auditor, who reads nothing else, and for whoever runs the site."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.audit import note
from branches.audit_reading import (
    COLUMNS,
    act_label,
    changes_of,
    entries_for,
    sheet_rows,
    subject_label,
)
from branches.forms import AuditFilterForm
from branches.models import AuditEntry
from branches.xlsx import workbook_file

PER_PAGE = 50
MOST_ROWS = 100_000
FILTERS = ("since", "until", "who", "act", "outcome", "organization", "q")


@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    """Entries, latest first. Pages go from an entry to the older or the newer ones, which costs
    the same however long the log is: `?older=N`, `?newer=N`.
    """
    access.require_audit_log(request.user, on=timezone.localdate())
    form, entries = _asked(request)
    older, newer = _number(request, "older"), _number(request, "newer")
    if newer is not None:
        page = list(entries.filter(number__gt=newer).order_by("number")[: PER_PAGE + 1])
        has_newer, has_older = len(page) > PER_PAGE, True
        page = page[:PER_PAGE][::-1]
    else:
        listed = entries if older is None else entries.filter(number__lt=older)
        page = list(listed[: PER_PAGE + 1])
        has_newer, has_older = older is not None, len(page) > PER_PAGE
        page = page[:PER_PAGE]
    return render(
        request,
        "branches/audit_list.html",
        {
            "form": form,
            "rows": [(one, act_label(one), subject_label(one.subject)) for one in page],
            "older": page[-1].number if page and has_older else None,
            "newer": page[0].number if page and has_newer else None,
            "is_filtered": any(form.cleaned_data.get(name) for name in FILTERS),
            "is_paged": older is not None or newer is not None,
        },
    )


@require_safe
def audit_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: who, when, from where, what, before and after."""
    access.require_audit_log(request.user, on=timezone.localdate())
    rows = AuditEntry.objects.select_related("organization")
    entry = get_object_or_404(rows, number=min(number, 2**63 - 1))
    return render(
        request,
        "branches/audit_detail.html",
        {
            "entry": entry,
            "act": act_label(entry),
            "subject": subject_label(entry.subject),
            "changes": changes_of(entry),
            "breadcrumbs": [
                (_("Audit log"), reverse("audit_list")),
                (_("Entry %(number)d") % {"number": entry.number}, ""),
            ],
        },
    )


@require_safe
def audit_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as xlsx; an entry of the log itself."""
    today = timezone.localdate()
    access.require_audit_log(request.user, on=today)
    _form, entries = _asked(request)
    number = entries.count()
    if number > MOST_ROWS:
        messages.error(
            request,
            _("A file holds at most %(number)s entries. Narrow the list first, by the day say.")
            % {"number": MOST_ROWS},
        )
        asked = request.GET.urlencode()
        return redirect(reverse("audit_list") + (f"?{asked}" if asked else ""))
    latest = entries.values_list("number", flat=True).first() or 0  # before the export's own
    note("audit.export", records=number, filter=request.GET.urlencode())
    title = _("Audit log")
    columns = [(label(), width) for label, width in COLUMNS]
    rows = sheet_rows(entries.filter(number__lte=latest).iterator(chunk_size=1000))
    return workbook_file(title, columns, rows, f"{title}-{today.isoformat()}.xlsx", on=today)


def _asked(request: HttpRequest) -> tuple[AuditFilterForm, QuerySet[AuditEntry]]:
    """The filter of the address, and the entries that it asks for."""
    form = AuditFilterForm(request.GET.dict())
    form.is_valid()
    return form, entries_for(form.cleaned_data)


def _number(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
