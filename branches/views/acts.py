"""What happens to a member: each entry one short form with the person's state above it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from branches import access
from branches.access import Deed
from branches.forms import acts as forms
from branches.forms.entry import ActForm
from branches.forms.newcomers import AdmitForm, TakeInForm
from branches.forms.particulars import ParticularsForm
from branches.models import Member, MemberEvent, Organization, StandingException
from branches.person import acts_for, home_organization, state_of
from branches.services import people
from branches.services.people.life import Life, end_of


@dataclass(frozen=True)
class ActPage:
    """A form and the service it feeds. `record` takes the member (None for a newcomer), the
    cleaned values, and the user."""

    title: Any
    form: type[ActForm]
    record: Callable[..., MemberEvent]
    deed: Deed = Deed.ROSTER


def _own(service: Callable[..., MemberEvent], **fixed: Any) -> Callable[..., MemberEvent]:
    return lambda member, values, user: service(member, user=user, **fixed, **values)


def _of_row(service: Callable[..., MemberEvent], name: str) -> Callable[..., MemberEvent]:
    def record(_member: Member, values: dict[str, Any], user: Any) -> MemberEvent:
        return service(values.pop(name), user=user, **values)

    return record


def _new(service: Callable[..., MemberEvent]) -> Callable[..., MemberEvent]:
    return lambda _member, values, user: service(user=user, **values)


PAGES = {
    "admit": ActPage(gettext_lazy("Admit a member"), AdmitForm, _new(people.admit)),
    "take_in": ActPage(
        gettext_lazy("Take in a member from outside"), TakeInForm, _new(people.take_in)
    ),
    "convert": ActPage(
        gettext_lazy("Convert to full member"), forms.ConvertForm, _own(people.convert)
    ),
    "extend": ActPage(
        gettext_lazy("Extend probation"), forms.ExtendForm, _own(people.extend_probation)
    ),
    "transfer": ActPage(gettext_lazy("Transfer"), forms.TransferForm, _own(people.transfer)),
    "transfer_in": ActPage(
        gettext_lazy("Transfer in again"), forms.TransferInForm, _own(people.transfer_in)
    ),
    "transfer_out": ActPage(
        gettext_lazy("Transfer out"), forms.TransferOutForm, _own(people.transfer_out)
    ),
    "begin_post": ActPage(
        gettext_lazy("Give a post"), forms.BeginPostForm, _own(people.begin_post)
    ),
    "end_post": ActPage(
        gettext_lazy("End a post"), forms.EndPostForm, _of_row(people.end_post, "post")
    ),
    "not_expected": ActPage(
        gettext_lazy("Mark as not expected"),
        forms.ExceptionForm,
        _own(people.mark_exception, effect=StandingException.Effect.NOT_EXPECTED),
        Deed.SUBMIT,
    ),
    "not_voting": ActPage(
        gettext_lazy("Mark as without voting right"),
        forms.ExceptionForm,
        _own(people.mark_exception, effect=StandingException.Effect.NOT_VOTING),
    ),
    "end_exception": ActPage(
        gettext_lazy("End an exception"),
        forms.EndExceptionForm,
        _of_row(people.end_exception, "exception"),
        Deed.SUBMIT,
    ),
    "leave": ActPage(gettext_lazy("Record leaving the Party"), forms.LeaveForm, _own(people.leave)),
    "decease": ActPage(gettext_lazy("Record a death"), forms.DeceaseForm, _own(people.decease)),
}

NEWCOMERS = ("admit", "take_in")


def links_for(life: Life, user: Any, *, on: dt.date) -> list[tuple[Any, str]]:
    """(label, url) of what the user may record about the member now."""
    titles = {slug: page.title for slug, page in PAGES.items()} | {
        "edit": gettext_lazy("Change particulars")
    }
    return [
        (titles[slug], reverse(f"member_{slug}", args=[life.member.pk]))
        for slug in acts_for(life, user, on=on)
    ]


@require_http_methods(["GET", "POST"])
def newcomer(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody comes onto the roster: admitted, or taken in from outside."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.ROSTER, on=today)
    return _act(request, slug, None, today=today)


@require_http_methods(["GET", "POST"])
def member_act(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One entry about a member."""
    today = timezone.localdate()
    member = access.get_visible(Member.objects.all(), request.user, on=today, pk=pk)
    home = home_organization(member)
    access.require(request.user, PAGES[slug].deed, home, on=today)
    return _act(request, slug, member, today=today)


def _act(request: HttpRequest, slug: str, member: Member | None, *, today: dt.date) -> HttpResponse:
    page = PAGES[slug]
    life = Life(member) if member else None
    given: dict[str, Any] = {
        "today": today,
        "life": life,
        "organizations": Organization.objects.editable_by(
            request.user, on=today, deed=Deed.ROSTER
        ).open_on(today),
    }
    if life and slug == "end_post":
        given["rows"] = _posts(request.user, life, today=today)
    if life and slug == "end_exception":
        given["rows"] = _exceptions(request.user, life, today=today)
    form = page.form(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        try:
            event = page.record(member, {**form.cleaned_data}, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("Recorded: %(what)s, %(name)s.")
                % {"what": event.get_kind_display(), "name": event.member.name},
            )
            return redirect("member_detail", pk=event.member_id)
    crumbs = [(member.name, reverse("member_detail", args=[member.pk]))] if member else []
    return render(
        request,
        "branches/member_act.html",
        {
            "title": page.title,
            "form": form,
            "member": member,
            "state": state_of(life, request.user, on=today) if life else None,
            "back": crumbs[0][1] if crumbs else reverse("member_list"),
            "breadcrumbs": [
                (_("Party members"), reverse("member_list")),
                *crumbs,
                (page.title, ""),
            ],
        },
    )


def _posts(user: Any, life: Life, *, today: dt.date) -> list[Any]:
    """Posts that go on, in organizations whose roster the user keeps."""
    return [
        post
        for post in life.posts
        if end_of(post) > today and access.may(user, Deed.ROSTER, post.organization, on=today)
    ]


def _exceptions(user: Any, life: Life, *, today: dt.date) -> list[StandingException]:
    """Exceptions that go on; whoever does not keep the roster ends only "not expected"."""
    keeps = life.last is not None and access.may(
        user, Deed.ROSTER, life.last.organization, on=today
    )
    return [
        one
        for one in life.exceptions
        if end_of(one) > today
        and (keeps or one.effect == StandingException.Effect.NOT_EXPECTED)
        and access.may(user, Deed.SUBMIT, one.membership.organization, on=today)
    ]


@require_http_methods(["GET", "POST"])
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the particulars of a member; what stood there before stays in the timeline."""
    today = timezone.localdate()
    member = access.get_visible(Member.objects.all(), request.user, on=today, pk=pk)
    home = home_organization(member)
    access.require(request.user, Deed.ROSTER, home, on=today)
    form = ParticularsForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_particulars(
                member,
                organization=home,
                happened_on=today,
                values=form.values,
                seen=form.seen,
                user=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("member_detail", pk=pk)
    return render(
        request,
        "branches/member_act.html",
        {
            "title": _("Change particulars"),
            "form": form,
            "member": member,
            "state": None,
            "back": reverse("member_detail", args=[pk]),
            "breadcrumbs": [
                (_("Party members"), reverse("member_list")),
                (member.name, reverse("member_detail", args=[pk])),
                (_("Change particulars"), ""),
            ],
        },
    )


@require_http_methods(["GET", "POST"])
def entry_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an entry, with the reason. Both stay in the timeline."""
    today = timezone.localdate()
    event: MemberEvent = access.get_visible(
        MemberEvent.objects.select_related("member", "organization", "other_organization"),
        request.user,
        on=today,
        pk=pk,
    )
    for place in filter(None, (event.organization, event.other_organization)):
        access.require(request.user, Deed.ROSTER, place, on=today)
    form = forms.UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.undo_entry(event, reason=form.cleaned_data["reason"], user=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The entry is undone."))
            return redirect("member_detail", pk=event.member_id)
    return render(
        request,
        "branches/entry_undo.html",
        {
            "event": event,
            "form": form,
            "breadcrumbs": [
                (_("Party members"), reverse("member_list")),
                (event.member.name, reverse("member_detail", args=[event.member_id])),
                (_("Undo an entry"), ""),
            ],
        },
    )
