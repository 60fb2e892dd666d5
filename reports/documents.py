"""The document of an annual report: figures bound into words, or the frozen snapshot."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from branches.models import Organization, OrganizationKind
from branches.naming import name_in_year
from meetings.querysets import ACCEPTED_AND_SUBMITTED, ACCEPTED_ONLY
from reports.composer import (
    Bound,
    Document,
    PlanLine,
    SectionDraft,
    assemble,
    draft_sections,
)
from reports.composer.assemble import plan_bounds
from reports.composer.plan import propose_plan
from reports.figures import Definition, Figure, Listing, YearFigures, compute_figures
from reports.models import AnnualReport, ReportStatus

# What the text of a report calls its own organization.
OWN_NAMES = {
    OrganizationKind.COMMITTEE: "党委",
    OrganizationKind.GENERAL_BRANCH: "党总支",
    OrganizationKind.BRANCH: "党支部",
    OrganizationKind.GROUP: "党小组",
}


def statuses_of(report: AnnualReport) -> tuple[str, ...]:
    """Which records the report's figures count (rule 6)."""
    return ACCEPTED_AND_SUBMITTED if report.includes_submitted else ACCEPTED_ONLY


def figures_of(report: AnnualReport) -> YearFigures:
    """The figures of the report as the records stand now."""
    return compute_figures(report.organization, year=report.year, statuses=statuses_of(report))


def default_title(organization: Organization, *, year: int) -> str:
    """`<bureau><Y>年党建工作总结及<Y+1>年工作计划`: a committee speaks for its bureau."""
    name = name_in_year(organization, year=year).name
    if organization.kind == OrganizationKind.COMMITTEE:
        name = name.removesuffix("机关党委").removesuffix("党委")
    return f"{name}{year}年党建工作总结及{year + 1}年工作计划"


def bounds_of(figures: YearFigures) -> dict[str, Bound]:
    """Token names (the labels of figures and listings) and what they print."""
    numbers = {
        figure.definition.label: Bound(figure.definition.key, figure.text, not figure.value)
        for figure in figures.figures.values()
    }
    lists = {
        listing.definition.label: Bound(listing.definition.key, listing.text, not listing.items)
        for listing in figures.listings.values()
    }
    return numbers | lists


def all_bounds(figures: YearFigures) -> dict[str, Bound]:
    """Every token name an editor may use: figures, listings, and the plan's threads."""
    return bounds_of(figures) | plan_bounds([])


def drafted_sections(organization: Organization, figures: YearFigures) -> list[SectionDraft]:
    """The sections as the skeleton words them from the figures."""
    return draft_sections(
        year=figures.year,
        name=figures.organization_name,
        own_name=OWN_NAMES[OrganizationKind(organization.kind)],
        bounds=bounds_of(figures),
    )


def current_sections(report: AnnualReport, figures: YearFigures) -> list[SectionDraft]:
    """Edited sections as they were saved, the others drafted from the figures of now."""
    drafted = {one.key: one for one in drafted_sections(report.organization, figures)}
    return [
        SectionDraft(section.key, section.heading, section.body)
        if section.is_edited or section.key not in drafted
        else drafted[section.key]
        for section in report.sections.all()
    ]


def plan_lines(report: AnnualReport) -> list[PlanLine]:
    """The report's plan items as the composer takes them."""
    return [
        PlanLine(
            thread=item.thread,
            text=item.text,
            target=item.target,
            quarter=item.quarter,
            owner=item.owner,
            organization=item.organization.label if item.organization else "",
        )
        for item in report.plan_items.select_related("organization")
    ]


def build_document(report: AnnualReport, figures: YearFigures) -> Document:
    """The document as records and text stand now."""
    return assemble(
        title=report.title,
        sections=current_sections(report, figures),
        bounds=bounds_of(figures),
        plan=plan_lines(report),
        organ=report.organ,
        dated_on=report.dated_on,
    )


def document_of(report: AnnualReport) -> Document:
    """The document to show or export: a final report's comes from its snapshot alone."""
    if report.status == ReportStatus.FINAL:
        kept: dict[str, Any] = report.snapshot or {}  # a constraint: never empty when final
        return Document.from_json(kept["document"])
    return build_document(report, figures_of(report))


def compose_unsaved(
    organization: Organization,
    *,
    year: int,
    statuses: tuple[str, ...] = ACCEPTED_ONLY,
    dated_on: dt.date | None = None,
) -> Document:
    """The draft document of a year for which no report is stored."""
    figures = compute_figures(organization, year=year, statuses=statuses)
    values = {key: figure.value for key, figure in figures.figures.items()}
    return assemble(
        title=default_title(organization, year=year),
        sections=drafted_sections(organization, figures),
        bounds=bounds_of(figures),
        plan=[line for line, _ in propose_plan(values)],
        organ=figures.organization_name,
        dated_on=dated_on,
    )


def document_for(organization: Organization, *, year: int) -> Document:
    """The document of a year, composed on the fly where no report is stored."""
    report = AnnualReport.objects.filter(organization=organization, year=year).first()
    return document_of(report) if report else compose_unsaved(organization, year=year)


def snapshot_of(report: AnnualReport) -> dict[str, Any]:
    """Everything a final report has to show for itself: the text, the figures with their
    definitions, and the ids of the records behind each.
    """
    figures = figures_of(report)
    return {
        "document": build_document(report, figures).as_json(),
        "statuses": list(figures.statuses),
        "figures": {
            key: {
                "label": figure.definition.label,
                "value": figure.value,
                "unit": figure.definition.unit,
                "wording": figure.definition.wording,
                "of": figure.definition.records,
                "records": list(figure.records),
            }
            for key, figure in figures.figures.items()
        },
        "listings": {
            key: {
                "label": listing.definition.label,
                "items": list(listing.items),
                "wording": listing.definition.wording,
                "records": list(listing.records),
            }
            for key, listing in figures.listings.items()
        },
    }


def frozen_figures(report: AnnualReport) -> dict[str, Figure | Listing]:
    """Figures and listings as a final report counted them, by key."""
    kept: dict[str, Any] = report.snapshot or {}
    frozen: dict[str, Figure | Listing] = {}
    for key, row in kept["figures"].items():
        meaning = Definition(key, row["label"], row["unit"], row["wording"], row["of"])
        frozen[key] = Figure(meaning, row["value"], tuple(row["records"]))
    for key, row in kept["listings"].items():
        meaning = Definition(key, row["label"], "", row["wording"])
        items = tuple(row["items"])
        frozen[key] = Listing(meaning, items, tuple(row["records"]), limit=len(items))
    return frozen


@dataclass(frozen=True, slots=True)
class Change:
    """A number that the records answer otherwise since the report became final."""

    key: str
    label: str
    was: str
    now: str


def changes_since(report: AnnualReport) -> list[Change]:
    """Which numbers of a final report differ from the records of now."""
    now = figures_of(report).figures
    return [
        Change(key, was.definition.label, was.text, now[key].text)
        for key, was in frozen_figures(report).items()
        if isinstance(was, Figure) and key in now and now[key].value != was.value
    ]
