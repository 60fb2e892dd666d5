"""A handover as tables of words, the same on the screen and on paper."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Kind, Status
from reports.handover.cells import (
    Cell,
    Table,
    day_text,
    organization_cell,
    overdue_tag,
    without_own_name,
)
from reports.handover.open_items import due_table, missed_table, records_table, rectifications_table
from reports.handover.values import AT_MOST, Handover, is_above


def tables_of(handover: Handover) -> tuple[Table, ...]:
    """Every list of the handover, in the order in which a successor needs them. No query.

    A column of organizations shows only where a row is of another one, a group of the branch.
    """
    tables = (
        _posts(handover),
        records_table(handover),
        rectifications_table(handover),
        due_table(handover),
        missed_table(handover),
        _conversions(handover),
        _exemptions(handover),
        _exceptions(handover),
        *_accounts(handover),
        _reports(handover),
        *_below(handover),
    )
    return tuple(without_own_name(table, handover.organization) for table in tables)


def remarks_of(handover: Handover) -> tuple[str, ...]:
    """What the organization itself asks for, in a few words each."""
    upkeep, own = handover.upkeep, handover.organization.pk
    return tuple(
        text
        for text, rows in (
            (_("No term of office on record"), upkeep.without_term),
            (_("Seven or more full members and no committee"), upkeep.without_committee),
            (_("Fewer than three full members"), upkeep.too_small),
            (_("More than fifty full members"), upkeep.too_large),
        )
        if any(row.organization.pk == own for row in rows)
    )


def _posts(handover: Handover) -> Table:
    return Table(
        "posts",
        _("Posts"),
        (_("Post"), _("Name"), _("Party organization"), _("In office since")),
        tuple(
            (
                Cell(post.get_title_display()),
                Cell(post.member.name, reverse("member_detail", args=[post.member_id])),
                organization_cell(post.organization),
                Cell(day_text(post.started_on)),
            )
            for post in handover.posts
        ),
        _("Nobody holds a post here."),
    )


def _conversions(handover: Handover) -> Table:
    return Table(
        "conversions",
        _("Conversions due"),
        (_("Name"), _("Probation over on"), _("Party organization")),
        tuple(
            (
                Cell(row.member.name, reverse("member_detail", args=[row.member.pk])),
                Cell(day_text(row.due_on), tag=overdue_tag(row.is_overdue)),
                organization_cell(row.organization),
            )
            for row in handover.conversions
        ),
        _("No probation is over within two months."),
    )


def _exemptions(handover: Handover) -> Table:
    return Table(
        "exemptions",
        _("Exemptions in force"),
        (
            _("Kind"),
            _("First day"),
            _("Until (not including)"),
            _("Reason"),
            _("Party organization"),
        ),
        tuple(
            (
                Cell(str(Kind(one.kind).label) if one.kind else _("All kinds")),
                Cell(day_text(one.started_on)),
                Cell(day_text(one.ended_on)),
                Cell(one.reason),
                organization_cell(one.organization),
            )
            for one in handover.exemptions
        ),
        _("No exemption is in force."),
    )


def _exceptions(handover: Handover) -> Table:
    return Table(
        "exceptions",
        _("Members not expected or not voting"),
        (_("Name"), _("Effect"), _("First day"), _("Until (not including)"), _("Reason")),
        tuple(
            (
                Cell(
                    one.membership.member.name,
                    reverse("member_detail", args=[one.membership.member_id]),
                ),
                Cell(one.get_effect_display()),
                Cell(day_text(one.started_on)),
                Cell(day_text(one.ended_on)),
                Cell(one.reason),
            )
            for one in handover.exceptions
        ),
        _("Everybody is expected and votes according to standing."),
    )


def _accounts(handover: Handover) -> tuple[Table, ...]:
    if handover.appointments is None:
        return ()
    return (
        Table(
            "accounts",
            _("Accounts appointed here"),
            (
                _("Name"),
                _("User name"),
                _("Role"),
                _("Party organization"),
                _("First day"),
                _("Until (not including)"),
            ),
            tuple(
                (
                    Cell(str(one.user), tag="" if one.user.is_active else _("Deactivated")),
                    Cell(one.user.username),
                    Cell(one.get_role_display()),
                    organization_cell(one.organization),
                    Cell(day_text(one.started_on)),
                    Cell(day_text(one.ended_on)),
                )
                for one in handover.appointments
            ),
            _("Nobody is appointed in this organization itself."),
        ),
    )


def _reports(handover: Handover) -> Table:
    code = handover.organization.code
    return Table(
        "reports",
        _("Annual reports"),
        (_("Year"), _("State"), _("Last changed on")),
        tuple(
            (
                Cell(str(one.year), reverse("report_detail", args=[code, one.year])),
                Cell(one.report.get_status_display() if one.report else _("not begun")),
                Cell(day_text(timezone.localdate(one.report.updated_at) if one.report else None)),
            )
            for one in handover.reports
        ),
        "",
    )


def _below(handover: Handover) -> tuple[Table, ...]:
    if not is_above(handover.organization):
        return ()
    return (
        Table(
            "below",
            _("Organizations below"),
            (
                _("Party organization"),
                _("Re-election due on"),
                *(str(status.label) for status in (Status.RETURNED, Status.DRAFT)),
                str(Status.SUBMITTED.label),
                _("Open rectifications"),
                _("Conversions due"),
            ),
            tuple(
                (
                    Cell(row.organization.label, reverse("handover", args=[row.organization.code])),
                    Cell(
                        day_text(row.term.due_on if row.term else None),
                        tag=overdue_tag(row.term is not None and row.term.due_on < handover.on),
                    ),
                    *(Cell(str(number)) for number in row.records.values()),
                    Cell(str(row.rectifications)),
                    Cell(str(row.conversions)),
                )
                for row in handover.below[:AT_MOST]
            ),
            _("No organization stands below this one."),
            more=max(0, len(handover.below) - AT_MOST),
            more_url=reverse("organization_list"),
        ),
    )
