"""What is handed over, as plain rows."""

import datetime as dt
from dataclasses import dataclass

from branches.models import (
    Appointment,
    Organization,
    OrganizationKind,
    Post,
    StandingException,
    Term,
)
from branches.upkeep import ConversionDue, Upkeep
from meetings.commenting import Said
from meetings.due import DueItem
from meetings.models import Activity, Exemption, Kind, Rectification, Status
from reports.figures import Figure
from reports.models import AnnualReport

AT_MOST = 200  # rows of a list; an import may leave more drafts than anybody reads on paper
# In this order a successor takes them up: to be corrected, to be finished, waiting for others.
OPEN = (Status.RETURNED, Status.DRAFT, Status.SUBMITTED)


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record that is not accepted yet; `said` is what the reviewer wants corrected."""

    activity: Activity
    kinds: tuple[Kind, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ReportState:
    """A year and its annual report, None where none is begun."""

    year: int
    report: AnnualReport | None


@dataclass(frozen=True, slots=True)
class Below:
    """What is open in an organization below, with its groups."""

    organization: Organization
    term: Term | None
    records: dict[str, int]  # status → how many, of OPEN
    rectifications: int
    conversions: int


@dataclass(frozen=True, slots=True)
class Handover:
    """Everything that is handed over, as of the day. The lists of records and of
    rectifications are cut after AT_MOST rows; the totals are not.

    `appointments` is None where the reader is not told who has an account.
    """

    organization: Organization
    on: dt.date
    posts: tuple[Post, ...]
    term: Term | None
    upkeep: Upkeep
    records: tuple[OpenRecord, ...]
    totals: dict[str, int]  # status → how many records, of OPEN
    rectifications: tuple[Rectification, ...]
    rectification_total: int
    due: tuple[DueItem, ...]
    late: tuple[DueItem, ...]
    conversions: tuple[ConversionDue, ...]
    exemptions: tuple[Exemption, ...]
    exceptions: tuple[StandingException, ...]
    appointments: tuple[Appointment, ...] | None
    reports: tuple[ReportState, ...]
    figures: tuple[Figure, ...]
    below: tuple[Below, ...]


def is_above(organization: Organization) -> bool:
    """A committee or general branch; a branch speaks for its groups."""
    return organization.kind in (OrganizationKind.COMMITTEE, OrganizationKind.GENERAL_BRANCH)
