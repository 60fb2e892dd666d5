"""Where members can belong, and which posts an organization has."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.models import COMMITTEE_TITLES, Organization, OrganizationKind, PostTitle
from branches.services.people.entry import refusal

# The upper organizations are made of the branches below them; their committees hold posts.
MEMBER_KINDS = (OrganizationKind.BRANCH, OrganizationKind.GROUP)


def require_place(organization: Organization, *, on: dt.date, field: str = "organization") -> None:
    """Refused unless members can belong to the organization on the day."""
    if organization.kind not in MEMBER_KINDS:
        raise refusal(field, _("Members belong to a branch or a Party group. Choose one."))
    require_open(organization, on=on, field=field)


def require_open(organization: Organization, *, on: dt.date, field: str = "organization") -> None:
    """Refused before the organization was founded and from the day on which it was closed."""
    if organization.founded_on and organization.founded_on > on:
        raise refusal(
            field,
            _("This organization was founded on %(day)s, after the day of the entry."),
            day=date_format(organization.founded_on),
        )
    if organization.closed_on and organization.closed_on <= on:
        raise refusal(
            field,
            _("This organization was closed on %(day)s, before the day of the entry."),
            day=date_format(organization.closed_on),
        )


def titles_of(organization: Organization) -> list[PostTitle]:
    """The posts there are in the organization: a leader in a Party group, a committee elsewhere
    (机关条例 §9)."""
    if organization.kind == OrganizationKind.GROUP:
        return [PostTitle.GROUP_LEADER]
    return [title for title in PostTitle if title in COMMITTEE_TITLES]
