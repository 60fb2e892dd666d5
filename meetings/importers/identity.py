"""How an imported activity is found again when its file comes a second time. Pure."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def import_key(
    *,
    number: str,
    host: str,
    held_on: object,
    start_time: object,
    title: str,
    kinds: Iterable[str],
    codes: Iterable[str],
) -> str:
    """64 hex digits of what makes it this activity and no other."""
    return _digest([number, host, held_on, start_time, title, sorted(kinds), sorted(codes)])


def content_digest(*parts: Any) -> str:
    """64 hex digits of everything the file says of the activity."""
    return _digest(parts)


def _digest(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
