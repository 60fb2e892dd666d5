"""What the organizations of a user still have to hold this month, and what they held last."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from branches.models import Organization, OrganizationKind, Post
from branches.querysets import Deed, granted_paths
from branches.roster import COMMITTEE_TITLES
from meetings.models import Activity, Credit, EntryTemplate, Kind, Period, Requirement, Status
from meetings.querysets import ActivityQuerySet
from meetings.requirements import Rule, StillDue, still_due

MOST_ORGANIZATIONS = 30  # of one branch with its groups; a bureau has the overview instead
A_YEAR = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something still due, for one organization."""

    organization: Organization
    due: StillDue

    @property
    def kind(self) -> Kind:
        return Kind(self.due.kind)

    @property
    def period(self) -> Period:
        return Period(self.due.period)


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

    At most six queries, whatever the number of organizations and records.
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
    """What the month and the quarter of the day still ask of each organization. Four queries.

    A committee meeting is asked only where somebody holds a seat.
    """
    organizations = list(organizations)
    if not organizations:
        return []
    rules = list(
        Requirement.objects.filter(
            Q(effective_until__isnull=True) | Q(effective_until__gt=on), effective_from__lte=on
        ).select_related("scope")
    )
    held: dict[int, list[tuple[str, dt.date]]] = defaultdict(list)
    for organization_id, kind, day in (
        Credit.objects.filter(
            organization__in=organizations,
            activity__held_on__gte=dt.date(on.year, 1, 1),
            activity__held_on__lte=dt.date(on.year, 12, 31),
        )
        .exclude(activity__status=Status.VOID)
        .order_by()
        .values_list("organization", "kind", "activity__held_on")
    ):
        held[organization_id].append((kind, day))
    with_committee = set(
        Post.objects.in_force(on)
        .filter(organization__in=organizations, title__in=COMMITTEE_TITLES)
        .order_by()
        .values_list("organization", flat=True)
    )
    found = []
    for organization in organizations:
        own = _rules_for(rules, organization, has_committee=organization.pk in with_committee)
        found += [
            DueItem(organization, due) for due in still_due(own, held[organization.pk], on=on)
        ]
    return found


def _rules_for(
    rules: Iterable[Requirement], organization: Organization, *, has_committee: bool
) -> list[Rule]:
    """One rule a kind: the one whose scope lies nearest, the general one last."""
    nearest: dict[str, tuple[int, dt.date, Rule]] = {}
    for rule in rules:
        if rule.organization_kind != organization.kind:
            continue
        if rule.kind == Kind.COMMITTEE_MEETING and not has_committee:
            continue
        if rule.scope and not organization.path.startswith(rule.scope.path):
            continue
        depth = rule.scope.depth if rule.scope else 0
        rank = (depth, rule.effective_from, Rule(rule.kind, rule.period, rule.times))
        if rule.kind not in nearest or rank[:2] > nearest[rule.kind][:2]:
            nearest[rule.kind] = rank
    order = [kind.value for kind in Kind]
    return [nearest[kind][2] for kind in order if kind in nearest]


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
