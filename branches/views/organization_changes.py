"""What happens to an organization, one form each: found, rename, move, split, terms, undo."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches import access
from branches.access import Deed
from branches.forms.organizations import (
    BeginTermForm,
    EndTermForm,
    ExtendTermForm,
    FoundForm,
    MoveForm,
    RenameForm,
    SplitForm,
    UndoForm,
)
from branches.models import Organization, OrganizationEvent, OrganizationKind, Term
from branches.services import organizations as services

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def organization_found(request: HttpRequest, code: str) -> HttpResponse:
    """A new organization below this one."""
    superior = organization_to_change(request, code)
    form = FoundForm(request.POST or None, superior=superior, today=timezone.localdate())

    def write(values: dict[str, Any]) -> Organization:
        kind = OrganizationKind(values.pop("kind"))
        return services.found(superior, kind=kind, user=request.user, **values)

    return answer(
        request,
        superior,
        form,
        write,
        heading=_("Found an organization below this one"),
        button=_("Found"),
        done=_("The organization is founded."),
    )


@require_http_methods(_METHODS)
def organization_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Another name from a day on."""
    organization = organization_to_change(request, code)
    form = RenameForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={"name": organization.name, "short_name": organization.short_name},
    )
    return answer(
        request,
        organization,
        form,
        lambda values: services.rename(organization, user=request.user, **values),
        heading=_("Rename"),
        button=_("Rename"),
        done=_("The new name is on record."),
    )


@require_http_methods(_METHODS)
def organization_move(request: HttpRequest, code: str) -> HttpResponse:
    """Another superior from a day on."""
    today = timezone.localdate()
    organization = organization_to_change(request, code)
    form = MoveForm(
        request.POST or None,
        organization=organization,
        organizations=Organization.objects.editable_by(request.user, on=today, deed=Deed.ORGANIZE),
        today=today,
    )
    return answer(
        request,
        organization,
        form,
        lambda values: services.move(organization, user=request.user, **values),
        heading=_("Place under another superior"),
        button=_("Place there"),
        done=_("The new superior is on record."),
    )


@require_http_methods(_METHODS)
def organization_split(request: HttpRequest, code: str) -> HttpResponse:
    """A new organization with some of the members."""
    organization = organization_to_change(request, code)
    form = SplitForm(request.POST or None, organization=organization, today=timezone.localdate())
    return answer(
        request,
        organization,
        form,
        lambda values: services.split(organization, user=request.user, **values),
        heading=_("Split"),
        button=_("Split"),
        done=_("The new organization is founded, and its members are there."),
    )


@require_http_methods(_METHODS)
def organization_term_begin(request: HttpRequest, code: str) -> HttpResponse:
    """A committee was elected."""
    organization = organization_to_change(request, code)
    last = organization.terms.order_by("number").last()
    form = BeginTermForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={"number": last.number + 1 if last else 1},
    )
    return answer(
        request,
        organization,
        form,
        lambda values: services.begin_term(organization, user=request.user, **values),
        heading=_("Re-election held"),
        button=_("Save"),
        done=_("The new term is on record."),
    )


@require_http_methods(_METHODS)
def organization_term_extend(request: HttpRequest, code: str) -> HttpResponse:
    """The re-election was put off."""
    organization = organization_to_change(request, code)
    term = _open_term(organization)
    form = ExtendTermForm(
        request.POST or None, today=timezone.localdate(), initial={"due_on": term.due_on}
    )
    return answer(
        request,
        organization,
        form,
        lambda values: services.extend_term(term, user=request.user, **values),
        heading=_("Put the re-election off"),
        button=_("Save"),
        done=_("The new day is on record."),
    )


@require_http_methods(_METHODS)
def organization_term_end(request: HttpRequest, code: str) -> HttpResponse:
    """The committee was given up."""
    organization = organization_to_change(request, code)
    term = _open_term(organization)
    return answer(
        request,
        organization,
        EndTermForm(request.POST or None, today=timezone.localdate()),
        lambda values: services.end_term(term, user=request.user, **values),
        heading=_("End the term without a re-election"),
        button=_("End the term"),
        done=_("The term has ended."),
    )


@require_http_methods(_METHODS)
def organization_undo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Undo an entry that was a mistake."""
    today = timezone.localdate()
    organization = organization_to_change(request, code)
    event = get_object_or_404(
        OrganizationEvent.objects.select_related("other_organization", "correction"),
        pk=pk,
        organization=organization,
    )
    if not services.may_be_undone(event):
        raise PermissionDenied
    if event.other_organization:
        access.require(request.user, Deed.ORGANIZE, event.other_organization, on=today)
    return answer(
        request,
        organization,
        UndoForm(request.POST or None),
        lambda values: services.undo_event(event, on=today, user=request.user, **values),
        heading=_("Take an entry back"),
        button=_("Take the entry back"),
        done=_("The entry is undone. It stays in the history."),
        more={"event": event},
    )


def organization_to_change(request: HttpRequest, code: str) -> Organization:
    """The organization, when the user may change it."""
    return access.get_organization(request.user, code, on=timezone.localdate(), deed=Deed.ORGANIZE)


def answer(
    request: HttpRequest,
    organization: Organization,
    form: forms.Form,
    write: Callable[[dict[str, Any]], object],
    *,
    heading: str,
    button: str,
    done: str,
    template: str = "branches/organization_change.html",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or write it and go to the page of the organization it made or changed."""
    if request.method == "POST" and form.is_valid():
        try:
            written = write(dict(form.cleaned_data))
        except ValidationError as refusal:
            _explain(form, refusal)
        else:
            messages.success(request, done)
            shown = written if isinstance(written, Organization) else organization
            shown.refresh_from_db()
            return redirect("organization_detail", shown.code)
    return render(
        request,
        template,
        {
            "organization": organization,
            "form": form,
            "page_heading": heading,
            "button": button,
            "breadcrumbs": [
                (_("Party organizations"), reverse("organization_list")),
                (organization.label, reverse("organization_detail", args=[organization.code])),
                (heading, ""),
            ],
            **(more or {}),
        },
    )


def _explain(form: forms.Form, refusal: ValidationError) -> None:
    """Stand the reason at its field, or above the form where it is about none of them."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _open_term(organization: Organization) -> Term:
    return get_object_or_404(
        Term.objects.select_related("organization"), organization=organization, ended_on=None
    )
