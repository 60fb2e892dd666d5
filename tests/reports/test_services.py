"""Composing, editing, finalising: what is kept, what follows the figures, what is refused."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from meetings.models import Kind
from reports.documents import (
    build_document,
    changes_since,
    current_sections,
    document_of,
    figures_of,
    frozen_figures,
)
from reports.models import AnnualReport, PlanItem, ReportStatus
from reports.services import (
    ReportRefused,
    StaleReport,
    checksum_of,
    compose_report,
    finalize_report,
    redraft_section,
    save_plan,
    save_text,
)
from tests.factories import make_activity
from tests.reports.small_year import YEAR, SmallYear


def body(report: AnnualReport, key: str) -> str:
    return report.sections.get(key=key).body


def printed(report: AnnualReport) -> str:
    return "\n".join(block.text for block in document_of(report).blocks)


def edit(report: AnnualReport, key: str, text: str, *, version: int) -> AnnualReport:
    heading = report.sections.get(key=key).heading
    return save_text(report, own={}, texts={key: (heading, text)}, expected_version=version)


def test_composing_drafts_sections_and_proposes_a_plan(report: AnnualReport) -> None:
    keys = ["preamble", "study", "organization", "integration", "integrity", "plan"]
    assert list(report.sections.values_list("key", flat=True)) == keys
    assert report.title == "测试局2025年党建工作总结及2026年工作计划"
    assert report.organ == "测试局党委"
    assert report.plan_items.filter(text="组织集中学习", target=3, kind=Kind.GROUP_STUDY).exists()


def test_composing_again_keeps_the_plan_and_follows_the_records(
    report: AnnualReport, year: SmallYear
) -> None:
    save_plan(report, [PlanItem(thread=1, text="自己定的事项")], expected_version=1)
    make_activity(year.first, Kind.SPECIAL_SEMINAR)
    again = compose_report(year.bureau, year=YEAR)
    assert again.pk == report.pk
    assert again.version == 3
    assert [item.text for item in again.plan_items.all()] == ["自己定的事项"]
    assert "{专题研讨次数}" in body(again, "integration")


def test_one_edited_section_stays_while_the_others_follow_the_figures(
    report: AnnualReport, year: SmallYear
) -> None:
    edit(report, "study", "自己写的：{集中学习次数}次。", version=1)
    make_activity(year.first, Kind.SPECIAL_SEMINAR)
    make_activity(year.first, Kind.GROUP_STUDY)
    report.refresh_from_db()
    sections = {one.key: one.body for one in current_sections(report, figures_of(report))}
    assert sections["study"] == "自己写的：{集中学习次数}次。"
    assert "{专题研讨次数}" in sections["integration"]
    assert "自己写的：4次。" in printed(report)


def test_saving_what_was_shown_edits_nothing(report: AnnualReport) -> None:
    texts = {one.key: (one.heading, one.body) for one in report.sections.all()}
    saved = save_text(report, own={"title": "新标题"}, texts=texts, expected_version=1)
    assert (saved.title, saved.version, saved.is_edited) == ("新标题", 2, False)


def test_an_edited_report_is_composed_again_only_by_force(
    report: AnnualReport, year: SmallYear
) -> None:
    edit(report, "study", "自己写的。", version=1)
    with pytest.raises(ReportRefused):
        compose_report(year.bureau, year=YEAR)
    assert body(report, "study") == "自己写的。"
    compose_report(year.bureau, year=YEAR, force=True)
    assert body(report, "study") != "自己写的。"


def test_a_section_is_drafted_anew_alone(report: AnnualReport) -> None:
    drafted = body(report, "study")
    edit(report, "study", "甲。", version=1)
    edit(report, "integrity", "乙。", version=2)
    redrafted = redraft_section(report, "study", expected_version=3)
    assert body(report, "study") == drafted
    assert body(report, "integrity") == "乙。"
    assert redrafted.is_edited
    assert not redraft_section(report, "integrity", expected_version=4).is_edited


def test_a_stale_version_is_refused_by_every_step(report: AnnualReport) -> None:
    edit(report, "study", "先到。", version=1)
    item = PlanItem(thread=1, text="事项")
    for step in (
        lambda: edit(report, "study", "后到。", version=1),
        lambda: save_plan(report, [item], expected_version=1),
        lambda: redraft_section(report, "study", expected_version=1),
        lambda: finalize_report(report, expected_version=1),
    ):
        with pytest.raises(StaleReport) as refusal:
            step()
        assert refusal.value.current.version == 2
    assert body(report, "study") == "先到。"
    report.refresh_from_db()
    assert report.status == ReportStatus.DRAFT


def test_a_plan_item_without_words_refuses_the_whole_plan(report: AnnualReport) -> None:
    before = list(report.plan_items.values_list("text", flat=True))
    with pytest.raises(ValidationError):
        save_plan(
            report,
            [PlanItem(thread=1, text="好的"), PlanItem(thread=2, text="")],
            expected_version=1,
        )
    assert list(report.plan_items.values_list("text", flat=True)) == before


def test_the_numbers_of_a_final_report_do_not_move(report: AnnualReport, year: SmallYear) -> None:
    final = finalize_report(report, expected_version=1)
    before, text = document_of(final), printed(final)
    make_activity(year.first, Kind.GROUP_STUDY)
    year.first.name = "改了名的支部"
    year.first.save()
    final.refresh_from_db()
    assert document_of(final) == before
    assert printed(final) == text
    assert build_document(final, figures_of(final)) != before
    assert frozen_figures(final)["group_study.count"].value == 3


def test_a_snapshot_read_again_has_the_checksum_it_was_given(report: AnnualReport) -> None:
    finalize_report(report, expected_version=1)
    stored = AnnualReport.objects.get(pk=report.pk)
    assert checksum_of(stored.snapshot) == stored.snapshot_checksum
    assert checksum_of(json.loads(json.dumps(stored.snapshot))) == stored.snapshot_checksum
    stored.snapshot["figures"]["group_study.count"]["value"] += 1
    assert checksum_of(stored.snapshot) != stored.snapshot_checksum


def test_a_snapshot_keeps_definition_and_records_of_every_figure(
    report: AnnualReport, year: SmallYear
) -> None:
    live = figures_of(report)
    frozen = frozen_figures(finalize_report(report, expected_version=1))
    for key, figure in (live.figures | live.listings).items():  # type: ignore[operator]
        assert frozen[key].definition == figure.definition
        assert frozen[key].records == figure.records


def test_changes_since_are_told_figure_by_figure(report: AnnualReport, year: SmallYear) -> None:
    final = finalize_report(report, expected_version=1)
    assert changes_since(final) == []
    make_activity(year.second, Kind.YOUTH_ACTIVITY)
    changes = {one.key: (one.was, one.now) for one in changes_since(final)}
    assert changes == {"youth_activity.count": ("0", "1"), "activities.count": ("10", "11")}


def test_a_final_report_refuses_every_step(report: AnnualReport, year: SmallYear) -> None:
    finalize_report(report, expected_version=1)
    for step in (
        lambda: edit(report, "study", "晚了。", version=2),
        lambda: save_plan(report, [], expected_version=2),
        lambda: redraft_section(report, "study", expected_version=2),
        lambda: finalize_report(report, expected_version=2),
        lambda: compose_report(year.bureau, year=YEAR, force=True),
    ):
        with pytest.raises(ReportRefused):
            step()


def test_a_report_that_counts_submitted_records_does_not_become_final(
    year: SmallYear,
) -> None:
    """Rule 6: only accepted records count in a final figure."""
    wide = compose_report(year.bureau, year=YEAR, includes_submitted=True)
    assert "全年共开展集中学习4次" in printed(wide)
    with pytest.raises(ReportRefused):
        finalize_report(wide, expected_version=1)
    narrow = save_text(wide, own={"includes_submitted": False}, texts={}, expected_version=1)
    final = finalize_report(narrow, expected_version=2)
    assert "全年共开展集中学习3次" in printed(final)
    assert final.snapshot["statuses"] == ["ACCEPTED"]


def test_the_database_refuses_a_final_report_without_snapshot(report: AnnualReport) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).update(status=ReportStatus.FINAL)


def test_a_date_of_the_document_is_printed_with_it(report: AnnualReport) -> None:
    day = dt.date(2026, 1, 5)
    saved = save_text(report, own={"dated_on": day}, texts={}, expected_version=1)
    assert document_of(saved).dated_on == day
