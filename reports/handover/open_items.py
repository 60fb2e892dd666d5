"""The lists of what is open: records, rectifications, what the rules still ask for."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings.compliance_words import period_label
from meetings.due import DueItem
from meetings.models import Kind, Status
from reports.handover.cells import Cell, Table, day_text, listed_at, organization_cell, overdue_tag
from reports.handover.values import Handover, OpenRecord


def records_table(handover: Handover) -> Table:
    """Returned ones with what to correct, drafts, and those that wait for the reviewer."""
    return Table(
        "records",
        _("Records not yet accepted"),
        (_("Subject"), _("State"), _("Date"), _("Counts as"), _("Party organization")),
        tuple(_record(row) for row in handover.records),
        _("Every record is accepted."),
        more=sum(handover.totals.values()) - len(handover.records),
        more_url=listed_at("activity_list", handover.organization),
    )


def _record(row: OpenRecord) -> tuple[Cell, ...]:
    activity = row.activity
    to_correct: list[str] = []
    if activity.status == Status.RETURNED:
        colon = pgettext("between a label and its text", ": ")
        to_correct = [
            f"{one.label}{colon}{one.text}" if one.label else one.text for one in row.said
        ]
        if activity.return_comment and activity.return_comment not in to_correct:
            to_correct.insert(0, activity.return_comment)
    return (
        Cell(
            activity.title, reverse("activity_detail", args=[activity.pk]), lines=tuple(to_correct)
        ),
        Cell(activity.get_status_display()),
        Cell(day_text(activity.held_on)),
        Cell("、".join(str(kind.label) for kind in row.kinds)),
        organization_cell(activity.host),
    )


def rectifications_table(handover: Handover) -> Table:
    """What is not done yet, the soonest first."""
    return Table(
        "rectifications",
        _("Open rectifications"),
        (_("Problem"), _("Due on"), _("Responsible"), _("Party organization")),
        tuple(
            (
                Cell(
                    one.problem,
                    reverse("rectification_detail", args=[one.pk]),
                    lines=(one.measure,) if one.measure else (),
                ),
                Cell(
                    day_text(one.due_on),
                    tag=overdue_tag(one.due_on is not None and one.due_on < handover.on),
                ),
                Cell(one.owner or "–"),
                organization_cell(one.organization),
            )
            for one in handover.rectifications
        ),
        _("No rectification is open."),
        more=handover.rectification_total - len(handover.rectifications),
        more_url=listed_at("rectification_list", handover.organization),
    )


def due_table(handover: Handover) -> Table:
    """What is still to be held, the soonest end first."""
    return Table(
        "due",
        _("Still to be held"),
        (_("Kind"), _("Period"), _("Still missing"), _("Last day"), _("Party organization")),
        tuple(
            (
                _kind(handover, item),
                Cell(_period(item)),
                _times(item.due.missing),
                Cell(day_text(item.due.due_on)),
                organization_cell(item.organization),
            )
            for item in handover.due
        ),
        _("Nothing is asked for in the periods that have begun."),
    )


def missed_table(handover: Handover) -> Table:
    """What the year has missed, a row for each kind and organization with all its periods."""
    missed: dict[tuple[int, Kind], list[DueItem]] = {}
    for item in handover.late:
        missed.setdefault((item.organization.pk, item.kind), []).append(item)
    return Table(
        "missed",
        _("Missed this year"),
        (_("Kind"), _("Party organization"), _("Missing in all"), _("Period")),
        tuple(
            (
                _kind(handover, items[0]),
                organization_cell(items[0].organization),
                _times(sum(item.due.missing for item in items)),
                Cell("、".join(_period(item) for item in items)),
            )
            for items in missed.values()
        ),
        _("Nothing was missed this year."),
    )


def _kind(handover: Handover, item: DueItem) -> Cell:
    """The kind, with the way to the verdict and the rule behind it."""
    parts = [item.organization.code, handover.on.year, item.kind.value]
    return Cell(str(item.kind.label), reverse("compliance_detail", args=parts))


def _period(item: DueItem) -> str:
    return period_label(item.due.first, item.due.rule.period, item.due.holidays)


def _times(number: int) -> Cell:
    return Cell(ngettext("%(number)s time", "%(number)s times", number) % {"number": number})
