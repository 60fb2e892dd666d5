"""What organizations were called on a day."""

import datetime as dt
from dataclasses import dataclass

from branches.models import Organization


@dataclass(frozen=True, slots=True)
class BorneName:
    """The name borne on a day."""

    name: str
    short_name: str

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


def name_on(organization: Organization, *, on: dt.date) -> BorneName:
    """The name that the organization bore on the day: there is one on every day. One query."""
    borne = organization.names.in_force(on).first()
    if borne is None:
        raise LookupError(f"no name of {organization.code} on {on}")
    return BorneName(borne.name, borne.short_name)


def name_in_year(organization: Organization, *, year: int) -> BorneName:
    """The name at the end of the year: the documents of the year bear it. One query."""
    return name_on(organization, on=dt.date(year, 12, 31))
