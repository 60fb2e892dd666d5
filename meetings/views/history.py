"""How a record came about: its revisions, any two of them compared, one of them written again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches import access
from branches.access import Deed
from branches.audit import act
from meetings.comparing import FieldDifference, compare_fields
from meetings.forms.history import CompareForm, RevertForm
from meetings.models import Activity, Revision
from meetings.permissions import may_edit
from meetings.querysets import ActivityQuerySet
from meetings.services import Reversion, StaleVersion, amend_activity, reversion_of
from meetings.snapshots import lines_of

PER_PAGE = 20


@require_safe
def activity_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every revision, the latest first, with what changed since the one before."""
    today = timezone.localdate()
    activity = access.get_visible(_records(), request.user, on=today, pk=pk)
    page = Paginator(activity.revisions.select_related("user"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    revisions = list(page)
    oldest = revisions[-1].version if revisions else 0
    before = activity.revisions.filter(version__lt=oldest).first()
    pairs = zip(revisions, [*revisions[1:], before], strict=True)
    return render(
        request,
        "meetings/activity_history.html",
        {
            "activity": activity,
            "page_obj": page,
            "rows": [(revision, _changed(earlier, revision)) for revision, earlier in pairs],
            "versions": activity.revisions.order_by("version").defer("snapshot"),
            "may_revert": may_edit(request.user, activity, on=today),
            "breadcrumbs": _crumbs(activity, (_("History"), "")),
        },
    )


@require_safe
def activity_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions side by side (`?before=1&after=3`); by default the last two."""
    today = timezone.localdate()
    activity = access.get_visible(_records(), request.user, on=today, pk=pk)
    form = CompareForm(request.GET)
    if not form.is_valid():
        raise Http404
    after_number = form.cleaned_data["after"] or activity.version
    before_number = form.cleaned_data["before"] or max(1, after_number - 1)
    found = {
        revision.version: revision
        for revision in activity.revisions.filter(
            version__in={before_number, after_number}
        ).select_related("user")
    }
    if not {before_number, after_number} <= found.keys():
        raise Http404
    before, after = found[before_number], found[after_number]
    fields = compare_fields(lines_of(before.snapshot), lines_of(after.snapshot))
    return render(
        request,
        "meetings/activity_compare.html",
        {
            "activity": activity,
            "before": before,
            "after": after,
            "rows": fields,
            "changed": sum(field.is_changed for field in fields),
            "versions": activity.revisions.order_by("version").defer("snapshot"),
            "breadcrumbs": _crumbs(
                activity,
                (_("History"), reverse("activity_history", args=[activity.pk])),
                (_("Compare"), ""),
            ),
        },
    )


@require_POST
def activity_revert(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a revision's content again; where its attendance cannot stand as it was, ask first."""
    today = timezone.localdate()
    activity = access.get_visible(_records(), request.user, on=today, pk=pk)
    access.require(request.user, Deed.RECORD, activity.host, on=today)
    if not may_edit(request.user, activity, on=today):
        raise PermissionDenied
    form = RevertForm(request.POST)
    if not form.is_valid():
        raise Http404
    revision = get_object_or_404(
        activity.revisions.select_related("activity__host"), version=form.cleaned_data["revision"]
    )
    version = form.cleaned_data["version"]
    try:
        reversion = reversion_of(revision)
        if not reversion.is_exact and not form.cleaned_data["confirmed"]:
            return _ask(request, activity, revision, reversion)
        with act("activity.revert", subject=activity, organization=activity.host):
            amend_activity(
                activity,
                reversion.entry,
                user=request.user,
                expected_version=version,
                note=_("Content of version %(number)d") % {"number": revision.version},
            )
    except StaleVersion:
        messages.error(
            request, _("The record was changed in the meantime. Read it again before you decide.")
        )
        return redirect("activity_history", pk=pk)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("activity_history", pk=pk)
    messages.success(
        request, _("Version %(number)d was written again.") % {"number": revision.version}
    )
    return redirect("activity_detail", pk=pk)


def _records() -> ActivityQuerySet:
    return Activity.objects.select_related("host")


def _changed(before: Revision | None, after: Revision) -> list[FieldDifference]:
    if before is None:
        return []
    fields = compare_fields(lines_of(before.snapshot), lines_of(after.snapshot))
    return [field for field in fields if field.is_changed]


def _ask(
    request: HttpRequest, activity: Activity, revision: Revision, reversion: Reversion
) -> HttpResponse:
    return render(
        request,
        "meetings/activity_revert.html",
        {
            "activity": activity,
            "revision": revision,
            "reversion": reversion,
            "breadcrumbs": _crumbs(
                activity,
                (_("History"), reverse("activity_history", args=[activity.pk])),
                (_("Write this version again"), ""),
            ),
        },
    )


def _crumbs(activity: Activity, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Activities"), reverse("activity_list")),
        (activity.title, reverse("activity_detail", args=[activity.pk])),
        *more,
    ]
