"""What every page knows: the navigation of the user at hand."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav`: (label, url, is_current) rows, for a user who is logged in."""
    return {"nav": []}
