"""What every page knows: the navigation of the user at hand."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branches import access
from branches.querysets import Deed, granted_paths


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav`: (label, url, is_current) rows, for a user who is logged in.

    Somebody who may read nothing gets the home page alone, which tells them why; the auditor the
    audit log besides.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    entries = [(_("Home"), reverse("home"))]
    today = timezone.localdate()
    if granted_paths(user, Deed.READ, on=today):
        entries += [
            (_("Activities"), reverse("activity_list")),
            (_("Who is behind"), reverse("compliance_list")),
            (_("Rectification"), reverse("rectification_list")),
            (_("Party organizations"), reverse("organization_list")),
            (_("Party members"), reverse("member_list")),
            (_("Figures"), reverse("figure_index")),
            (_("Annual reports"), reverse("report_list")),
        ]
    if granted_paths(user, Deed.IMPORT, on=today):
        entries.append((_("Import"), reverse("import_list")))
    if granted_paths(user, Deed.APPOINT, on=today):
        entries.append((_("Users"), reverse("user_list")))
    if access.may_read_audit_log(user, on=today):
        entries.append((_("Audit log"), reverse("audit_list")))
    here = _entry_of(request, [url for _label, url in entries])
    return {"nav": [(label, url, url == here) for label, url in entries]}


def _entry_of(request: HttpRequest, entries: list[str]) -> str:
    """The entry that the page belongs to: by its address, or by its name where the address
    begins with an organization and would mislead. "" when it belongs to none.
    """
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if name.startswith(("figure", "definitions")):
        return reverse("figure_index")
    if name.startswith("report_"):
        return reverse("report_list")
    if name == "upkeep":
        return reverse("organization_list")
    if name.startswith(("requirement_", "exemption_", "kinds_apart_", "holiday_")):
        return reverse("compliance_list")
    if name == "appointment_end":
        return reverse("user_list")
    home, *others = entries
    if request.path == home:
        return home
    return next((url for url in others if request.path.startswith(url)), "")
