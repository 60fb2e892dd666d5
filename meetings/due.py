"""What the organizations of a user still have to hold this month, and what they held last."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from branches.models import Organization, OrganizationKind
from branches.querysets import Deed, granted_paths
from meetings.compliance import compliance_of
from meetings.models import Activity, Credit, EntryTemplate, Kind, Period, Status
from meetings.querysets import ActivityQuerySet
from meetings.requirements import State, Verdict

MOST_ORGANIZATIONS = 30  # of one branch with its groups; a bureau has the overview instead
A_YEAR = dt.timedelta(days=400)
SHORT_PERIODS = (Period.MONTH, Period.QUARTER)
NOT_VOID = tuple(status.value for status in Status if status != Status.VOID)


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something still due, for one organization."""

    organization: Organization
    due: Verdict

    @property
    def kind(self) -> Kind:
        return Kind(self.due.rule.kind)


@dataclass(frozen=True, slots=True)
class Starts:
    """The ways into a form that is filled already."""

    due: list[DueItem]
    last: list[tuple[Kind, int, dt.date]]  # kind, key and day of its newest record
    templates: list[EntryTemplate]

    def __bool__(self) -> bool:
        return bool(self.due or self.last or self.templates)


def starts_of(user: Any, *, on: dt.date) -> Starts:
    """For whoever records for branches and groups; a committee's people get the templates.

    At most nine queries, whatever the number of organizations and records.
    """
    paths = granted_paths(user, Deed.RECORD, on=on)
    templates = list(
        EntryTemplate.objects.filter(organization__in=_recordable(user, on), is_retired=False)
        .select_related("organization")
        .order_by("name", "pk")[:MOST_ORGANIZATIONS]
    )
    if not paths or paths == ("",):
        return Starts([], [], templates)
    organizations = _own(paths, on=on)
    return Starts(still_due_of(organizations, on=on), last_of(organizations, on=on), templates)


def _recordable(user: Any, on: dt.date) -> Any:
    return Organization.objects.editable_by(user, on=on).order_by().values("pk")


def _own(paths: Iterable[str], *, on: dt.date) -> list[Organization]:
    """The organizations appointed to, and the groups of those that are branches."""
    paths = list(paths)
    group = Q(kind=OrganizationKind.GROUP)
    return list(
        Organization.objects.open_on(on)
        .filter(Q(path__in=paths) | _under(paths) & group)
        .filter(kind__in=(OrganizationKind.BRANCH, OrganizationKind.GROUP))
        .order_by("path")[:MOST_ORGANIZATIONS]
    )


def _under(paths: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path, depth=len(path) // Organization.steplen + 1)
    return condition


def still_due_of(organizations: Iterable[Organization], *, on: dt.date) -> list[DueItem]:
    """What the month and the quarter of the day still ask of each organization, by their order;
    of one organization the soonest end first. Six queries.

    A draft counts here: whoever has begun a record need not begin it again.
    """
    organizations = list(organizations)
    if not organizations:
        return []
    verdicts = compliance_of(organizations, year=on.year, on=on, statuses=NOT_VOID)
    return [
        DueItem(organization, verdict)
        for organization in organizations
        for verdict in sorted(verdicts[organization.pk], key=lambda one: one.due_on)
        if verdict.state == State.DUE and verdict.rule.period in SHORT_PERIODS
    ]


def last_of(
    organizations: Iterable[Organization], *, on: dt.date
) -> list[tuple[Kind, int, dt.date]]:
    """The newest record of each kind that these organizations host, of about a year. One query."""
    newest: dict[str, tuple[int, dt.date]] = {}
    for kind, pk, day in (
        Credit.objects.filter(
            activity__host__in=list(organizations), activity__held_on__gt=on - A_YEAR
        )
        .exclude(activity__status=Status.VOID)
        .order_by("-activity__held_on", "-activity")
        .values_list("kind", "activity", "activity__held_on")
    ):
        newest.setdefault(kind, (pk, day))
    return [(kind, *newest[kind.value]) for kind in Kind if kind.value in newest]


def meeting_before(
    host_id: int, kinds: Iterable[str], *, before: dt.date, besides: int | None = None
) -> Activity | None:
    """The last meeting of the host that counts as one of the kinds, with its agenda."""
    wanted = Credit.objects.filter(kind__in=list(kinds)).order_by().values("activity")
    activities: ActivityQuerySet = Activity.objects.filter(
        host=host_id, held_on__lte=before, pk__in=wanted
    )
    return (
        activities.exclude(status=Status.VOID)
        .exclude(pk=besides)
        .prefetch_related("agenda_items")
        .order_by("-held_on", "-pk")
        .first()
    )
