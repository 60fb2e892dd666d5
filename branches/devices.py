"""The browsers in which a user is logged in."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from branches.browser_name import browser_name
from branches.models import Session, User


@dataclass(frozen=True)
class Device:
    """One signed-in browser. `handle` names it on a page; the key of the session never leaves."""

    handle: str
    browser: str
    address: str
    started_at: dt.datetime | None
    last_seen_at: dt.datetime | None
    is_current: bool


def devices_of(user: User, *, current_key: str | None, at: dt.datetime) -> list[Device]:
    """Sessions not over at the moment, the current one first, then the last used. One query."""
    rows = Session.objects.filter(user=user, expire_date__gt=at)
    devices = [_device(row, row.get_decoded(), current_key) for row in rows]
    long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(
        devices, key=lambda one: (one.is_current, one.last_seen_at or long_ago), reverse=True
    )


def end_device(user: User, handle: str) -> bool:
    """Log the user out there. Whether there was such a device."""
    keys = Session.objects.filter(user=user).values_list("session_key", flat=True)
    ended = [key for key in keys if _handle(key) == handle]
    return bool(Session.objects.filter(session_key__in=ended).delete()[0])


def end_devices(user: User, *, except_key: str | None = None) -> int:
    """Log the user out everywhere, or everywhere else; the number of sessions that ended."""
    return Session.objects.filter(user=user).exclude(session_key=except_key or "").delete()[0]


def _device(row: Session, values: dict[str, Any], current_key: str | None) -> Device:
    return Device(
        handle=_handle(row.session_key),
        browser=browser_name(values.get("browser", "")),
        address=values.get("address", ""),
        started_at=_moment(values.get("started")),
        last_seen_at=_moment(values.get("last_seen")),
        is_current=row.session_key == current_key,
    )


def _handle(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _moment(seconds: int | None) -> dt.datetime | None:
    if seconds is None:
        return None
    return dt.datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone())
