"""Idle and absolute end of a session, without a write at every request."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from branches.address import client_address
from branches.clean import clean_line

# How old the stored time of the last request may be, in seconds. Saving the session is a write
# to the database; once a minute is exact enough for a limit counted in tens of minutes.
REFRESH_AFTER = 60


class SessionLimitsMiddleware:
    """Prolongs the session of a user who goes on working, up to the absolute limit.

    SESSION_COOKIE_AGE ends an idle one; SESSION_ABSOLUTE_AGE ends any, however busy. What the
    page of signed-in devices tells is noted on the way: since when, last when, where from, what.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            if now - session.get("started", now) >= settings.SESSION_ABSOLUTE_AGE:
                logout(request)
            elif now - session.get("last_seen", 0) >= REFRESH_AFTER:
                session.setdefault("started", now)
                session["last_seen"] = now
                session["address"] = client_address(request)
                session["browser"] = clean_line(request.headers.get("User-Agent", ""))[:300]
        return self.get_response(request)
