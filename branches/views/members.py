"""The list of members as of a day."""

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.forms import MemberFilterForm
from branches.models import Member, Membership, Organization, Post, PostTitle, Standing
from branches.querysets import stood_below
from branches.standing import person_rows

PER_PAGE = 50


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Members of the user's organizations as of a day, filtered, in the order of name or post."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.READ, on=today)
    organizations = Organization.objects.visible_to(request.user, on=today)
    form = MemberFilterForm(
        {"on": today.isoformat(), "sort": MemberFilterForm.Sort.NAME} | request.GET.dict(),
        organizations=organizations,
    )
    form.is_valid()
    wanted = form.cleaned_data
    day = wanted.get("on") or today

    memberships = (
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
    if text := wanted.get("q"):
        memberships = memberships.filter(
            Q(member__name__icontains=text) | Q(member__sort_key__icontains=text)
        )
    order = ["member__sort_key", "member__name", "member_id"]
    if wanted.get("sort") == MemberFilterForm.Sort.POST:
        memberships = memberships.annotate(rank=_rank_of_post(day))
        order = ["organization__path", "rank", *order]

    page = Paginator(memberships.order_by(*order), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "branches/member_list.html",
        {
            "form": form,
            "day": day,
            "page_obj": page,
            "people": person_rows(page.object_list, on=day),
            "is_filtered": any(wanted.get(name) for name in ("q", "organization", "standing")),
        },
    )


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
