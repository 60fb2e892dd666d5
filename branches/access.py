"""The two answers of the door: 404 outside one's scope, 403 inside it for what one may not do.

Every view starts here. Outside the scope a record does not exist, so that nobody learns from
the answer which codes and ids are in use elsewhere.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from branches.models import Organization
from branches.querysets import Deed, granted_paths, is_auditor_of_site

__all__ = [
    "Deed",
    "get_organization",
    "get_visible",
    "is_auditor",
    "may",
    "may_read_audit_log",
    "require",
    "require_audit_log",
    "require_somewhere",
]


def may(user: Any, deed: Deed, organization: Organization, *, on: dt.date) -> bool:
    """Whether the user may do the deed with the organization's records on that day."""
    return organization.path.startswith(granted_paths(user, deed, on=on))


def require(user: Any, deed: Deed, organization: Organization, *, on: dt.date) -> None:
    """PermissionDenied (403) unless the user may do the deed. Load through the scope first."""
    if not may(user, deed, organization, on=on):
        raise PermissionDenied


def require_somewhere(user: Any, deed: Deed, *, on: dt.date) -> None:
    """For pages without an organization: 403 unless the user may do the deed anywhere."""
    if not granted_paths(user, deed, on=on):
        raise PermissionDenied


def get_organization(user: Any, code: str, *, on: dt.date, deed: Deed = Deed.READ) -> Organization:
    """The organization with this code. Http404 outside the scope, PermissionDenied inside it."""
    organization = get_object_or_404(Organization.objects.visible_to(user, on=on).with_code(code))
    require(user, deed, organization, on=on)
    return organization


def get_visible(rows: QuerySet, user: Any, *, on: dt.date, **lookup: Any) -> Any:
    """One row of a queryset that knows `visible_to`, or Http404."""
    try:
        return get_object_or_404(rows.visible_to(user, on=on), **lookup)  # type: ignore[attr-defined]
    except (ValueError, OverflowError) as error:  # an id no database holds
        raise Http404 from error


def is_auditor(user: Any, *, on: dt.date) -> bool:
    """Whether the user is appointed to read the audit log."""
    return is_auditor_of_site(user, on=on)


def may_read_audit_log(user: Any, *, on: dt.date) -> bool:
    """The auditor, who reads nothing else, and whoever runs the site."""
    return is_auditor(user, on=on) or (user.is_active and user.is_superuser)


def require_audit_log(user: Any, *, on: dt.date) -> None:
    """403 for everyone else: the log tells of the whole site."""
    if not may_read_audit_log(user, on=on):
        raise PermissionDenied
