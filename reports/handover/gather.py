"""From an organization and a day to what is handed over."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Case, Count, F, Q, Value, When

from branches.models import (
    COMMITTEE_TITLES,
    Appointment,
    Organization,
    Post,
    PostTitle,
    Role,
    StandingException,
    Term,
)
from branches.upkeep import upkeep_of
from meetings.commenting import latest_comments
from meetings.compliance import compliance_of
from meetings.credits import credit_summary
from meetings.due import NOT_VOID, DueItem
from meetings.models import Activity, Exemption, Rectification, Status
from meetings.requirements import State
from reports.figures import compute_figures
from reports.handover.below import sum_up_below
from reports.handover.values import AT_MOST, OPEN, Handover, OpenRecord, ReportState, is_above
from reports.models import AnnualReport, ReportStatus

MAIN_FIGURES = (
    "activities.count",
    "general_meeting.count",
    "committee_meeting.count",
    "group_meeting.count",
    "party_lecture.count",
    "themed_party_day.count",
    "group_study.count",
    "organizational_life_meeting.count",
    "integrity_education.count",
    "attendance.rate",
    "members.full",
    "members.probationary",
)


def handover_of(organization: Organization, *, on: dt.date, with_accounts: bool) -> Handover:
    """What is handed over on the day. At most 32 queries, whatever the number of rows.

    The year counted is that of the day, accepted records only (rule 6 of the counting rules).
    """
    standing = list(Organization.objects.at_or_below(organization).open_on(on))
    own = [one for one in standing if not is_above(organization) or one.pk == organization.pk]
    terms = {
        term.organization_id: term
        for term in Term.objects.filter(organization__in=standing, ended_on=None)
    }
    upkeep = upkeep_of(standing, on=on)
    held = _open_records_by_host(organization)
    problems = _open_rectifications_by_path(organization)
    mine = {one.path for one in own} | {organization.path}
    due, late = _asked(own, on=on)
    computed = compute_figures(organization, year=on.year)
    return Handover(
        organization=organization,
        on=on,
        posts=_posts(organization, on=on),
        term=terms.get(organization.pk),
        upkeep=upkeep,
        records=_open_records(organization),
        totals={
            status.value: sum(
                number
                for (path, its), number in held.items()
                if its == status.value and _is_mine(path, organization)
            )
            for status in OPEN
        },
        rectifications=tuple(
            Rectification.objects.filter(_own(organization), done_on=None)
            .select_related("organization")
            .order_by(F("due_on").asc(nulls_last=True), "pk")[:AT_MOST]
        ),
        rectification_total=sum(
            number for path, number in problems.items() if _is_mine(path, organization)
        ),
        due=due,
        late=late,
        conversions=tuple(one for one in upkeep.conversions if one.organization.path in mine),
        exemptions=tuple(
            Exemption.objects.filter(
                _own(organization),
                Q(ended_on=None) | Q(ended_on__gt=on),
                started_on__lte=on,
            )
            .select_related("organization")
            .order_by("organization__path", "started_on", "pk")
        ),
        exceptions=tuple(
            StandingException.objects.in_force(on)
            .filter(
                _own(organization, "membership__organization"),
                Q(membership__ended_on=None) | Q(membership__ended_on__gt=on),
                membership__is_void=False,
            )
            .select_related("membership__member", "membership__organization")
            .order_by("membership__member__sort_key", "started_on", "pk")
        ),
        appointments=_appointments(organization, on=on) if with_accounts else None,
        reports=_reports(organization, on=on),
        figures=tuple(computed.figures[key] for key in MAIN_FIGURES),
        below=sum_up_below(organization, standing, terms, upkeep, held, problems),
    )


def _own(organization: Organization, field: str = "organization") -> Q:
    """The condition that the row is the organization's own, or of a group of the branch."""
    if is_above(organization):
        return Q(**{field: organization})
    return Q(**{f"{field}__path__startswith": organization.path})


def _is_mine(path: str, organization: Organization) -> bool:
    return path == organization.path or not is_above(organization)


def _posts(organization: Organization, *, on: dt.date) -> tuple[Post, ...]:
    """Those of the organization first, in customary order, then the leaders of its groups."""
    order = [title.value for title in PostTitle]
    posts = Post.objects.in_force(on).filter(_own(organization))
    return tuple(
        sorted(
            posts.select_related("member", "organization"),
            key=lambda post: (
                post.organization.path,
                post.title not in COMMITTEE_TITLES,
                order.index(post.title),
                post.member.sort_key,
                post.pk,
            ),
        )
    )


def _open_records(organization: Organization) -> tuple[OpenRecord, ...]:
    """Three queries. The host keeps a record; who only took part has nothing to hand over."""
    rows = (
        Activity.objects.filter(_own(organization, "host"), status__in=OPEN)
        .select_related("host")
        .prefetch_related("credits__organization", "review_comments")
        .order_by(
            Case(*(When(status=one, then=Value(rank)) for rank, one in enumerate(OPEN))),
            "held_on",
            "pk",
        )
    )
    return tuple(
        OpenRecord(
            activity,
            credit_summary(activity.credits.all()).kinds,
            tuple(latest_comments(activity)) if activity.status == Status.RETURNED else (),
        )
        for activity in rows[:AT_MOST]
    )


def _open_records_by_host(organization: Organization) -> dict[tuple[str, str], int]:
    """(path of the host, status) → records, of everything at or below. One query."""
    return {
        (path, status): number
        for path, status, number in Activity.objects.filter(
            host__path__startswith=organization.path, status__in=OPEN
        )
        .order_by()
        .values_list("host__path", "status")
        .annotate(Count("pk"))
    }


def _open_rectifications_by_path(organization: Organization) -> dict[str, int]:
    """Path of the organization → rectifications not done, of everything at or below. One query."""
    return dict(
        Rectification.objects.at_or_below(organization)
        .filter(done_on=None)
        .order_by()
        .values_list("organization__path")
        .annotate(Count("pk"))
    )


def _asked(
    own: Iterable[Organization], *, on: dt.date
) -> tuple[tuple[DueItem, ...], tuple[DueItem, ...]]:
    """What is still to be held in periods that have begun, and what the year has missed.

    A draft counts as held here: it is in the list of what is open. Six queries.
    """
    own = list(own)
    verdicts = compliance_of(own, year=on.year, on=on, statuses=NOT_VOID)
    asked = sorted(
        (DueItem(one, verdict) for one in own for verdict in verdicts[one.pk]),
        key=lambda item: item.due.due_on,
    )
    return (
        tuple(item for item in asked if item.due.state == State.DUE),
        tuple(item for item in asked if item.due.state == State.LATE),
    )


def _appointments(organization: Organization, *, on: dt.date) -> tuple[Appointment, ...]:
    """In force or to come, in the organization itself; who reaches it from above stays there."""
    order = [role.value for role in Role]
    return tuple(
        sorted(
            Appointment.objects.not_over(on)
            .filter(_own(organization))
            .select_related("user", "organization"),
            key=lambda one: (order.index(one.role), one.user.sort_key, one.started_on, one.pk),
        )
    )


def _reports(organization: Organization, *, on: dt.date) -> tuple[ReportState, ...]:
    """Last year's and this year's, begun or not, and older ones that were never finished."""
    years: dict[int, AnnualReport | None] = {on.year: None, on.year - 1: None}
    years |= {
        report.year: report
        for report in AnnualReport.objects.filter(
            ~Q(status=ReportStatus.FINAL) | Q(year__gte=on.year - 1), organization=organization
        ).defer("snapshot")
    }
    return tuple(ReportState(year, years[year]) for year in sorted(years, reverse=True))
