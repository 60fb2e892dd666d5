"""Figures of a year counted by hand, each with its records, in a fixed number of queries."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import Organization, OrganizationKind
from meetings.models import AppraisalResult, Kind, Rectification
from meetings.querysets import ACCEPTED_AND_SUBMITTED
from reports.figures import DEFINITIONS, compute_figures, definition
from reports.figures.lists import LISTINGS
from reports.figures.names import HOLIDAY_LABELS, KIND_LABELS
from reports.figures.numbers import FIGURES
from tests.factories import make_activity, make_bureau, make_member, make_organization
from tests.reports.small_year import FIGURES as COUNTED
from tests.reports.small_year import YEAR, SmallYear


def test_the_small_year_counts_as_counted_by_hand(year: SmallYear) -> None:
    figures = compute_figures(year.bureau, year=YEAR).figures
    assert {key: one.value for key, one in figures.items()} == dict.fromkeys(figures, 0) | COUNTED


def test_a_branch_counts_what_is_credited_to_it_or_below_it(year: SmallYear) -> None:
    first = compute_figures(year.first, year=YEAR)
    assert first.value("group_meeting.count") == 1
    assert first.value("themed_party_day.count") == 2
    assert first.value("attendance.expected") == 4
    assert first.value("group_study.count") == 0


def test_a_figure_has_as_many_records_as_it_counts(year: SmallYear) -> None:
    computed = compute_figures(year.bureau, year=YEAR)
    for key, figure in computed.figures.items():
        assert len(set(figure.records)) == len(figure.records)
        if key.endswith(".count") and key != "materials.count":
            assert figure.value == len(figure.records)
    assert set(computed.records("party_lecture.count")) >= {year.triple.pk}


def test_submitted_records_count_when_asked_for(year: SmallYear) -> None:
    wide = compute_figures(year.bureau, year=YEAR, statuses=ACCEPTED_AND_SUBMITTED)
    assert wide.value("group_study.count") == 4
    assert wide.records("group_study.count")[-2] == year.submitted.pk  # by date: August


def test_an_empty_year_is_zero_or_no_data(year: SmallYear) -> None:
    figures = compute_figures(year.bureau, year=1990).figures
    unknown = {key for key, one in figures.items() if one.value is None}
    assert unknown == {
        "attendance.expected",
        "attendance.present",
        "attendance.rate",
        "appraisal.excellent",
        "appraisal.qualified",
        "appraisal.basically_qualified",
        "appraisal.unqualified",
    }
    assert figures["group_study.count"].value == 0


def test_members_are_those_of_the_last_day_of_the_year(db: None) -> None:
    branch = make_organization()
    make_member("走了", branch, until=dt.date(2025, 12, 31))
    make_member("还在", branch, until=dt.date(2026, 1, 1))
    make_member("来了", branch, since=dt.date(2026, 1, 1))
    make_member("没有转正日期", branch, converted_on=None, is_conversion_date_unknown=True)
    assert compute_figures(branch, year=2025).value("members.full") == 2


def test_branches_are_those_that_existed_in_the_year(db: None) -> None:
    bureau, _ = make_bureau(1)
    make_organization("X1", parent=bureau, closed_on=dt.date(2025, 1, 1))
    make_organization("X2", parent=bureau, closed_on=dt.date(2025, 1, 2))
    make_organization("X3", parent=bureau, founded_on=dt.date(2025, 12, 31))
    make_organization("X4", parent=bureau, founded_on=dt.date(2026, 1, 1))
    assert compute_figures(bureau, year=2025).value("organizations.branches") == 3


@pytest.mark.parametrize(
    ("expected", "present", "rate"), [(8, 7, 88), (3, 2, 67), (3, 1, 33), (200, 1, 1), (201, 1, 0)]
)
def test_the_rate_is_rounded_half_up_in_integers(expected: int, present: int, rate: int) -> None:
    class Row:
        attendance = ((1, expected, present),)

    _, measure = FIGURES["attendance.rate"]
    assert measure(Row())[0] == rate  # type: ignore[arg-type]


def test_lists_quote_materials_themes_and_highlights(year: SmallYear) -> None:
    listings = compute_figures(year.bureau, year=YEAR).listings
    assert listings["materials.titles"].text == "《中国共产党章程》《中国共产党廉洁自律准则》"
    assert listings["themes.titles"].text == "“学习党章”“参观规划展览馆”"
    assert listings["highlights.organization"].text == "两个支部在展览馆共同梳理了规划档案"
    assert set(listings["forms.names"].items) == {"学习", "参观"}


def test_a_long_list_ends_with_deng(db: None) -> None:
    branch = make_organization()
    make_activity(branch, materials=tuple(f"文件{n}" for n in range(9)))
    text = compute_figures(branch, year=2025).listings["materials.titles"].text
    assert text.startswith("《文件0》")
    assert text.endswith("《文件7》等")


def test_every_key_that_scripts_rely_on_is_there() -> None:
    assert {f"{kind.value.lower()}.count" for kind in Kind} <= set(FIGURES)
    holidays = "new_year spring_festival qingming labour_day dragon_boat mid_autumn national_day"
    assert {f"integrity.{holiday}" for holiday in holidays.split()} <= set(FIGURES)
    assert {"attendance.expected", "attendance.present", "attendance.rate"} <= set(FIGURES)
    assert {"members.full", "members.probationary"} <= set(FIGURES)
    assert set(KIND_LABELS) == set(Kind)
    assert len(HOLIDAY_LABELS) == 7


def test_labels_are_unique_because_they_are_the_names_of_tokens() -> None:
    labels = [meaning.label for meaning in DEFINITIONS.values()]
    assert len(set(labels)) == len(labels) == len(FIGURES) + len(LISTINGS)


def test_every_definition_is_a_full_sentence() -> None:
    for meaning in DEFINITIONS.values():
        assert meaning.wording.endswith("。")
        assert definition(meaning.key) is meaning


def _grow(bureau: Organization, branch: Organization, rounds: int) -> None:
    for number in range(rounds):
        code = f"{branch.code}-{number}"
        group = make_organization(code, parent=branch, kind=OrganizationKind.GROUP)
        make_member(code, group)
        activity = make_activity(
            group,
            Kind.GROUP_STUDY,
            Kind.INTEGRITY_EDUCATION,
            absent={},
            holiday="qingming",
            materials=(f"材料{code}",),
            highlight="亮点",
            form="学习",
        )
        Rectification.objects.create(
            organization=group, activity=activity, problem="问题", opened_on=activity.held_on
        )
        AppraisalResult.objects.create(organization=group, year=2025, excellent=1)


def test_the_number_of_queries_is_fixed_whatever_the_size(db: None) -> None:
    bureau, branches = make_bureau(2)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            compute_figures(bureau, year=2025)
        return len(context)

    _grow(bureau, branches[0], 2)
    small = queries()
    _grow(bureau, branches[1], 6)
    assert queries() == small <= 12


def test_figures_hold_no_row_of_the_database(year: SmallYear) -> None:
    def plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(plain(key) and plain(one) for key, one in value.items())
        if isinstance(value, tuple):
            return all(plain(one) for one in value)
        return value is None or isinstance(value, (str, int, dt.date))

    computed = compute_figures(year.bureau, year=YEAR)
    for figure in computed.figures.values():
        assert plain(figure.value)
        assert plain(figure.records)
    assert plain(tuple(row.counts for row in computed.branches))
    assert plain(computed.attendance)
