"""The counting rules of the record book, one test (or more) each."""

import datetime as dt
import os
import time
from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.utils import timezone

from branches.models import Organization, OrganizationKind, Standing
from meetings.models import AttendanceState, Holiday, Kind, Status
from meetings.querysets import ACCEPTED_AND_SUBMITTED
from meetings.quorum import has_quorum, is_carried
from meetings.services import GuestLine, LeaveLine, record_activity
from reports.figures import compute_figures
from tests.factories import (
    DAY,
    make_activity,
    make_bureau,
    make_entry,
    make_member,
    make_membership,
    make_organization,
)

pytestmark = pytest.mark.django_db


def count(
    organization: Organization, key: str, *, year: int = 2025, **options: tuple
) -> int | None:
    return compute_figures(organization, year=year, **options).value(key)


def test_a_record_of_three_kinds_is_one_record_and_three_counts() -> None:
    """Rule 1."""
    branch = make_organization()
    make_activity(branch, Kind.GENERAL_MEETING, Kind.PARTY_LECTURE, Kind.THEMED_PARTY_DAY)
    figures = compute_figures(branch, year=2025)
    kinds = ("general_meeting", "party_lecture", "themed_party_day")
    assert [figures.value(f"{kind}.count") for kind in kinds] == [1, 1, 1]
    assert figures.value("activities.count") == 1


def test_a_joint_activity_counts_once_for_the_bureau_and_once_for_each_branch() -> None:
    """Rule 2."""
    bureau, branches = make_bureau(3)
    make_activity(branches[0], Kind.THEMED_PARTY_DAY, organizations=branches)
    assert count(bureau, "themed_party_day.count") == 1
    assert [count(branch, "themed_party_day.count") for branch in branches] == [1, 1, 1]


def test_the_figures_explain_why_branches_and_total_differ() -> None:
    """Rule 2: sum of the branches = total - held above them + counted again."""
    bureau, branches = make_bureau(3)
    make_activity(branches[0], Kind.THEMED_PARTY_DAY, organizations=branches)
    make_activity(branches[1], Kind.THEMED_PARTY_DAY)
    make_activity(bureau, Kind.THEMED_PARTY_DAY)
    figures = compute_figures(bureau, year=2025)
    (difference,) = figures.differences
    assert (difference.total, difference.branch_sum) == (3, 4)
    assert (difference.counted_again, difference.above_branches) == (2, 1)
    assert [row.counts[Kind.THEMED_PARTY_DAY] for row in figures.branches] == [1, 2, 1]


def test_an_activity_of_a_group_counts_for_its_branch_once() -> None:
    """Rule 2, inside a branch: two groups of one branch together are one for the branch."""
    bureau, (branch, _) = make_bureau(2)
    groups = [
        make_organization(f"G{n}", parent=branch, kind=OrganizationKind.GROUP) for n in (1, 2)
    ]
    make_activity(groups[0], Kind.GROUP_MEETING, organizations=groups)
    assert count(branch, "group_meeting.count") == 1
    assert compute_figures(bureau, year=2025).differences == ()


def test_someone_who_moved_counts_in_the_old_branch_before_and_in_the_new_one_after() -> None:
    """Rule 3."""
    _, (old, new) = make_bureau(2)
    moved = dt.date(2025, 6, 1)
    mover = make_member("调动", old, until=moved)
    make_membership(mover, new, since=moved)
    for branch in (old, new):
        make_activity(branch, held_on=dt.date(2025, 5, 31), absent={})
        make_activity(branch, held_on=moved, absent={})
    assert (count(old, "attendance.expected"), count(new, "attendance.expected")) == (1, 1)
    assert (count(old, "members.total"), count(new, "members.total")) == (0, 1)


def test_standing_and_vote_are_those_of_the_day() -> None:
    """Rule 3: converted in June, probationary and without a vote in May."""
    branch = make_organization()
    make_member("转正", branch, joined_on=dt.date(2024, 6, 1), converted_on=dt.date(2025, 6, 1))
    before = make_activity(branch, held_on=dt.date(2025, 5, 31), absent={}).attendances.get()
    after = make_activity(branch, held_on=dt.date(2025, 6, 1), absent={}).attendances.get()
    assert (before.standing, before.has_vote) == (Standing.PROBATIONARY, False)
    assert (after.standing, after.has_vote) == (Standing.FULL, True)
    assert count(branch, "members.full", year=2025) == 1
    assert count(branch, "members.probationary", year=2024) == 1


def test_the_absent_have_rows_and_lower_the_rate() -> None:
    """Rule 4."""
    branch = make_organization()
    people = [make_member(name, branch) for name in ("甲", "乙", "丙")]
    absent = {
        people[0]: LeaveLine(AttendanceState.ON_LEAVE, "出差"),
        people[1]: LeaveLine(AttendanceState.ABSENT),
    }
    make_activity(branch, absent=absent)
    figures = compute_figures(branch, year=2025)
    attendance = ("attendance.expected", "attendance.present", "attendance.rate")
    assert [figures.value(key) for key in attendance] == [3, 1, 33]


def test_without_attendance_there_is_no_rate() -> None:
    """Rule 4: no data is None and printed 未记录, never 0 % or 100 %."""
    branch = make_organization()
    make_member("甲", branch)
    make_activity(branch)
    figures = compute_figures(branch, year=2025)
    for key in ("attendance.expected", "attendance.present", "attendance.rate"):
        assert figures.value(key) is None
        assert figures.figures[key].text == "未记录"


def test_everybody_absent_is_a_rate_of_zero() -> None:
    """Rule 4, the other side: recorded and nobody there is 0 %, not "no data"."""
    branch = make_organization()
    person = make_member("甲", branch)
    make_activity(branch, absent={person: LeaveLine(AttendanceState.ABSENT)})
    assert count(branch, "attendance.rate") == 0


def test_guests_never_enter_a_rate() -> None:
    """Rule 5."""
    branch = make_organization()
    make_member("甲", branch)
    make_activity(branch, absent={}, guests=(GuestLine("来宾", "某处"), GuestLine("观察")))
    assert (count(branch, "attendance.expected"), count(branch, "attendance.present")) == (1, 1)


def test_only_accepted_records_count_unless_submitted_ones_are_asked_for() -> None:
    """Rule 6: drafts, returned and void ones never count."""
    branch = make_organization()
    for status in (Status.ACCEPTED, Status.SUBMITTED, Status.DRAFT, Status.RETURNED):
        make_activity(branch, status=status)
    entry = make_entry(branch)
    void = record_activity(entry, user=None)
    void.status, void.void_reason = Status.VOID, "重复"
    void.save()
    assert count(branch, "group_study.count") == 1
    assert count(branch, "group_study.count", statuses=ACCEPTED_AND_SUBMITTED) == 2
    everything = tuple(Status.values)
    assert count(branch, "group_study.count", statuses=everything) == 2


def test_a_rectification_from_a_record_that_does_not_count_does_not_count() -> None:
    """Rule 6, for what followed from the record."""
    branch = make_organization()
    for status in (Status.ACCEPTED, Status.DRAFT):
        activity = make_activity(branch, status=status)
        activity.rectifications.create(organization=branch, problem="问题", opened_on=DAY)
    branch.rectifications.create(problem="检查发现", opened_on=DAY)
    assert count(branch, "rectifications.opened") == 2


@pytest.mark.parametrize(
    ("due_on", "done_on", "overdue"),
    [
        (dt.date(2025, 12, 31), None, 1),
        (dt.date(2026, 1, 1), None, 0),  # not due within the year
        (None, None, 0),
        (dt.date(2025, 6, 30), dt.date(2025, 12, 31), 0),  # late, but done
        (dt.date(2025, 6, 30), dt.date(2026, 1, 1), 1),  # done, but not within the year
    ],
)
def test_a_rectification_is_overdue_when_due_within_the_year_and_not_done_by_its_end(
    due_on: dt.date | None, done_on: dt.date | None, overdue: int
) -> None:
    branch = make_organization()
    branch.rectifications.create(problem="问题", opened_on=DAY, due_on=due_on, done_on=done_on)
    assert count(branch, "rectifications.overdue") == overdue
    assert count(branch, "rectifications.overdue", year=2026) == 0  # opened in 2025


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that lives in another time zone, process and Django alike."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    with override_settings(TIME_ZONE=request.param), timezone.override(request.param):
        yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_year_is_that_of_the_activitys_own_date_wherever_the_server_stands(
    elsewhere: str,
) -> None:
    """Rule 7: `[1 Jan, 1 Jan)`, by the date that was written down."""
    branch = make_organization()
    for day in ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"):
        make_activity(branch, held_on=dt.date.fromisoformat(day))
    counts = {year: count(branch, "group_study.count", year=year) for year in range(2023, 2028)}
    assert counts == {2023: 0, 2024: 1, 2025: 2, 2026: 1, 2027: 0}


def test_a_new_year_reminder_held_in_december_belongs_to_the_next_year(elsewhere: str) -> None:
    """Rule 7 at the edge of the festival year; its count by kind stays in its own year."""
    branch = make_organization()
    for day in ("2024-11-30", "2024-12-01", "2024-12-31", "2025-01-01", "2025-12-30"):
        make_activity(
            branch,
            Kind.INTEGRITY_EDUCATION,
            held_on=dt.date.fromisoformat(day),
            holiday=Holiday.NEW_YEAR,
        )
    years = range(2024, 2027)
    assert [count(branch, "integrity.new_year", year=year) for year in years] == [1, 3, 1]
    assert [count(branch, "integrity_education.count", year=year) for year in years] == [3, 2, 0]


def test_another_holiday_in_december_belongs_to_its_own_year() -> None:
    """Rule 7: only the New Year reminder looks ahead."""
    branch = make_organization()
    make_activity(
        branch,
        Kind.INTEGRITY_EDUCATION,
        held_on=dt.date(2024, 12, 31),
        holiday=Holiday.SPRING_FESTIVAL,
    )
    assert count(branch, "integrity.spring_festival", year=2024) == 1
    assert count(branch, "integrity.spring_festival", year=2025) == 0


def test_a_holiday_counts_only_for_integrity_education() -> None:
    """What `integrity.<holiday>` counts: integrity education marked with the holiday."""
    branch = make_organization()
    make_activity(branch, Kind.GROUP_STUDY, holiday=Holiday.QINGMING)
    assert count(branch, "integrity.qingming") == 0


def test_totals_follow_the_records_at_once() -> None:
    """Rule 8: computed, not kept by hand."""
    branch = make_organization()
    activity = make_activity(branch)
    assert count(branch, "group_study.count") == 1
    activity.status, activity.void_reason = Status.VOID, "误录"
    activity.save()
    assert count(branch, "group_study.count") == 0


@pytest.mark.parametrize(
    ("expected", "present", "ayes", "quorate", "carried"),
    [
        (10, 5, 5, True, False),  # half of those present is everybody there, yet not > ½ of 10
        (10, 6, 6, True, True),
        (10, 4, 4, False, False),
        (11, 6, 6, True, True),
        (11, 5, 5, False, False),
        (1, 1, 1, True, True),
    ],
)
def test_both_halves_of_a_majority_are_taken_of_those_expected(
    expected: int, present: int, ayes: int, quorate: bool, carried: bool
) -> None:
    """Rule 9 (支部条例 §14): integers only, nobody's presence lowers the bar."""
    assert has_quorum(expected=expected, present=present) is quorate
    assert is_carried(expected=expected, ayes=ayes) is carried


def test_a_late_entry_is_a_fact_and_counts_like_any_other() -> None:
    """Rule 10: shown with its days, not scored."""
    branch = make_organization()
    activity = make_activity(branch)
    activity.created_at = dt.datetime(2025, 4, 5, 3, 0, tzinfo=dt.UTC)
    assert activity.recorded_late_by == 31
    assert count(branch, "group_study.count") == 1


def test_an_entry_within_the_days_allowed_is_not_late() -> None:
    """Rule 10: more than N days, not N days."""
    activity = make_activity(make_organization())
    activity.created_at = dt.datetime(2025, 3, 20, 15, 59, tzinfo=dt.UTC)
    assert activity.recorded_late_by is None
    activity.created_at += dt.timedelta(minutes=1)  # midnight in Beijing
    assert activity.recorded_late_by == 16
