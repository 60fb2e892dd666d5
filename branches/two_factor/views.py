"""Pages: the code at login, and the second factor of one's own account and of a user's."""

from typing import Any

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.audit import Outcome, note
from branches.lockout import is_locked
from branches.models import User
from branches.sealing import CannotOpen, seal, unseal
from branches.two_factor import codes
from branches.two_factor.forms import ActivateForm, CodeForm, FirstCodeForm, PasswordForm
from branches.two_factor.pending import held_back, let_in
from branches.two_factor.qr import picture_of
from branches.views.user_changes import looked_after

OFFERED = "two_factor_offered"  # in the session: the secret in the picture, sealed
TYPED = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(TYPED)
def factor_code(request: HttpRequest) -> HttpResponse:
    """The second step of the login: a code."""
    user = held_back(request)
    if user is None:
        return _from_the_start(request)
    form = CodeForm(request.POST or None, request=request, user=user)
    if request.method == "POST":
        if form.is_valid():
            return redirect(let_in(request, user, by=form.cleaned_data["code"]))
        note("login", subject=user, outcome=Outcome.DENIED, by="code")
    status = 429 if is_locked(request) else 200
    return render(request, "branches/two_factor/code.html", {"form": form}, status=status)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(TYPED)
def factor_enroll(request: HttpRequest) -> HttpResponse:
    """The second step for whoever must have a second factor and has none: they set it up, and are
    let in with it."""
    user = held_back(request)
    if user is None or codes.factor_of(user) is not None:
        return _from_the_start(request)
    secret = _offered_secret(request, user)
    form = FirstCodeForm(request.POST or None, secret=secret)
    if request.method == "POST" and form.is_valid():
        fresh = codes.activate(user, secret=secret, counter=form.counter)
        if fresh is None:
            return _from_the_start(request)
        goes_to = let_in(request, user, by="totp")
        request.session.pop(OFFERED, None)
        return _shown_once(request, fresh, goes_to=goes_to)
    return _activate_page(request, user, form, secret, must=True)


@require_safe
def factor(request: HttpRequest) -> HttpResponse:
    """How the user logs in, and what they may change about it."""
    user = _oneself(request)
    return render(
        request,
        "branches/two_factor/state.html",
        {
            "factor": codes.factor_of(user),
            "codes_left": codes.recovery_codes_left(user),
            "must_have": codes.must_have(user, on=timezone.localdate()),
            "breadcrumbs": _breadcrumbs(),
        },
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(TYPED)
def factor_activate(request: HttpRequest) -> HttpResponse:
    """Scan the picture, type the first code: from the next login on it is asked for."""
    user = _oneself(request)
    if codes.factor_of(user) is not None:
        return redirect("factor")
    secret = _offered_secret(request, user)
    form = ActivateForm(request.POST or None, request=request, user=user, secret=secret)
    if request.method == "POST" and form.is_valid():
        fresh = codes.activate(user, secret=secret, counter=form.counter)
        request.session.pop(OFFERED, None)
        if fresh is None:
            return redirect("factor")
        return _shown_once(request, fresh, goes_to=reverse("factor"))
    return _activate_page(request, user, form, secret, must=False)


@never_cache
@sensitive_post_parameters()
@require_http_methods(TYPED)
def factor_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old ones."""
    user = _oneself(request)
    if codes.factor_of(user) is None:
        return redirect("factor")
    form = PasswordForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        fresh = codes.renew_recovery_codes(user)
        return _shown_once(request, fresh, goes_to=reverse("factor"))
    return _password_page(
        request,
        form,
        heading=_("New recovery codes"),
        hint=_("The old recovery codes open nothing any more. The authenticator app goes on."),
        button=_("Make new recovery codes"),
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(TYPED)
def factor_deactivate(request: HttpRequest) -> HttpResponse:
    """Back to the password alone; not for whoever must have a second factor."""
    user = _oneself(request)
    if codes.must_have(user, on=timezone.localdate()):
        raise PermissionDenied
    if codes.factor_of(user) is None:
        return redirect("factor")
    form = PasswordForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        codes.deactivate(user)
        messages.success(request, _("Two-factor login is switched off."))
        return redirect("factor")
    return _password_page(
        request,
        form,
        heading=_("Switch two-factor login off"),
        hint=_("Afterwards the password alone lets you in. The recovery codes open nothing more."),
        button=_("Switch off"),
    )


@require_POST
def user_factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """For a user who lost the phone and the recovery codes."""
    user = looked_after(request, pk)
    if user == request.user:
        raise PermissionDenied
    codes.take_off(user)
    messages.success(
        request, _("The second factor is taken off. The user is logged out everywhere.")
    )
    return redirect("user_detail", pk)


def _oneself(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _from_the_start(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    messages.info(request, _("Log in with your password first."))
    return redirect("login")


def _offered_secret(request: HttpRequest, user: User) -> str:
    """The secret in the picture, the same at every look until it is confirmed."""
    owner = f"TWO_FACTOR:{user.pk}"
    try:
        return unseal(request.session.get(OFFERED, ""), owner=owner)
    except CannotOpen:
        secret = str(generate_totp_secret())
        request.session[OFFERED] = seal(secret, owner=owner)
        return secret


def _shown_once(request: HttpRequest, fresh: list[str], *, goes_to: str) -> HttpResponse:
    shown = [f"{code[:5]} {code[5:]}" for code in fresh]
    return render(
        request, "branches/two_factor/recovery_codes.html", {"codes": shown, "goes_to": goes_to}
    )


def _activate_page(
    request: HttpRequest, user: User, form: FirstCodeForm, secret: str, *, must: bool
) -> HttpResponse:
    return render(
        request,
        "branches/two_factor/activate.html",
        {
            "form": form,
            "picture": picture_of(user, secret=secret),
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "must": must,
            "breadcrumbs": [] if must else _breadcrumbs(_("Switch two-factor login on")),
        },
        status=429 if is_locked(request) else 200,
    )


def _password_page(request: HttpRequest, form: PasswordForm, **words: Any) -> HttpResponse:
    return render(
        request,
        "branches/two_factor/password.html",
        {"form": form, "breadcrumbs": _breadcrumbs(words["heading"]), **words},
        status=429 if is_locked(request) else 200,
    )


def _breadcrumbs(last: str = "") -> list[tuple[str, str]]:
    own = (_("Two-factor login"), reverse("factor") if last else "")
    return [(_("My account"), reverse("account")), own, *([(last, "")] if last else [])]
