"""The figures in the order and the groups in which a page shows them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A heading of the page and the keys below it."""

    slug: str
    title: str | Promise
    keys: tuple[str, ...]


GROUPS: tuple[FigureGroup, ...] = (
    FigureGroup(
        "meetings",
        _("Three meetings and one lesson"),
        (
            "general_meeting.count",
            "committee_meeting.count",
            "group_meeting.count",
            "party_lecture.count",
        ),
    ),
    FigureGroup(
        "activities",
        _("Other activities"),
        (
            "activities.count",
            "themed_party_day.count",
            "group_study.count",
            "organizational_life_meeting.count",
            "democratic_appraisal.count",
            "party_committee_meeting.count",
            "special_seminar.count",
            "youth_activity.count",
            "heart_to_heart_talk.count",
        ),
    ),
    FigureGroup(
        "integrity",
        _("Integrity education by holiday"),
        (
            "integrity_education.count",
            "integrity.new_year",
            "integrity.spring_festival",
            "integrity.qingming",
            "integrity.labour_day",
            "integrity.dragon_boat",
            "integrity.mid_autumn",
            "integrity.national_day",
        ),
    ),
    FigureGroup(
        "attendance",
        _("Attendance"),
        ("attendance.expected", "attendance.present", "attendance.rate"),
    ),
    FigureGroup(
        "members",
        _("Members and organizations"),
        ("members.total", "members.full", "members.probationary", "organizations.branches"),
    ),
    FigureGroup("study", _("Study"), ("materials.count",)),
    FigureGroup(
        "followup",
        _("Rectification and appraisal"),
        (
            "rectifications.opened",
            "rectifications.closed",
            "rectifications.overdue",
            "appraisal.excellent",
            "appraisal.qualified",
            "appraisal.basically_qualified",
            "appraisal.unqualified",
        ),
    ),
)
