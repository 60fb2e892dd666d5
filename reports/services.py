"""Composing, editing and finalising an annual report."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from branches.audit import act, checksum
from branches.audit_chain import digest_of
from branches.models import Organization
from branches.naming import name_in_year
from meetings.querysets import ACCEPTED_AND_SUBMITTED, ACCEPTED_ONLY
from reports.composer.plan import propose_plan
from reports.documents import default_title, drafted_sections, snapshot_of
from reports.figures import compute_figures
from reports.models import AnnualReport, PlanItem, ReportSection, ReportStatus


class ReportRefused(Exception):
    """The step cannot be taken; the text says why and what to do, for people."""


class StaleReport(Exception):
    """Somebody saved the report in the meantime. `current` is how it now stands."""

    def __init__(self, current: AnnualReport) -> None:
        super().__init__(f"report {current.pk} is at version {current.version}")
        self.current = current


def compose_report(
    organization: Organization,
    *,
    year: int,
    includes_submitted: bool = False,
    force: bool = False,
) -> AnnualReport:
    """Draft (or draft anew) the year's report from the records.

    ReportRefused for a final report, and for one whose words somebody edited unless `force`.
    The plan's items are proposed once; composing again keeps those that are there.
    """
    statuses = ACCEPTED_AND_SUBMITTED if includes_submitted else ACCEPTED_ONLY
    with act("report.compose", organization=organization) as told:
        report, is_new = AnnualReport.objects.select_for_update().get_or_create(
            organization=organization,
            year=year,
            defaults={
                "title": default_title(organization, year=year),
                "organ": name_in_year(organization, year=year).name,
                "includes_submitted": includes_submitted,
            },
        )
        if report.status == ReportStatus.FINAL:
            raise ReportRefused(_("This report is final. Its text and numbers do not change."))
        if report.is_edited and not force:
            raise ReportRefused(
                _("This report was edited. Composing it again would overwrite the edited text.")
            )
        before = {} if is_new else _told_of(report)
        figures = compute_figures(organization, year=year, statuses=statuses)
        report.includes_submitted = includes_submitted
        report.is_edited = False
        report.composed_at = timezone.now()
        if not is_new:
            report.version += 1
        report.save()
        report.sections.all().delete()
        ReportSection.objects.bulk_create(
            ReportSection(
                report=report,
                key=draft.key,
                position=position,
                heading=draft.heading,
                body=draft.body,
            )
            for position, draft in enumerate(drafted_sections(organization, figures))
        )
        if is_new:
            values = {key: figure.value for key, figure in figures.figures.items()}
            PlanItem.objects.bulk_create(
                PlanItem(
                    report=report,
                    position=position,
                    thread=line.thread,
                    text=line.text,
                    kind=kind,
                    target=line.target,
                    quarter=line.quarter,
                )
                for position, (line, kind) in enumerate(propose_plan(values), start=1)
            )
        told.changed(report, before, _told_of(report))
    return report


def lock_report(pk: int, *, expected_version: int) -> AnnualReport:
    """The report, locked for this transaction.

    StaleReport unless it is at the version; ReportRefused when it is final.
    """
    report = AnnualReport.objects.select_for_update().get(pk=pk)
    if report.version != expected_version:
        raise StaleReport(report)
    if report.status == ReportStatus.FINAL:
        raise ReportRefused(_("This report is final. Its text and numbers do not change."))
    return report


def save_text(
    report: AnnualReport,
    *,
    own: Mapping[str, Any],
    texts: Mapping[str, tuple[str, str]],
    expected_version: int,
) -> AnnualReport:
    """Save title, organ, date and which records count (`own`), and the sections' words.

    `texts` maps section keys to (heading, body). A section that was changed is kept as edited
    from then on; the others go on following the figures.
    """
    with act("report.detail", subject=report, organization=report.organization) as told:
        current = lock_report(report.pk, expected_version=expected_version)
        before = _told_of(current)
        for name, value in own.items():
            setattr(current, name, value)
        shown = {one.key: (one.heading, one.body) for one in current.sections.all()}
        refresh_drafts(current)
        for section in current.sections.all():
            text = texts.get(section.key, shown[section.key])
            # Unchanged against what was stored, or against what the figures say by now.
            if text not in (shown[section.key], (section.heading, section.body)):
                section.heading, section.body = text
                section.is_edited = current.is_edited = True
                section.save()
        current.version += 1
        current.full_clean()
        current.save()
        told.changed(current, before, _told_of(current))
    return current


def save_plan(
    report: AnnualReport, items: Iterable[PlanItem], *, expected_version: int
) -> AnnualReport:
    """Replace the plan by the items given (unsaved ones), numbered in their order."""
    with act("report.plan", subject=report, organization=report.organization) as told:
        current = lock_report(report.pk, expected_version=expected_version)
        before = _told_of(current)
        current.plan_items.all().delete()
        for position, item in enumerate(items, start=1):
            item.pk = None
            item.report, item.position = current, position
            item.full_clean()
            item.save()
        current.version += 1
        current.save()
        told.changed(current, before, _told_of(current))
    return current


def redraft_section(report: AnnualReport, key: str, *, expected_version: int) -> AnnualReport:
    """Word one section anew from the figures; the others stay as they are."""
    with act("report.detail", subject=report, organization=report.organization) as told:
        current = lock_report(report.pk, expected_version=expected_version)
        before = _told_of(current)
        current.sections.filter(key=key).update(is_edited=False)
        current.is_edited = current.sections.filter(is_edited=True).exists()
        current.version += 1
        current.save()
        refresh_drafts(current)
        told.changed(current, before, _told_of(current))
    return current


def refresh_drafts(report: AnnualReport) -> None:
    """Bring the stored words of unedited sections up to the figures of now."""
    statuses = ACCEPTED_AND_SUBMITTED if report.includes_submitted else ACCEPTED_ONLY
    figures = compute_figures(report.organization, year=report.year, statuses=statuses)
    drafted = {one.key: one for one in drafted_sections(report.organization, figures)}
    stale = []
    for section in report.sections.filter(is_edited=False):
        draft = drafted.get(section.key)
        if draft and (section.heading, section.body) != (draft.heading, draft.body):
            section.heading, section.body = draft.heading, draft.body
            stale.append(section)
    ReportSection.objects.bulk_update(stale, ["heading", "body"])


def finalize_report(report: AnnualReport, *, expected_version: int) -> AnnualReport:
    """Freeze the report: its document, figures, definitions and record ids, with a checksum.

    ReportRefused while it counts submitted records: a final figure counts accepted ones only
    (rule 6).
    """
    with act("report.finalize", subject=report, organization=report.organization) as told:
        current = lock_report(report.pk, expected_version=expected_version)
        before = _told_of(current)
        if current.includes_submitted:
            raise ReportRefused(
                _(
                    "This report counts submitted records too. A final one counts accepted records "
                    "only: change that first."
                )
            )
        current.snapshot = snapshot_of(current)
        current.snapshot_checksum = checksum_of(current.snapshot)
        current.status = ReportStatus.FINAL
        current.finalized_at = timezone.now()
        current.version += 1
        current.full_clean()
        current.save()
        told.changed(current, before, _told_of(current))
    return current


def checksum_of(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a snapshot's canonical JSON, equal on both database engines."""
    return digest_of(snapshot)


def _told_of(report: AnnualReport) -> dict[str, Any]:
    """What the audit log tells of a report before and after: of its words the checksums."""
    plan = report.plan_items.values_list("thread", "text", "kind", "target", "quarter", "owner")
    return {
        "year": report.year,
        "status": report.status,
        "version": report.version,
        "title": checksum(report.title),
        "organ": checksum(report.organ),
        "dated_on": report.dated_on,
        "includes_submitted": report.includes_submitted,
        "plan_items": checksum([list(line) for line in plan]),
        "snapshot_checksum": report.snapshot_checksum,
    } | {
        f"section {one.position + 1}": checksum(f"{one.heading}\n{one.body}")
        for one in report.sections.all()
    }
