"""What every page knows: the navigation of the user at hand."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.querysets import Deed, granted_paths


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav`: (label, url, is_current) rows, for a user who is logged in.

    Somebody who may read nothing gets the home page alone, which tells them why.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    entries = [(_("Home"), reverse("home"))]
    if granted_paths(user, Deed.READ, on=timezone.localdate()):
        entries += [
            (_("Activities"), reverse("activity_list")),
            (_("Party organizations"), reverse("organization_list")),
            (_("Party members"), reverse("member_list")),
            (_("Figures"), reverse("figure_index")),
            (_("Annual reports"), reverse("report_list")),
        ]
    home = reverse("home")
    return {
        "nav": [
            (label, url, request.path == url or (url != home and request.path.startswith(url)))
            for label, url in entries
        ]
    }
