"""Users, as their administrator sees them."""

from django.conf import settings
from django.contrib.auth.hashers import is_password_usable
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from branches.forms.accounts import UserFilterForm
from branches.models import Appointment, Organization, User

PER_PAGE = 50


@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    """Users appointed in the administrator's organizations, and those they created."""
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.APPOINT, on=today)
    organizations = Organization.objects.editable_by(request.user, on=today, deed=Deed.APPOINT)
    form = UserFilterForm(request.GET.dict(), organizations=organizations)
    form.is_valid()
    shown = Appointment.objects.visible_to(request.user, on=today)
    users = form.narrow(User.objects.visible_to(request.user, on=today), shown=shown, on=today)
    current = Prefetch(
        "appointments",
        shown.in_force(today).select_related("organization").order_by("organization__path", "role"),
        to_attr="current",
    )
    page = Paginator(
        users.order_by("sort_key", "name", "username").prefetch_related(current), PER_PAGE
    )
    return render(
        request,
        "branches/user_list.html",
        {
            "form": form,
            "page_obj": page.get_page(request.GET.get("page")),
            "is_filtered": any(form.cleaned_data.values()),
        },
    )


@require_safe
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: appointments within the administrator's reach, and what may be done."""
    today, now = timezone.localdate(), timezone.now()
    access.require_somewhere(request.user, Deed.APPOINT, on=today)
    user: User = access.get_visible(User.objects.all(), request.user, on=today, pk=pk)
    shown = Appointment.objects.visible_to(request.user, on=today).filter(user=user)
    appointments = list(shown.select_related("organization").order_by("-started_on", "-pk"))
    mine = User.objects.looked_after_by(request.user, on=today)
    return render(
        request,
        "branches/user_detail.html",
        {
            "person": user,
            "appointments": appointments,
            "today": today,
            "is_oneself": user == request.user,
            "may_look_after": mine.filter(pk=user.pk).exists(),
            "open_link": user.password_links.filter(
                used_at__isnull=True, ended_at__isnull=True, expires_at__gt=now
            ).first(),
            "has_second_factor": _has_second_factor(user),
            "has_password": is_password_usable(user.password),
            "breadcrumbs": [(_("Users"), reverse("user_list")), (str(user), "")],
        },
    )


def _has_second_factor(user: User) -> bool:
    if not settings.TWO_FACTOR:
        return False
    from branches.two_factor.codes import factor_of  # the extra may not be installed

    return factor_of(user) is not None
