"""Reading records under review: one with comments on its fields, many to be accepted."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches import access
from branches.access import Deed
from branches.models import Organization
from meetings.comparing import FieldDifference, compare_fields
from meetings.credits import credit_summary
from meetings.forms.review import ReviewFilterForm, ReviewForm, read_chosen
from meetings.models import Activity, ReviewComment, Status
from meetings.overview import waiting
from meetings.reading import with_rows
from meetings.services import StaleVersion, WrongStatus, accept_activities, return_activity
from meetings.snapshots import lines_of

AT_MOST = 100  # records of one page of the list; after these are accepted come the next


@require_http_methods(["GET", "POST"])
def activity_review(request: HttpRequest, pk: int) -> HttpResponse:
    """A submitted record, whole, with a box for a comment at each field; POST returns it."""
    today = timezone.localdate()
    activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
    access.require(request.user, Deed.REVIEW, activity.host, on=today)
    if activity.status != Status.SUBMITTED:
        messages.warning(request, _("This record does not wait for acceptance."))
        return redirect("activity_detail", pk=pk)
    if request.method != "POST":
        return _page(request, activity, ReviewForm(initial={"version": activity.version}))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, form)
    try:
        return_activity(
            activity,
            user=request.user,
            expected_version=form.cleaned_data["version"],
            comment=form.cleaned_data["comment"],
            on_fields=form.on_fields,
        )
    except StaleVersion:
        again = ReviewForm(request.POST.dict() | {"version": activity.version})
        again.add_error(
            None, _("The record was changed in the meantime. Read it again before you decide.")
        )
        return _page(request, activity, again, status=409)
    except WrongStatus as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _page(request, activity, form)
    else:
        messages.success(request, _("Returned."))
    return redirect("review_list")


@require_http_methods(["GET", "POST"])
def review_list(request: HttpRequest) -> HttpResponse:
    """Records that wait for acceptance; POST accepts the ticked ones (`chosen=ID-VERSION`)."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.REVIEW, on=today)
    mine = Activity.objects.editable_by(request.user, on=today, deed=Deed.REVIEW)
    if request.method == "POST":
        chosen = read_chosen(request.POST.getlist("chosen"))
        found = mine.filter(pk__in=chosen).order_by("held_on", "pk")
        _report(request, [(one, chosen[one.pk]) for one in found])
        return redirect("home" if request.POST.get("next") == "home" else "review_list")
    form = ReviewFilterForm(
        request.GET,
        organizations=Organization.objects.editable_by(request.user, on=today, deed=Deed.REVIEW),
    )
    form.is_valid()
    organization = form.cleaned_data.get("organization")
    listed = waiting(mine, Status.SUBMITTED)
    if organization:
        listed = listed.credited(organization=organization)
    rows = [(one, credit_summary(one.credits.all())) for one in listed[:AT_MOST]]
    return render(
        request,
        "meetings/review_list.html",
        {
            "form": form,
            "rows": rows,
            "total": len(rows) if len(rows) < AT_MOST else listed.count(),
            "is_filtered": organization is not None,
            "breadcrumbs": [(_("Waiting for acceptance"), "")],
        },
    )


def _report(request: HttpRequest, chosen: list[tuple[Activity, int]]) -> None:
    """Accept, and say what became of the chosen ones."""
    done = accept_activities(chosen, user=request.user)
    if not chosen:
        messages.warning(request, _("Choose at least one record."))
    if done.accepted:
        messages.success(
            request, _("Accepted records: %(number)d") % {"number": len(done.accepted)}
        )
    if done.changed:
        messages.warning(
            request,
            _("Changed in the meantime and not accepted, read them again: %(titles)s")
            % {"titles": "、".join(done.changed)},
        )
    if done.refused:
        messages.warning(
            request,
            _("Not waiting any more: %(titles)s") % {"titles": "、".join(done.refused)},
        )


def _page(
    request: HttpRequest, activity: Activity, form: ReviewForm, status: int = 200
) -> HttpResponse:
    comments = list(activity.review_comments.select_related("user"))
    read = max((comment.version for comment in comments), default=0)
    snapshots = dict(
        activity.revisions.filter(version__in={read, activity.version})
        .order_by()
        .values_list("version", "snapshot")
    )
    now = lines_of(snapshots[activity.version]) if activity.version in snapshots else []
    before = lines_of(snapshots[read]) if read in snapshots else now
    fields = compare_fields(before, now)
    return render(
        request,
        "meetings/activity_review.html",
        {
            "activity": activity,
            "form": form,
            "read_version": read,
            "rows": _rows(fields, form, [one for one in comments if one.version == read]),
            "overall": [one for one in comments if one.version == read and not one.field],
            "attachments": activity.attachments.filter(removed_at=None),
            "changed": sum(field.is_changed for field in fields),
            "breadcrumbs": [
                (_("Waiting for acceptance"), reverse("review_list")),
                (activity.title, reverse("activity_detail", args=[activity.pk])),
                (_("Review"), ""),
            ],
        },
        status=status,
    )


def _rows(
    fields: tuple[FieldDifference, ...], form: ReviewForm, comments: list[ReviewComment]
) -> list[tuple[FieldDifference, Any, list[ReviewComment]]]:
    """Each field with its box and what was said about it at the last return."""
    said: dict[str, list[ReviewComment]] = defaultdict(list)
    for comment in comments:
        said[comment.field].append(comment)
    return [(field, form[f"on_{field.field}"], said[field.field]) for field in fields]
