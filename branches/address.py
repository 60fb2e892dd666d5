"""The address that a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The IP address of the browser, or "" where none is known.

    Behind PROXY_COUNT proxies of one's own it is what the outermost of them wrote into
    X-Forwarded-For; what stands before that was written by the client and is not believed.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        found = told[-settings.PROXY_COUNT] if len(told) >= settings.PROXY_COUNT else found
    try:
        return str(ipaddress.ip_address(found.strip()))
    except ValueError:
        return ""


def known_address(request: HttpRequest) -> str | None:
    """As `client_address`, for a column that takes an address or nothing."""
    return client_address(request) or None
