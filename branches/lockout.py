"""Lock-out after failed logins: what django-axes is told, and what it is asked.

It counts per account and address, in the database, so that the count holds on every process and
machine. Another address still gets in: nobody can lock out a colleague by guessing.
"""

from typing import Any

from axes.utils import reset
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from branches.models import User


def account_key(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Under which name the tries of an account are counted: a keyed hash of what was typed,
    because people type their password there. An account that does not exist has one too."""
    typed = (credentials or {}).get("username")
    if typed is None and request is not None:
        typed = request.POST.get("username", "")
    return salted_hmac("branches.lockout", typed or "", algorithm="sha256").hexdigest()


def is_locked(request: HttpRequest) -> bool:
    """Whether the login just tried was refused, or was the last to be tried, by the lock."""
    return bool(getattr(request, "axes_locked_out", False))


def forget_failures(user: User) -> None:
    """The failed tries of the account count no longer, from wherever they came."""
    reset(username=account_key(None, {"username": user.username}))
