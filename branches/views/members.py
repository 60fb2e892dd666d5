"""The roster as of a day: a page of it, and all of it as a file."""

import datetime as dt
import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access, audit
from branches.access import Deed
from branches.forms import MemberFilterForm
from branches.models import Member, Membership, Organization, Post, PostTitle, Standing
from branches.querysets import PeriodQuerySet, stood_below
from branches.standing import person_rows, roster_cells
from branches.xlsx import workbook, workbook_response

PER_PAGE = 50
LONGEST_INITIALS = 8


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Members of the user's organizations as of a day, filtered, in the order of name or post."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    form, day, memberships = _listed(request, on=today)
    page = Paginator(memberships, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.urlencode()
    keeps = bool(
        Organization.objects.editable_by(request.user, on=today, deed=Deed.ROSTER).exists()
    )
    return render(
        request,
        "branches/member_list.html",
        {
            "form": form,
            "day": day,
            "page_obj": page,
            "people": person_rows(page.object_list, on=day),
            "is_filtered": any(
                form.cleaned_data.get(name) for name in ("q", "organization", "standing", "post")
            ),
            "export_url": reverse("member_export") + (f"?{asked}" if asked else ""),
            "keeps_roster": keeps,
        },
    )


@require_safe
def member_export(request: HttpRequest) -> HttpResponse:
    """What the list shows (filter, search, order), all pages of it, as xlsx."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    form, day, memberships = _listed(request, on=today)
    columns, rows = roster_cells(memberships, on=day)
    audit.note(
        "member.export",
        organization=form.cleaned_data.get("organization"),
        on=day,
        filter={name: request.GET.get(name, "") for name in ("q", "standing", "post")},
        rows=len(rows),
    )
    title = _("Party members")
    return workbook_response(
        workbook(title, columns, rows, on=today), f"{title}-{day.isoformat()}.xlsx"
    )


def _listed(
    request: HttpRequest, *, on: dt.date
) -> tuple[MemberFilterForm, dt.date, PeriodQuerySet]:
    """The form with what was asked, the day, and the memberships in the order asked for."""
    organizations = Organization.objects.visible_to(request.user, on=on)
    form = MemberFilterForm(
        {"on": on.isoformat(), "sort": MemberFilterForm.Sort.NAME} | request.GET.dict(),
        organizations=organizations,
    )
    form.is_valid()
    wanted = form.cleaned_data
    day: dt.date = wanted.get("on") or on

    memberships: Any = (
        Membership.objects.in_force(day)
        .filter(organization__in=organizations.order_by(), member__joined_on__lte=day)
        .select_related("member", "organization")
    )
    if organization := wanted.get("organization"):
        memberships = memberships.filter(stood_below(organization, on=day))
    if standing := wanted.get("standing"):
        people = Member.objects.all()
        memberships = memberships.filter(
            member__in=people.full_on(day)
            if standing == Standing.FULL
            else people.probationary_on(day)
        )
    if post := wanted.get("post"):
        held = Post.objects.in_force(day).filter(organization__in=organizations.order_by())
        if post != MemberFilterForm.ANY_POST:
            held = held.filter(title=post)
        memberships = memberships.filter(member__in=held.values("member"))
    if text := wanted.get("q"):
        memberships = memberships.annotate(
            pinyin=Replace("member__sort_key", Value(" "), Value(""))
        ).filter(_named(text))
    order = ["member__sort_key", "member__name", "member_id"]
    if wanted.get("sort") == MemberFilterForm.Sort.POST:
        memberships = memberships.annotate(rank=_rank_of_post(day))
        order = ["organization__path", "rank", *order]
    return form, day, memberships.order_by(*order)


def _named(text: str) -> Q:
    """A part of the name, of its pinyin with or without spaces, or the initials one after
    another (`zxh` finds zhang xiao hong)."""
    letters = re.sub(r"[\s'’]", "", text).lower()
    condition = Q(member__name__icontains=text) | Q(member__sort_key__icontains=text)
    if letters.isascii() and letters.isalpha():
        condition |= Q(pinyin__icontains=letters)
        if 1 < len(letters) <= LONGEST_INITIALS:
            initials = "[^ ]* ".join(letters)
            condition |= Q(member__sort_key__regex=f"(^| ){initials}")
    return condition


def _rank_of_post(day: dt.date) -> Coalesce:
    """Place of the member's highest post on the day in the customary order; those without last."""
    ranks = Case(
        *(When(title=title, then=Value(rank)) for rank, title in enumerate(PostTitle)),
        output_field=IntegerField(),
    )
    highest = (
        Post.objects.in_force(day)
        .filter(member=OuterRef("member"))
        .order_by()
        .values("member")
        .annotate(rank=Min(ranks))
        .values("rank")
    )
    return Coalesce(Subquery(highest), Value(len(PostTitle)))
