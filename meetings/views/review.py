"""The steps of review. Each is a POST that ends on the record (or at home) with one message."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches import access
from branches.access import Deed
from meetings.forms.review import ReturnForm, StepForm, VoidForm
from meetings.models import Activity
from meetings.reading import with_rows
from meetings.services import (
    StaleVersion,
    WrongStatus,
    accept_activity,
    restore_activity,
    return_activity,
    void_activity,
)
from meetings.views.detail import detail_page

WORDS = ("comment", "reason")  # what a step may say, by the names the services know


@require_POST
def activity_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send back with a comment."""
    return _step(request, pk, Deed.REVIEW, ReturnForm, return_activity, _("Returned."))


@require_POST
def activity_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept: the record counts from now on."""
    return _step(
        request, pk, Deed.REVIEW, StepForm, accept_activity, _("Accepted. The record counts now.")
    )


@require_POST
def activity_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void with a reason; the record stays readable."""
    return _step(request, pk, Deed.SUBMIT, VoidForm, void_activity, _("The record is void."))


@require_POST
def activity_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a void record back as a draft."""
    return _step(
        request,
        pk,
        Deed.SUBMIT,
        StepForm,
        restore_activity,
        _("Restored as a draft. Check it and submit it again."),
    )


def _step(
    request: HttpRequest,
    pk: int,
    deed: Deed,
    form_class: type[StepForm],
    service: Callable[..., Activity],
    done: str,
) -> HttpResponse:
    today = timezone.localdate()
    activity = access.get_visible(with_rows(), request.user, on=today, pk=pk)
    access.require(request.user, deed, activity.host, on=today)
    form = form_class(request.POST)
    if not form.is_valid():
        return detail_page(request, activity, refused=form)
    words = {name: form.cleaned_data[name] for name in form.fields if name in WORDS}
    version = form.cleaned_data["version"]
    try:
        service(activity, user=request.user, expected_version=version, **words)
    except StaleVersion:
        # The words stay in the form, which now speaks of the version shown on the page.
        again = form_class(request.POST.dict() | {"version": activity.version})
        again.add_error(
            None, _("The record was changed in the meantime. Read it again before you decide.")
        )
        return detail_page(request, activity, refused=again, status=409)
    except WrongStatus as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return detail_page(request, activity, refused=form)
    else:
        messages.success(request, done)
        if form.cleaned_data["next"] == "home":
            return redirect("home")
    return redirect("activity_detail", pk=activity.pk)
