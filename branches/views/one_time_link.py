"""The page behind a one-time link. Whoever has the link needs no login."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from branches.forms.accounts import NewPasswordForm
from branches.services.accounts import link_with, open_link, set_password_by_link

KEPT = "password_link"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password_set(request: HttpRequest) -> HttpResponse:
    """Set the password of the account that the link is for; it works once.

    The token comes in the query (`?link=`), which no log of ours keeps, and is gone from the
    address at once: addresses stay in the browser's history. Opening the link uses nothing up.
    """
    now = timezone.now()
    if request.method != "POST" and (token := request.GET.get("link")):
        if (link := open_link(token, at=now)) is None:
            return _over(request)
        request.session[KEPT] = link.pk
        return redirect("password_set")
    kept = request.session.get(KEPT)
    link = kept and link_with(kept, at=now)
    if not link:
        return _over(request)
    form = NewPasswordForm(link.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not set_password_by_link(link, password=form.cleaned_data["new_password1"], at=now):
            return _over(request)
        # Whoever was logged in in this browser makes room for the account of the link.
        logout(request)
        messages.success(request, _("Your password is set. Log in with it."))
        return redirect("login")
    return render(request, "branches/password_set.html", {"form": form, "person": link.user})


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "branches/password_link_over.html", status=410)
