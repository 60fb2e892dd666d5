"""What an administrator does with accounts and appointments."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from branches import access
from branches.access import Deed
from branches.audit import act
from branches.forms.accounts import AppointmentForm, EndForm, UserForm, UserNameForm
from branches.models import Appointment, Organization, Role, User
from branches.services.accounts import (
    activate_user,
    create_user,
    deactivate_user,
    issue_link,
    rename_user,
)
from branches.services.appointments import appoint, end_appointment


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """A new account with, if wanted, its first appointment; answers with the one-time link."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.APPOINT, on=today)
    given = request.POST if request.method == "POST" else None
    form = UserForm(given)
    appointment_form = _appointment_form(request, given, today=today, may_wait=True)
    if given is not None and form.is_valid() & appointment_form.is_valid():
        user: User = form.save(commit=False)
        token = _create(request, user, appointment_form)
        return _shown_once(request, user, token, is_new=True)
    return render(
        request,
        "branches/user_create.html",
        {
            "form": form,
            "appointment_form": appointment_form,
            "formsets": [appointment_form],
            "breadcrumbs": [(_("Users"), reverse("user_list")), (_("Create a user"), "")],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's name."""
    user = looked_after(request, pk)
    form = UserNameForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        rename_user(user, name=form.cleaned_data["name"])
        messages.success(request, _("The name was changed."))
        return redirect("user_detail", pk)
    return _form_page(request, user, form, _("Change the name"), _("Save"))


@never_cache
@require_POST
@sensitive_variables("token")
def user_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time link, shown this once. It also serves whoever forgot the password."""
    user = looked_after(request, pk)
    if not user.is_active:
        messages.error(request, _("This account is deactivated. Activate it first."))
        return redirect("user_detail", pk)
    token = issue_link(user, by=_who(request), at=timezone.now())
    return _shown_once(request, user, token, is_new=False)


@require_http_methods(["GET", "HEAD", "POST"])
def user_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """An appointment more. Nobody appoints themselves."""
    today = timezone.localdate()
    user = _seen(request, pk)
    if user == request.user:
        raise PermissionDenied
    form = _appointment_form(request, request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            _appoint(request, user, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The user is appointed."))
            return redirect("user_detail", pk)
    return _form_page(request, user, form, _("Appoint"), _("Appoint"))


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The day from which an appointment holds no longer."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.APPOINT, on=today)
    appointment: Appointment = access.get_visible(
        Appointment.objects.select_related("user", "organization"), request.user, on=today, pk=pk
    )
    user = appointment.user
    is_over = not Appointment.objects.not_over(today).filter(pk=pk).exists()
    if user == request.user or is_over:
        raise PermissionDenied
    form = EndForm(request.POST or None, appointment=appointment, today=today)
    if request.method == "POST" and form.is_valid():
        end_appointment(appointment, ended_on=form.cleaned_data["ended_on"])
        messages.success(request, _("The appointment ends on that day."))
        return redirect("user_detail", user.pk)
    return _form_page(
        request,
        user,
        form,
        _("End the appointment"),
        _("End the appointment"),
        appointment=appointment,
    )


@require_POST
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account, from the next request on."""
    user = looked_after(request, pk)
    deactivate_user(user, at=timezone.now())
    messages.success(request, _("The account is deactivated. The user is logged out everywhere."))
    return redirect("user_detail", pk)


@require_POST
def user_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    activate_user(looked_after(request, pk))
    messages.success(request, _("The account is active again, with the appointments it still has."))
    return redirect("user_detail", pk)


def _seen(request: HttpRequest, pk: int) -> User:
    """403 for whoever appoints nowhere, 404 for a user out of their sight."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.APPOINT, on=today)
    user: User = access.get_visible(User.objects.all(), request.user, on=today, pk=pk)
    return user


def looked_after(request: HttpRequest, pk: int) -> User:
    """As `_seen`, and 403 where the user reaches further than whoever asks."""
    user = _seen(request, pk)
    mine = User.objects.looked_after_by(request.user, on=timezone.localdate())
    if not mine.filter(pk=user.pk).exists():
        raise PermissionDenied
    return user


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _appointment_form(
    request: HttpRequest, given: Any, *, today: dt.date, may_wait: bool = False
) -> AppointmentForm:
    organizations = Organization.objects.editable_by(request.user, on=today, deed=Deed.APPOINT)
    return AppointmentForm(
        given,
        organizations=organizations.open_on(today),
        may_appoint_auditors=_who(request).is_superuser,
        may_wait=may_wait,
        initial={"started_on": today},
    )


def _appoint(request: HttpRequest, user: User, form: AppointmentForm) -> None:
    given = form.cleaned_data
    appoint(
        user,
        role=Role(given["role"]),
        organization=given["organization"],
        started_on=given["started_on"],
        ended_on=given["ended_on"],
        by=_who(request),
        at=timezone.now(),
    )


def _create(request: HttpRequest, user: User, appointment_form: AppointmentForm) -> str:
    """Account and appointment, or neither; one entry of the audit log."""
    with act("user.create"):
        token = create_user(user, by=_who(request), at=timezone.now())
        if appointment_form.cleaned_data["role"]:
            _appoint(request, user, appointment_form)
    return token


def _shown_once(request: HttpRequest, user: User, token: str, *, is_new: bool) -> HttpResponse:
    # Drawn by the POST itself: kept for another request, the link would have to be stored.
    return render(
        request,
        "branches/user_link.html",
        {
            "person": user,
            "link": request.build_absolute_uri(f"{reverse('password_set')}?link={token}"),
            "is_new": is_new,
            "expires_at": user.password_links.latest("pk").expires_at,
            "breadcrumbs": [
                (_("Users"), reverse("user_list")),
                (str(user), reverse("user_detail", args=[user.pk])),
                (_("One-time link"), ""),
            ],
        },
    )


def _form_page(
    request: HttpRequest, user: User, form: Any, heading: str, button: str, **more: Any
) -> HttpResponse:
    return render(
        request,
        "branches/user_form.html",
        {
            "person": user,
            "form": form,
            "page_heading": heading,
            "button": button,
            "breadcrumbs": [
                (_("Users"), reverse("user_list")),
                (str(user), reverse("user_detail", args=[user.pk])),
                (heading, ""),
            ],
            **more,
        },
    )
