"""One's own account: appointments, signed-in devices, password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.audit import act
from branches.devices import devices_of, end_device, end_devices
from branches.forms.accounts import PasswordChangeForm
from branches.models import User
from branches.services.accounts import change_password
from branches.views.session import DIRECTORY


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What the user may do where and until when, and where they are logged in."""
    user = _oneself(request)
    appointments = user.appointments.select_related("organization")
    return render(
        request,
        "branches/account.html",
        {
            "appointments": appointments.order_by("-started_on", "-pk"),
            "today": timezone.localdate(),
            "devices": devices_of(user, current_key=request.session.session_key, at=timezone.now()),
            "two_factor": settings.TWO_FACTOR,
            "breadcrumbs": [(_("My account"), "")],
        },
    )


@require_POST
def device_end(request: HttpRequest) -> HttpResponse:
    """Log out on one other device."""
    user = _oneself(request)
    with act("device.end", subject=user) as entry:
        was_there = end_device(user, request.POST.get("device", ""))
        entry.noted(ended_sessions=int(was_there))
    if was_there:
        messages.success(request, _("That device is logged out."))
    else:
        messages.info(request, _("That device was logged out already."))
    return redirect("account")


@require_POST
def device_end_others(request: HttpRequest) -> HttpResponse:
    """Log out everywhere but here."""
    user = _oneself(request)
    with act("device.end_others", subject=user) as entry:
        ended = end_devices(user, except_key=request.session.session_key)
        entry.noted(ended_sessions=ended)
    told = ngettext("%(number)d device is logged out.", "%(number)d devices are logged out.", ended)
    messages.success(request, told % {"number": ended})
    return redirect("account")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """A new password. Ends the user's other sessions; this one gets another id."""
    user = _oneself(request)
    if request.session.get(BACKEND_SESSION_KEY) == DIRECTORY:
        # A second password here would go on after the directory has let the person go.
        messages.info(
            request, _("Your password is kept by your bureau's directory: change it there.")
        )
        return redirect("account")
    form = PasswordChangeForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        change_password(
            user,
            password=form.cleaned_data["new_password1"],
            current_key=request.session.session_key,
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("The password was changed. Your other devices are logged out."))
        return redirect("account")
    return render(
        request,
        "branches/password_change.html",
        {
            "form": form,
            "breadcrumbs": [
                (_("My account"), reverse("account")),
                (_("Change password"), ""),
            ],
        },
    )


def _oneself(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
