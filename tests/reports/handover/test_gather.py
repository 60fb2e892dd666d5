"""What is handed over, as of a day."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import (
    Membership,
    Organization,
    OrganizationKind,
    PostTitle,
    Role,
    StandingException,
)
from branches.services.organizations import begin_term
from meetings.models import Exemption, Kind, Rectification, Requirement, Status
from meetings.services import return_activity
from reports.handover import Handover, handover_of
from reports.handover.values import AT_MOST
from reports.models import ReportStatus
from reports.services import compose_report
from tests.factories import (
    make_activity,
    make_bureau,
    make_member,
    make_organization,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 20)
MARCH = dt.date(2026, 3, 5)


def handed(organization: Organization, *, with_accounts: bool = True) -> Handover:
    return handover_of(organization, on=TODAY, with_accounts=with_accounts)


def make_group(branch: Organization, code: str = "D011") -> Organization:
    return make_organization(code, parent=branch, kind=OrganizationKind.GROUP)


def make_rectification(organization: Organization, **fields: Any) -> Rectification:
    values = {"problem": "记录不全", "opened_on": MARCH} | fields
    return Rectification.objects.create(organization=organization, **values)


def test_posts_of_the_day_stand_in_customary_order_and_the_groups_follow() -> None:
    _bureau, (branch, other) = make_bureau()
    group = make_group(branch)
    make_post(make_member("组长", group), group, PostTitle.GROUP_LEADER)
    make_post(make_member("副职", branch), branch, PostTitle.DEPUTY_SECRETARY)
    make_post(make_member("书记", branch), branch, since=dt.date(2025, 1, 1))
    make_post(make_member("前任", branch), branch, until=dt.date(2025, 1, 1))
    make_post(make_member("别处", other), other)
    assert [post.member.name for post in handed(branch).posts] == ["书记", "副职", "组长"]


def test_the_term_is_the_one_that_lasts() -> None:
    _bureau, (branch, _other) = make_bureau()
    begin_term(branch, number=3, on=dt.date(2024, 5, 6), user=None)
    term = handed(branch).term
    assert term is not None
    assert (term.number, term.due_on) == (3, dt.date(2027, 5, 6))


def test_records_stand_by_what_they_ask_for_and_accepted_or_void_ones_are_left_out() -> None:
    _bureau, (branch, other) = make_bureau()
    group = make_group(branch)
    sent = make_activity(branch, status=Status.SUBMITTED, title="已交", held_on=MARCH)
    make_activity(group, status=Status.DRAFT, title="草稿", held_on=MARCH)
    make_activity(branch, status=Status.ACCEPTED, title="已采", held_on=MARCH)
    make_activity(other, status=Status.DRAFT, title="别处", held_on=MARCH)
    back = make_activity(branch, status=Status.SUBMITTED, title="退回", held_on=MARCH)
    return_activity(
        back,
        user=make_user("boss", role=Role.ADMINISTRATOR, organization=branch),
        expected_version=back.version,
        on_fields={"place": "地点写全"},
    )
    rows = handed(branch).records
    assert [row.activity.title for row in rows] == ["退回", "草稿", "已交"]
    assert [one.text for one in rows[0].said] == ["地点写全"]
    assert rows[2].activity == sent
    assert rows[2].kinds == (Kind.GROUP_STUDY,)


def test_a_joint_activity_is_handed_over_by_its_host_alone() -> None:
    _bureau, (host, guest) = make_bureau()
    make_activity(host, organizations=[host, guest], status=Status.DRAFT, held_on=MARCH)
    assert len(handed(host).records) == 1
    assert handed(guest).records == ()


def test_a_long_list_is_cut_and_its_total_is_not() -> None:
    _bureau, (branch, _other) = make_bureau()
    Rectification.objects.bulk_create(
        Rectification(organization=branch, problem=f"问题{number}", opened_on=MARCH)
        for number in range(AT_MOST + 3)
    )
    handover = handed(branch)
    assert len(handover.rectifications) == AT_MOST
    assert handover.rectification_total == AT_MOST + 3


def test_rectifications_are_the_open_ones_the_soonest_first_and_the_undated_last() -> None:
    _bureau, (branch, other) = make_bureau()
    group = make_group(branch)
    make_rectification(branch, problem="无期")
    make_rectification(branch, problem="后到", due_on=dt.date(2026, 6, 1))
    make_rectification(group, problem="先到", due_on=dt.date(2026, 3, 1))
    make_rectification(branch, problem="已改", done_on=MARCH)
    make_rectification(other, problem="别处")
    handover = handed(branch)
    assert [one.problem for one in handover.rectifications] == ["先到", "后到", "无期"]
    assert handover.rectification_total == 3


def test_what_is_due_and_what_was_missed_follow_the_rules_and_a_draft_counts_as_held() -> None:
    Requirement.objects.all().delete()
    Requirement.objects.create(
        kind=Kind.GROUP_STUDY,
        organization_kind=OrganizationKind.BRANCH,
        period="MONTH",
        effective_from=dt.date(2020, 1, 1),
        source="本局规定",
    )
    _bureau, (branch, _other) = make_bureau()
    make_activity(branch, status=Status.DRAFT, held_on=dt.date(2026, 1, 9))
    handover = handed(branch)
    assert [(item.kind, item.due.due_on) for item in handover.due] == [
        (Kind.GROUP_STUDY, dt.date(2026, 3, 31))
    ]
    assert [item.due.first for item in handover.late] == [dt.date(2026, 2, 1)]


def test_conversions_exemptions_and_exceptions_are_those_of_the_day() -> None:
    _bureau, (branch, other) = make_bureau()
    for name, where in (("预备", branch), ("别处", other)):
        day = dt.date(2025, 4, 1)
        make_member(name, where, joined_on=day, converted_on=None, since=day)
    away = make_member("借调", branch)
    there = Membership.objects.get(member=away)
    for reason, until in (("借调在外", None), ("病休已满", dt.date(2026, 3, 1))):
        StandingException.objects.create(
            membership=there,
            effect=StandingException.Effect.NOT_EXPECTED,
            started_on=dt.date(2026, 1, 1),
            ended_on=until,
            reason=reason,
        )
        Exemption.objects.create(
            organization=branch, started_on=dt.date(2026, 1, 1), ended_on=until, reason=reason
        )
    handover = handed(branch)
    assert [row.member.name for row in handover.conversions] == ["预备"]
    assert [one.reason for one in handover.exceptions] == ["借调在外"]
    assert [one.reason for one in handover.exemptions] == ["借调在外"]


def test_accounts_are_the_appointments_that_are_not_over_and_only_where_asked_for() -> None:
    bureau, (branch, other) = make_bureau()
    make_user("recorder", role=Role.RECORDER, organization=branch)
    make_user("secretary", role=Role.SECRETARY, organization=branch)
    make_user("former", role=Role.SECRETARY, organization=branch, until=dt.date(2026, 1, 1))
    make_user("above", role=Role.ADMINISTRATOR, organization=bureau)
    make_user("elsewhere", role=Role.SECRETARY, organization=other)
    found = handed(branch).appointments
    assert found is not None
    assert [one.user.username for one in found] == ["recorder", "secretary"]
    assert handed(branch, with_accounts=False).appointments is None


def test_annual_reports_are_last_years_and_this_years_and_older_ones_never_finished() -> None:
    _bureau, (branch, _other) = make_bureau()
    compose_report(branch, year=2023)
    compose_report(branch, year=2025)
    states = handed(branch).reports
    assert [(one.year, one.report and one.report.status) for one in states] == [
        (2026, None),
        (2025, ReportStatus.DRAFT),
        (2023, ReportStatus.DRAFT),
    ]


def test_the_figures_are_those_of_the_year_and_count_accepted_records() -> None:
    _bureau, (branch, _other) = make_bureau()
    make_activity(branch, Kind.GROUP_STUDY, held_on=MARCH)
    make_activity(branch, Kind.GROUP_STUDY, held_on=MARCH, status=Status.SUBMITTED)
    make_activity(branch, Kind.GROUP_STUDY, held_on=dt.date(2025, 3, 5))
    values = {one.definition.key: one.value for one in handed(branch).figures}
    assert values["group_study.count"] == 1


def test_a_committee_hands_over_its_own_and_sums_up_what_is_open_below() -> None:
    bureau, (first, second) = make_bureau()
    group = make_group(first)
    make_activity(bureau, status=Status.DRAFT, title="党委草稿", held_on=MARCH)
    make_activity(first, status=Status.DRAFT, held_on=MARCH)
    make_activity(group, status=Status.RETURNED, held_on=MARCH)
    make_rectification(group)
    make_rectification(second)
    day = dt.date(2025, 4, 1)
    make_member("预备", group, joined_on=day, converted_on=None, since=day)
    begin_term(second, number=1, on=dt.date(2024, 1, 5), user=None)
    handover = handed(bureau)
    assert [row.activity.title for row in handover.records] == ["党委草稿"]
    assert handover.totals == {"RETURNED": 0, "DRAFT": 1, "SUBMITTED": 0}
    assert (handover.rectifications, handover.rectification_total) == ((), 0)
    one, two = handover.below
    assert one.organization == first
    assert one.records == {"RETURNED": 1, "DRAFT": 1, "SUBMITTED": 0}
    assert (one.rectifications, one.conversions, one.term) == (1, 1, None)
    assert (two.rectifications, two.conversions) == (1, 0)
    assert two.term is not None
    assert two.term.due_on == dt.date(2027, 1, 5)
    assert handed(first).below == ()


def test_the_number_of_queries_is_the_same_whatever_the_size() -> None:
    bureau, (first, second) = make_bureau()
    group = make_group(first)
    reviewer = make_user("reviewer")

    def grow(times: int) -> None:
        for number in range(times):
            name = f"{times}人{number}"
            member = make_member(name, group, converted_on=None, joined_on=dt.date(2025, 4, 1))
            make_post(member, first, PostTitle.COMMITTEE_MEMBER)
            StandingException.objects.create(
                membership=Membership.objects.get(member=member),
                effect=StandingException.Effect.NOT_VOTING,
                started_on=dt.date(2026, 1, 1),
                reason="借调",
            )
            Exemption.objects.create(
                organization=first, started_on=dt.date(2026, 1, 1), reason="驻村"
            )
            make_rectification(first)
            make_user(name, role=Role.RECORDER, organization=first)
            make_activity(second, status=Status.DRAFT, held_on=MARCH)
            back = make_activity(first, status=Status.SUBMITTED, held_on=MARCH)
            return_activity(back, user=reviewer, expected_version=back.version, comment="补充")

    def queries(organization: Organization) -> int:
        with CaptureQueriesContext(connection) as asked:
            handed(organization)
        return len(asked)

    grow(1)
    make_organization("D03", parent=bureau)
    small = (queries(first), queries(bureau))
    grow(5)
    for number in range(4, 12):
        make_organization(f"D{number:02}", parent=bureau)
    assert (queries(first), queries(bureau)) == small
    assert max(small) <= 36
