"""A bureau's 2025 small enough to count by hand; what it counts to stands in FIGURES."""

import datetime as dt
from dataclasses import dataclass

from branches.models import Organization, OrganizationKind
from meetings.models import (
    Activity,
    AppraisalResult,
    AttendanceState,
    Holiday,
    Kind,
    Rectification,
    Status,
)
from meetings.services import LeaveLine
from tests.factories import make_activity, make_bureau, make_member, make_organization

YEAR = 2025

# Counted by hand from the records below; every other count is 0.
FIGURES: dict[str, int | None] = {
    "general_meeting.count": 2,
    "party_lecture.count": 2,
    "themed_party_day.count": 2,
    "group_study.count": 3,
    "group_meeting.count": 1,
    "party_committee_meeting.count": 1,
    "integrity_education.count": 2,
    "integrity.new_year": 1,
    "integrity.qingming": 1,
    "activities.count": 10,
    "attendance.expected": 8,
    "attendance.present": 7,
    "attendance.rate": 88,
    "members.total": 5,
    "members.full": 4,
    "members.probationary": 1,
    "organizations.branches": 2,
    "materials.count": 2,
    "rectifications.opened": 2,
    "rectifications.closed": 1,
    "rectifications.overdue": 1,
    "appraisal.excellent": 1,
    "appraisal.qualified": 2,
    "appraisal.basically_qualified": 0,
    "appraisal.unqualified": 0,
}


@dataclass(frozen=True)
class SmallYear:
    bureau: Organization
    first: Organization
    second: Organization
    group: Organization
    triple: Activity  # one record, three counts
    joint: Activity  # two branches together
    submitted: Activity


def make_small_year() -> SmallYear:
    bureau, (first, second) = make_bureau(2)
    group = make_organization("D011", parent=first, kind=OrganizationKind.GROUP, name="第一小组")
    ill = make_member("甲一", first)
    make_member("甲二", group)
    make_member("甲三", first, converted_on=None, joined_on=dt.date(2025, 6, 1))
    make_member("乙一", second)
    make_member("乙二", second)
    triple = make_activity(
        first,
        Kind.GENERAL_MEETING,
        Kind.PARTY_LECTURE,
        Kind.THEMED_PARTY_DAY,
        title="学习党章",
        materials=("中国共产党章程",),
        absent={},  # 甲一 甲二 expected: 甲三 joins in June
        form="学习",
    )
    joint = make_activity(
        first,
        Kind.THEMED_PARTY_DAY,
        organizations=[first, second],
        held_on=dt.date(2025, 4, 10),
        title="参观规划展览馆",
        form="参观",
        absent={ill: LeaveLine(AttendanceState.ON_LEAVE, "病假")},  # four expected
        highlight="两个支部在展览馆共同梳理了规划档案",
    )
    make_activity(second, Kind.GENERAL_MEETING, held_on=dt.date(2025, 5, 8), absent={})
    for month in (1, 6, 12):
        make_activity(
            second,
            Kind.GROUP_STUDY,
            held_on=dt.date(2025, month, 9),
            materials=("中国共产党廉洁自律准则", "中国共产党章程"),
        )
    make_activity(group, Kind.GROUP_MEETING, held_on=dt.date(2025, 7, 1))
    make_activity(bureau, Kind.PARTY_COMMITTEE_MEETING, held_on=dt.date(2025, 2, 3))
    make_activity(
        second,
        Kind.INTEGRITY_EDUCATION,
        held_on=dt.date(2024, 12, 30),
        holiday=Holiday.NEW_YEAR,
    )
    make_activity(
        second,
        Kind.INTEGRITY_EDUCATION,
        Kind.PARTY_LECTURE,
        held_on=dt.date(2025, 4, 2),
        holiday=Holiday.QINGMING,
    )
    make_activity(
        second,
        Kind.INTEGRITY_EDUCATION,
        held_on=dt.date(2025, 12, 30),
        holiday=Holiday.NEW_YEAR,
    )
    submitted = make_activity(
        first, Kind.GROUP_STUDY, status=Status.SUBMITTED, held_on=dt.date(2025, 8, 8)
    )
    for status in (Status.DRAFT, Status.RETURNED):
        make_activity(first, Kind.GROUP_STUDY, status=status, held_on=dt.date(2025, 8, 9))
    Rectification.objects.create(
        organization=first,
        activity=triple,
        problem="会议记录不完整",
        opened_on=dt.date(2025, 3, 5),
        done_on=dt.date(2025, 5, 1),
    )
    Rectification.objects.create(
        organization=second,
        problem="学习计划不细",
        opened_on=dt.date(2025, 9, 1),
        due_on=dt.date(2025, 12, 31),
    )
    AppraisalResult.objects.create(organization=first, year=YEAR, excellent=1, qualified=2)
    return SmallYear(bureau, first, second, group, triple, joint, submitted)
