"""Which document a year has: stored or composed on the fly, named after its organization."""

import datetime as dt

import pytest

from branches.models import OrganizationKind
from meetings.querysets import ACCEPTED_AND_SUBMITTED
from reports.documents import (
    all_bounds,
    compose_unsaved,
    default_title,
    document_for,
    document_of,
    figures_of,
    plan_lines,
)
from reports.figures import DEFINITIONS
from reports.models import AnnualReport, PlanItem
from reports.services import finalize_report, save_plan
from tests.factories import make_organization
from tests.reports.small_year import YEAR, SmallYear


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [
        ("某局机关党委", OrganizationKind.COMMITTEE, "某局2025年党建工作总结及2026年工作计划"),
        ("某局党委", OrganizationKind.COMMITTEE, "某局2025年党建工作总结及2026年工作计划"),
        ("第一党支部", OrganizationKind.BRANCH, "第一党支部2025年党建工作总结及2026年工作计划"),
    ],
)
def test_a_committee_speaks_for_its_bureau(name: str, kind: OrganizationKind, title: str) -> None:
    assert default_title(make_organization(kind=kind, name=name), year=2025) == title


def test_without_a_report_the_document_is_what_composing_would_store(
    year: SmallYear, report: AnnualReport
) -> None:
    unsaved = compose_unsaved(year.bureau, year=YEAR)
    assert unsaved == document_of(report)


def test_the_document_of_a_year_is_the_stored_one_where_there_is_one(
    year: SmallYear, report: AnnualReport
) -> None:
    AnnualReport.objects.filter(pk=report.pk).update(title="改过的标题")
    assert document_for(year.bureau, year=YEAR).title == "改过的标题"
    assert document_for(year.first, year=YEAR).title.startswith("第1支部2025年")


def test_a_final_document_is_read_from_its_snapshot_alone(report: AnnualReport) -> None:
    final = finalize_report(report, expected_version=1)
    final.snapshot["document"]["title"] = "快照里的标题"
    assert document_of(final).title == "快照里的标题"


def test_submitted_records_count_only_where_the_report_says_so(year: SmallYear) -> None:
    def text(**options: tuple[str, ...]) -> str:
        document = compose_unsaved(year.bureau, year=YEAR, **options)
        return "".join(block.text for block in document.blocks)

    assert "集中学习3次" in text()
    assert "集中学习4次" in text(statuses=ACCEPTED_AND_SUBMITTED)


def test_every_figure_list_and_thread_is_a_token(report: AnnualReport) -> None:
    bounds = all_bounds(figures_of(report))
    assert {meaning.label for meaning in DEFINITIONS.values()} < set(bounds)
    assert len(bounds) == len(DEFINITIONS) + 3


def test_plan_items_name_their_organization(report: AnnualReport, year: SmallYear) -> None:
    items = [PlanItem(thread=1, text="讲党课", organization=year.first, quarter=2)]
    saved = save_plan(report, items, expected_version=1)
    (line,) = plan_lines(saved)
    assert line.prose == "讲党课（第二季度完成，第1支部）"


def test_an_unsaved_document_may_carry_a_date(year: SmallYear) -> None:
    day = dt.date(2026, 1, 9)
    assert compose_unsaved(year.bureau, year=YEAR, dated_on=day).dated_on == day
