"""An election in an organization: all its posts in one form."""

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
from branches.forms.election import ElectionForm
from branches.models import Member, Post, PostTitle
from branches.services.people import hold_election
from branches.services.people.places import titles_of


@require_http_methods(["GET", "POST"])
def organization_election(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds the posts from the day on; each change is an entry in the person's timeline."""
    today = timezone.localdate()
    organization = access.get_organization(request.user, code, on=today, deed=Deed.ROSTER)
    holders = [
        (PostTitle(post.title), post.member)
        for post in Post.objects.in_force(today)
        .filter(organization=organization)
        .select_related("member")
    ]
    form = ElectionForm(
        request.POST or None,
        today=today,
        # An imported roster may hold a post that the organization does not have: it shows too.
        titles=list(dict.fromkeys([*titles_of(organization), *(title for title, _one in holders)])),
        members=Member.objects.belonging_to(organization, on=today).full_on(today),
        holders=holders,
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = hold_election(
                organization,
                happened_on=form.cleaned_data["happened_on"],
                holders=form.holders,
                user=request.user,
                note=form.cleaned_data["note"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if written:
                messages.success(
                    request, _("Recorded: %(number)s changes of posts.") % {"number": len(written)}
                )
            else:
                messages.info(request, _("Nothing differs from the posts on record."))
            return redirect("organization_detail", code=code)
    return render(
        request,
        "branches/member_act.html",
        {
            "title": _("Record an election"),
            "form": form,
            "member": None,
            "state": None,
            "back": reverse("organization_detail", args=[code]),
            "breadcrumbs": [
                (_("Party organizations"), reverse("organization_list")),
                (organization.label, reverse("organization_detail", args=[code])),
                (_("Record an election"), ""),
            ],
        },
    )
