"""Between the password and the code: the browser belongs to nobody yet.

What is known so far lies in the session of a browser in which nobody is logged in.
"""

import datetime as dt
import time

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from branches.audit import act, note
from branches.models import User
from branches.two_factor.codes import factor_of, must_have

KEPT = "password_given"
SECONDS = 600  # from the password to the code; scanning the picture for the first time included


def hold_back(
    request: HttpRequest, user: User, *, on: dt.date, goes_to: str
) -> HttpResponse | None:
    """Whoever gave the right password goes on to the code; None when no code is needed."""
    has_one = factor_of(user) is not None
    if not has_one and not must_have(user, on=on):
        return None
    # Another id and nothing of before: whoever knew the session so far learns nothing of it.
    request.session.flush()
    request.session[KEPT] = {
        "user": user.pk,
        "backend": user.backend,
        "password": user.get_session_auth_hash(),
        "until": int(time.time()) + SECONDS,
        "goes_to": goes_to,
    }
    note("factor.ask", subject=user)
    return redirect("factor_code" if has_one else "factor_enroll")


def held_back(request: HttpRequest) -> User | None:
    """Who gave the password in this browser a short while ago, if it is still the same."""
    kept = request.session.get(KEPT)
    if not kept or kept["until"] < time.time():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["password"], user.get_session_auth_hash()):
        return None
    return user


def let_in(request: HttpRequest, user: User, *, by: str) -> str:
    """Log the user in, now that both are given; the address to go to."""
    kept = request.session.pop(KEPT)
    with act("login", user=user) as entry:
        login(request, user, backend=kept["backend"])
        request.session["started"] = int(time.time())
        entry.noted(by=by)
    return str(kept["goes_to"] or settings.LOGIN_REDIRECT_URL)
