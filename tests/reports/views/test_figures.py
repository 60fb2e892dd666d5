"""The page of figures, the way to it, the records behind a number, the definitions."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Role
from meetings.models import Activity, Kind
from reports.figures import DEFINITIONS
from reports.figures.groups import GROUPS
from reports.figures.numbers import FIGURES
from tests.factories import make_activity, make_user
from tests.reports.small_year import FIGURES as COUNTED
from tests.reports.small_year import YEAR, SmallYear


def page(client: Any, name: str, *args: Any, query: str = "", status: int = 200) -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response.content.decode()


def test_every_figure_stands_in_exactly_one_group_of_the_page() -> None:
    shown = [key for group in GROUPS for key in group.keys]
    assert sorted(shown) == sorted(FIGURES)


def test_the_page_shows_every_figure_with_its_definition_and_the_way_to_its_records(
    year: SmallYear, as_role: Any
) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    html = page(client, "figures", "D00", YEAR)
    for key, (meaning, _measure) in FIGURES.items():
        assert meaning.label in html
        assert meaning.wording in html
        assert reverse("figure_records", args=["D00", YEAR, key]) in html


def test_the_table_says_why_the_branches_and_the_total_differ(
    year: SmallYear, as_role: Any
) -> None:
    response = as_role(Role.INSPECTOR, year.bureau).get(reverse("figures", args=["D00", YEAR]))
    differences = dict(response.context["table"]["differences"])
    assert set(differences) == {"主题党日", "党委会"}
    joint, own = differences["主题党日"], differences["党委会"]
    assert (joint.total, joint.branch_sum, joint.counted_again) == (2, 3, 1)
    assert (own.total, own.branch_sum, own.above_branches) == (1, 0, 1)
    lines = response.content.decode().split("<h3>")[-1]
    assert "主题党日" in lines
    assert "党委会" in lines


def test_the_switch_counts_submitted_records_too(year: SmallYear, as_role: Any) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    address = reverse("figures", args=["D00", YEAR])
    narrow = client.get(address).context["groups"]
    wide = client.get(address, {"include": "submitted"}).context["groups"]

    def value(groups: Any) -> int:
        figures = [figure for _, figures in groups for figure in figures]
        return next(f.value for f in figures if f.definition.key == "group_study.count")

    assert (value(narrow), value(wide)) == (3, 4)


def test_without_attendance_the_rate_is_not_recorded(year: SmallYear, as_role: Any) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    html = page(client, "figure_records", "D011", YEAR, "attendance.rate")
    assert "未记录" in html


@pytest.mark.parametrize("wrong", [1920, 0, 2999, 99999])
def test_a_year_that_has_not_begun_or_is_before_the_party_is_not_found(
    year: SmallYear, as_role: Any, wrong: int
) -> None:
    page(as_role(Role.INSPECTOR, year.bureau), "figures", "D00", wrong, status=404)


def test_the_figures_of_another_branch_are_not_found(year: SmallYear, as_role: Any) -> None:
    client = as_role(Role.SECRETARY, year.first)
    page(client, "figures", "D02", YEAR, status=404)
    page(client, "figures", "D00", YEAR, status=404)
    page(client, "figure_records", "D02", YEAR, "group_study.count", status=404)


def test_the_index_leads_to_the_year_of_the_last_record(year: SmallYear, as_role: Any) -> None:
    client = as_role(Role.SECRETARY, year.first)
    response = client.get(reverse("figure_index"))
    assert response.url == reverse("figures", args=["D01", YEAR])


def test_the_index_keeps_organization_year_and_switch(year: SmallYear, as_role: Any) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    response = client.get(
        reverse("figure_index"), {"organization": "D02", "year": "2024", "include": "submitted"}
    )
    assert response.url == reverse("figures", args=["D02", 2024]) + "?include=submitted"


@pytest.mark.parametrize("key", sorted(DEFINITIONS))
def test_every_figure_opens_its_definition_and_as_many_records_as_it_counts(
    year: SmallYear, as_role: Any, key: str
) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    response = client.get(reverse("figure_records", args=["D00", YEAR, key]))
    assert response.status_code == 200
    assert DEFINITIONS[key].wording in response.content.decode()
    if key.endswith(".count") and key != "materials.count":
        assert len(response.context["records"]) == COUNTED.get(key, 0)


def test_an_unknown_figure_is_not_found(year: SmallYear, as_role: Any) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    page(client, "figure_records", "D00", YEAR, "no.such", status=404)


def test_attendance_is_shown_per_activity_and_adds_up(year: SmallYear, as_role: Any) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    response = client.get(reverse("figure_records", args=["D00", YEAR, "attendance.rate"]))
    counts = [pair for _, pair in response.context["records"]]
    assert sum(expected for expected, _ in counts) == COUNTED["attendance.expected"]
    assert sum(present for _, present in counts) == COUNTED["attendance.present"]


def test_records_come_in_pages_of_fifty(year: SmallYear, as_role: Any) -> None:
    for day in range(60):
        make_activity(
            year.second,
            Kind.HEART_TO_HEART_TALK,
            held_on=dt.date(YEAR, 1, 1) + dt.timedelta(days=day),
            title=f"谈心谈话{day:02}",
        )
    client = as_role(Role.INSPECTOR, year.bureau)
    address = reverse("figure_records", args=["D00", YEAR, "heart_to_heart_talk.count"])
    first = client.get(address).context["records"]
    second = client.get(address, {"page": 2}).context["records"]
    titles = [row.title for row, _ in [*first, *second]]
    assert (len(first), len(second)) == (50, 10)
    assert titles == [f"谈心谈话{day:02}" for day in range(60)]


def test_a_late_entry_is_shown_with_both_dates(year: SmallYear, as_role: Any) -> None:
    """Rule 10: recorded more than N days after the day, it is a fact, not a fault."""
    html = page(
        as_role(Role.INSPECTOR, year.bureau), "figure_records", "D00", YEAR, "group_meeting.count"
    )
    recorded_on = timezone.localdate(
        Activity.objects.get(title="学习会议", held_on=dt.date(YEAR, 7, 1)).created_at
    )
    assert "2025年7月1日" in html
    assert f"{recorded_on.year}年{recorded_on.month}月{recorded_on.day}日" in html


def test_the_page_of_definitions_lists_every_key(year: SmallYear, as_role: Any) -> None:
    html = page(as_role(Role.RECORDER, year.first), "definitions")
    for key, meaning in DEFINITIONS.items():
        assert key in html
        assert meaning.label in html
        assert meaning.wording in html


@pytest.mark.parametrize("name", ["definitions", "figure_index", "report_list"])
def test_somebody_without_an_appointment_is_refused(client: Any, db: None, name: str) -> None:
    client.force_login(make_user("nobody"))
    assert client.get(reverse(name)).status_code == 403


def test_the_page_of_figures_runs_a_fixed_number_of_queries(
    year: SmallYear, as_role: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_role(Role.INSPECTOR, year.bureau)
    with django_assert_max_num_queries(20):
        page(client, "figures", "D00", YEAR)
    with django_assert_max_num_queries(20):
        page(client, "figure_records", "D00", YEAR, "activities.count")
