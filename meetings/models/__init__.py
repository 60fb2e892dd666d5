"""What happened: activities, who was there, what followed, and what is required."""

from meetings.models.activity import (
    Activity,
    AgendaItem,
    Credit,
    Holiday,
    Kind,
    Status,
    StudyMaterial,
)
from meetings.models.attachment import Attachment, AttachmentKind
from meetings.models.attendance import Attendance, AttendanceState, Guest
from meetings.models.desk import EntryTemplate, TypedDraft
from meetings.models.followup import GRADES, AppraisalResult, Rectification
from meetings.models.importing import ImportKind, ImportRow, ImportRun, ImportState
from meetings.models.requirement import (
    Exemption,
    HolidayNotice,
    KindsApart,
    Period,
    Requirement,
)
from meetings.models.review import ReviewComment
from meetings.models.revision import Revision

__all__ = [
    "GRADES",
    "Activity",
    "AgendaItem",
    "AppraisalResult",
    "Attachment",
    "AttachmentKind",
    "Attendance",
    "AttendanceState",
    "Credit",
    "EntryTemplate",
    "Exemption",
    "Guest",
    "Holiday",
    "HolidayNotice",
    "ImportKind",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "Kind",
    "KindsApart",
    "Period",
    "Rectification",
    "Requirement",
    "ReviewComment",
    "Revision",
    "Status",
    "StudyMaterial",
    "TypedDraft",
]
