"""Who is behind: the grid, its filters, and why a cell says what it says."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from branches.models import Organization, OrganizationKind, Role
from meetings.compliance import compliance_of
from meetings.models import (
    Activity,
    Exemption,
    HolidayNotice,
    Kind,
    KindsApart,
    Period,
    Requirement,
    Status,
)
from meetings.querysets import ACCEPTED_AND_SUBMITTED
from meetings.requirements import State
from tests.factories import make_activity, make_bureau, make_organization, make_user

pytestmark = pytest.mark.django_db
YEAR = 2025
AFTER = dt.date(2026, 1, 5)


@pytest.fixture(autouse=True)
def _two_rules() -> None:
    """A lecture every quarter, group study every month: the rules of these tests."""
    Requirement.objects.all().delete()
    for kind, period in ((Kind.PARTY_LECTURE, Period.QUARTER), (Kind.GROUP_STUDY, Period.MONTH)):
        Requirement.objects.create(
            kind=kind,
            organization_kind=OrganizationKind.BRANCH,
            period=period,
            effective_from=dt.date(2018, 1, 1),
            source="通行做法",
        )


@pytest.fixture
def bureau() -> tuple[Organization, list[Organization]]:
    return make_bureau()


@pytest.fixture
def administrator(client: Client, bureau: Any) -> Client:
    client.force_login(make_user("administrator", role=Role.ADMINISTRATOR, organization=bureau[0]))
    return client


def shown(client: Client, **asked: Any) -> dict[str, list[str]]:
    """Organization code → the words of its cells."""
    answer = client.get(reverse("compliance_list"), {"year": YEAR} | asked)
    assert answer.status_code == 200
    return {
        one.code: [cell[1] if cell else "" for cell in cells]
        for one, cells in answer.context["rows"]
    }


def test_the_year_is_told_kind_by_kind_and_a_kind_period_by_period(
    administrator: Client, bureau: Any
) -> None:
    first, second = bureau[1]
    for month in (2, 5, 8, 11):
        make_activity(first, Kind.PARTY_LECTURE, held_on=dt.date(YEAR, month, 3))
    make_activity(second, Kind.PARTY_LECTURE, held_on=dt.date(YEAR, 2, 3))
    assert shown(administrator) == {"D01": ["已完成", "未完成"], "D02": ["未完成", "未完成"]}
    assert shown(administrator, kind="PARTY_LECTURE") == {
        "D01": ["已完成"] * 4,
        "D02": ["已完成", "未完成", "未完成", "未完成"],
    }


def test_only_those_who_lack_something_are_listed_on_request(
    administrator: Client, bureau: Any
) -> None:
    first, _second = bureau[1]
    for month in (2, 5, 8, 11):
        make_activity(first, Kind.PARTY_LECTURE, held_on=dt.date(YEAR, month, 3))
    assert list(shown(administrator, kind="PARTY_LECTURE", state="LATE")) == ["D02"]


def test_a_submitted_record_counts_unless_accepted_ones_alone_are_asked_for(
    administrator: Client, bureau: Any
) -> None:
    first, _second = bureau[1]
    make_activity(first, Kind.PARTY_LECTURE, status=Status.SUBMITTED, held_on=dt.date(YEAR, 2, 3))
    asked = {"kind": "PARTY_LECTURE", "organization": "D01"}
    assert shown(administrator, **asked)["D01"][0] == "已完成"
    assert shown(administrator, counted="accepted", **asked)["D01"][0] == "未完成"


def test_the_grid_ends_at_the_edge_of_the_scope(client: Client, bureau: Any) -> None:
    first, second = bureau[1]
    client.force_login(make_user("secretary", role=Role.SECRETARY, organization=first))
    answer = client.get(reverse("compliance_list"), {"year": YEAR})
    assert [one.code for one, _cells in answer.context["rows"]] == ["D01"]
    assert second.name not in answer.text


def test_a_cell_opens_the_rule_its_source_and_the_records(
    administrator: Client, bureau: Any
) -> None:
    first, _second = bureau[1]
    make_activity(first, Kind.PARTY_LECTURE, held_on=dt.date(YEAR, 2, 3), title="算数的党课")
    draft = make_activity(
        first, Kind.PARTY_LECTURE, status=Status.DRAFT, held_on=dt.date(YEAR, 5, 3), title="草稿"
    )
    page = administrator.get(reverse("compliance_detail", args=["D01", YEAR, "PARTY_LECTURE"])).text
    assert "算数的党课" in page
    assert "通行做法" in page
    assert reverse("activity_detail", args=[draft.pk]) in page
    assert "仍是草稿" in page
    assert f"{reverse('activity_create')}?kind=PARTY_LECTURE&amp;host=D01" in page


@pytest.mark.parametrize("kind", ["NO_SUCH_KIND", "party_lecture"])
def test_an_unknown_kind_is_no_page(administrator: Client, kind: str) -> None:
    address = reverse("compliance_detail", args=["D01", YEAR, kind])
    assert administrator.get(address).status_code == 404


@pytest.mark.parametrize("asked", [{"year": "1"}, {"year": "x"}, {"kind": "x"}, {"state": "x"}])
def test_a_question_that_makes_no_sense_shows_the_running_year(
    administrator: Client, asked: dict[str, str]
) -> None:
    answer = administrator.get(reverse("compliance_list"), asked)
    assert answer.status_code == 200
    assert answer.context["year"] == timezone.localdate().year


def verdict_states(branch: Organization, kind: Kind = Kind.GROUP_STUDY) -> list[State]:
    found = compliance_of(
        [branch], year=YEAR, on=AFTER, statuses=ACCEPTED_AND_SUBMITTED, kinds=[kind]
    )
    return [one.state for one in found[branch.pk] if one.rule.kind == kind]


def test_a_named_exemption_is_read_with_its_words(administrator: Client, bureau: Any) -> None:
    first, _second = bureau[1]
    Exemption.objects.create(
        organization=first,
        kind=Kind.GROUP_STUDY,
        started_on=dt.date(YEAR, 3, 1),
        ended_on=dt.date(YEAR, 4, 1),
        reason="全员驻村",
    )
    assert verdict_states(first)[1:4] == [State.LATE, State.EXEMPT, State.LATE]
    page = administrator.get(reverse("compliance_detail", args=["D01", YEAR, "GROUP_STUDY"]))
    assert "全员驻村" in page.text


def test_kinds_that_the_bureau_keeps_apart_are_read_even_when_one_is_asked_about(
    bureau: Any,
) -> None:
    top, (first, _second) = bureau
    make_activity(first, Kind.PARTY_LECTURE, Kind.GROUP_STUDY, held_on=dt.date(YEAR, 1, 3))
    assert verdict_states(first)[0] == State.DONE
    KindsApart.objects.create(scope=top, first=Kind.PARTY_LECTURE, second=Kind.GROUP_STUDY)
    assert verdict_states(first)[0] == State.LATE
    assert verdict_states(first, Kind.PARTY_LECTURE)[0] == State.DONE


def test_a_notice_that_was_typed_in_moves_the_day_a_reminder_is_due(bureau: Any) -> None:
    first, _second = bureau[1]
    Requirement.objects.create(
        kind=Kind.INTEGRITY_EDUCATION,
        organization_kind=OrganizationKind.BRANCH,
        period=Period.HOLIDAY,
        effective_from=dt.date(2018, 1, 1),
        source="通行做法",
    )

    def due_days() -> list[tuple[tuple[str, ...], dt.date]]:
        found = compliance_of(
            [first],
            year=YEAR,
            on=AFTER,
            statuses=ACCEPTED_AND_SUBMITTED,
            kinds=[Kind.INTEGRITY_EDUCATION],
        )
        return [(one.holidays, one.due_on) for one in found[first.pk]]

    assert (("national_day", "mid_autumn"), dt.date(YEAR, 9, 30)) in due_days()
    HolidayNotice.objects.create(
        holiday="mid_autumn",
        year=YEAR,
        first_day=dt.date(YEAR, 10, 6),
        due_on=dt.date(YEAR, 10, 5),
    )
    assert due_days()[-2:] == [
        (("national_day",), dt.date(YEAR, 9, 30)),
        (("mid_autumn",), dt.date(YEAR, 10, 5)),
    ]


def test_more_branches_and_records_take_the_same_queries(
    administrator: Client, bureau: Any
) -> None:
    top, _branches = bureau
    asked = {"year": YEAR, "state": "LATE"}

    def queries() -> int:
        administrator.get(reverse("compliance_list"), asked)  # the session is renewed once
        with CaptureQueriesContext(connection) as counted:
            administrator.get(reverse("compliance_list"), asked)
        return len(counted)

    few = queries()
    for number in range(12):
        branch = make_organization(f"F{number:02}", parent=top)
        make_activity(branch, Kind.GROUP_STUDY, held_on=dt.date(YEAR, 3, 3))
    assert Activity.objects.count() == 12
    assert queries() == few
