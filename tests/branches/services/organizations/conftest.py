"""A bureau with a general branch, two branches and a group, and whoever administers it."""

import datetime as dt
from dataclasses import dataclass

import pytest

from branches.models import Organization, OrganizationKind, Placement, Role, User
from tests.factories import make_organization, make_user


@dataclass
class Bureau:
    """D00 > D09 general branch, D01 > D01-1 group, D02."""

    top: Organization
    general: Organization
    first: Organization
    group: Organization
    second: Organization
    admin: User

    def above(self, organization: Organization, day: dt.date) -> list[str]:
        """Codes of those above on the day, from the nearest up."""
        return list(
            Placement.objects.in_force(day)
            .filter(organization=organization, distance__gt=0)
            .order_by("distance")
            .values_list("ancestor__code", flat=True)
        )

    def above_in_tree(self, organization: Organization) -> list[str]:
        """The same by the tree of today."""
        organization.refresh_from_db()
        return [one.code for one in Organization.objects.get_ancestors(organization)][::-1]


@pytest.fixture
def bureau() -> Bureau:
    top = make_organization("D00", kind=OrganizationKind.COMMITTEE, name="测试局党委")
    general = make_organization(
        "D09", parent=top, kind=OrganizationKind.GENERAL_BRANCH, name="中心党总支"
    )
    first = make_organization("D01", parent=top, name="第一支部")
    group = make_organization("D01-1", parent=first, kind=OrganizationKind.GROUP, name="一组")
    second = make_organization("D02", parent=top, name="第二支部")
    admin = make_user("boss", role=Role.ADMINISTRATOR, organization=top)
    return Bureau(top, general, first, group, second, admin)
