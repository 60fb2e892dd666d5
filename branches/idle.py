"""Idle logout without a write at every request."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# How old the stored time of the last request may be, in seconds. Saving the session is a write
# to the database; once a minute is exact enough for a limit counted in tens of minutes.
REFRESH_AFTER = 60


class IdleSessionMiddleware:
    """Prolong the session of a user who goes on working; SESSION_COOKIE_AGE ends an idle one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("last_seen", 0) >= REFRESH_AFTER:
                request.session["last_seen"] = now
        return self.get_response(request)
