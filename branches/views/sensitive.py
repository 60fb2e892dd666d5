"""Sensitive fields: turning them on, keeping values, showing one, and a file of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from branches import access
from branches.access import Deed
from branches.forms.sensitive import (
    SensitiveExportForm,
    SensitiveSettingsForm,
    SensitiveValuesForm,
)
from branches.models import Member, Organization, SensitiveField
from branches.sealing import CannotOpen
from branches.sensitive import fields_on, place_of, shown_of
from branches.services.sensitive import (
    keep_values,
    reveal_value,
    rows_in_clear,
    turn_on_fields,
)
from branches.xlsx import workbook, workbook_response


@require_http_methods(["GET", "POST"])
def sensitive_settings(request: HttpRequest, code: str) -> HttpResponse:
    """Which fields the bureau keeps; only the top of a tree has the setting."""
    today = timezone.localdate()
    bureau = access.get_organization(request.user, code, on=today, deed=Deed.SENSITIVE)
    if not bureau.is_root():
        raise Http404
    # No box ticked is an answer too: the method tells, not the emptiness of what was sent.
    form = SensitiveSettingsForm(
        request.POST if request.method == "POST" else None,
        initial={"fields_on": [one.value for one in fields_on(bureau)]},
    )
    if form.is_valid():
        turn_on_fields(bureau, form.wanted())
        messages.success(request, _("Saved."))
        return redirect("organization_detail", bureau.code)
    return render(
        request,
        "branches/sensitive_settings.html",
        {"organization": bureau, "form": form, "breadcrumbs": _way_to(bureau)},
    )


@never_cache
@require_http_methods(["GET", "POST"])
def member_sensitive(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep or erase the sensitive values of a member."""
    member, organization, fields = _in_charge(request, pk)
    kept = {one.field.value for one in shown_of(member, fields) if one.masked or one.is_lost}
    form = SensitiveValuesForm(request.POST or None, fields_on=fields, kept=kept)
    if request.method == "POST" and form.is_valid():
        keep_values(member, form.changes(), organization=organization)
        messages.success(request, _("Saved."))
        return redirect("member_detail", member.pk)
    return render(
        request,
        "branches/member_sensitive.html",
        {"member": member, "form": form, "breadcrumbs": _way_to_member(member)},
    )


@never_cache
@require_POST
def sensitive_reveal(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """One value in clear, once; the page is kept nowhere, the asking in the audit log."""
    member, organization, fields = _in_charge(request, pk)
    if field not in {one.value for one in fields}:
        raise Http404
    is_lost = False
    try:
        value = reveal_value(member, SensitiveField(field), organization=organization)
    except CannotOpen:
        value, is_lost = None, True
    return render(
        request,
        "branches/sensitive_reveal.html",
        {
            "member": member,
            "label": SensitiveField(field).label,
            "value": value,
            "is_lost": is_lost,
            "breadcrumbs": _way_to_member(member),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def sensitive_export(request: HttpRequest, code: str) -> HttpResponse:
    """A workbook of the members with sensitive fields in clear, for a purpose that is logged."""
    today = timezone.localdate()
    organization = access.get_organization(request.user, code, on=today, deed=Deed.SENSITIVE)
    fields = fields_on(organization)
    if not fields:
        raise Http404
    form = SensitiveExportForm(request.POST or None, fields_on=fields)
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        rows = rows_in_clear(organization, wanted, purpose=form.cleaned_data["purpose"], on=today)
        content = workbook(
            _("Party members"),
            [
                (_("Name"), 14),
                (_("Party organization"), 30),
                *((field.label, 22) for field in wanted),
            ],
            ([name, where, *values] for name, where, values in rows),
            on=today,
        )
        return workbook_response(content, f"{organization.label}-{today.isoformat()}.xlsx")
    return render(
        request,
        "branches/sensitive_export.html",
        {"organization": organization, "form": form, "breadcrumbs": _way_to(organization)},
    )


def _in_charge(request: HttpRequest, pk: int) -> tuple[Member, Organization, list[SensitiveField]]:
    """The member, where they belong, and the fields kept there; for whoever may handle them.

    Http404 where the bureau keeps none, so that the pages do not exist while it is off.
    """
    today = timezone.localdate()
    member = access.get_visible(Member.objects.all(), request.user, on=today, pk=pk)
    organization = place_of(member, on=today)
    if organization is None:
        raise Http404
    access.require(request.user, Deed.SENSITIVE, organization, on=today)
    fields = fields_on(organization)
    if not fields:
        raise Http404
    return member, organization, fields


def _way_to(organization: Organization) -> list[tuple[str, str]]:
    return [
        (_("Party organizations"), reverse("organization_list")),
        (organization.label, reverse("organization_detail", args=[organization.code])),
        (_("Sensitive fields"), ""),
    ]


def _way_to_member(member: Member) -> list[tuple[str, str]]:
    return [
        (_("Party members"), reverse("member_list")),
        (member.name, reverse("member_detail", args=[member.pk])),
        (_("Sensitive fields"), ""),
    ]
