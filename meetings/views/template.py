"""Templates of forms: kept, listed, retired."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches import access
from branches.access import Deed
from branches.audit import act
from branches.models import Organization
from meetings.forms.record import choices_of
from meetings.forms.template import TemplateForm
from meetings.models import EntryTemplate

KEEP_TEMPLATE = "template"


def keep_template(request: HttpRequest, *, today: dt.date) -> None:
    """Keep the form that was sent as a template, and say so; the page is shown again."""
    hosts = choices_of(request.user, today=today, activity=None)["hosts"]
    form = TemplateForm(request.POST, hosts=hosts)
    template = form.save(user=request.user) if form.is_valid() else None
    if template:
        text = _("Saved as the template “%(name)s”. The record itself is not saved yet.")
        messages.success(request, text % {"name": template.name})
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """Templates of the organizations that the user records for."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.RECORD, on=today)
    mine = Organization.objects.editable_by(request.user, on=today).order_by().values("pk")
    templates = EntryTemplate.objects.filter(organization__in=mine, is_retired=False)
    return render(
        request,
        "meetings/template_list.html",
        {
            "templates": templates.select_related("organization", "created_by"),
            "breadcrumbs": [
                (_("Activities"), reverse("activity_list")),
                (_("Templates"), ""),
            ],
        },
    )


@require_POST
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a template no longer. It stays in the database."""
    today = timezone.localdate()
    template = access.get_visible(
        EntryTemplate.objects.select_related("organization"), request.user, on=today, pk=pk
    )
    access.require(request.user, Deed.RECORD, template.organization, on=today)
    with act("template.retire", subject=template, organization=template.organization) as told:
        EntryTemplate.objects.filter(pk=template.pk).update(is_retired=True)
        told.changed(template, {"is_retired": template.is_retired}, {"is_retired": True})
    text = _("The template “%(name)s” is no longer offered.")
    messages.success(request, text % {"name": template.name})
    return redirect("template_list")
