"""Who there is: organizations, members, posts, users and their appointments; and the audit log."""

from branches.models.audit import AuditEntry, AuditHead, Outcome
from branches.models.event import MemberEvent, MemberEventKind
from branches.models.member import (
    COMMITTEE_TITLES,
    Member,
    Membership,
    Post,
    PostTitle,
    Standing,
    StandingException,
)
from branches.models.organization import Organization, OrganizationKind
from branches.models.organization_history import (
    SINCE_EVER,
    OrganizationEvent,
    OrganizationEventKind,
    OrganizationName,
    Placement,
    Term,
)
from branches.models.password_link import PasswordLink
from branches.models.sensitive import SensitiveField, SensitiveSetting, SensitiveValue
from branches.models.session import Session
from branches.models.user import Appointment, Role, User

__all__ = [
    "COMMITTEE_TITLES",
    "SINCE_EVER",
    "Appointment",
    "AuditEntry",
    "AuditHead",
    "Member",
    "MemberEvent",
    "MemberEventKind",
    "Membership",
    "Organization",
    "OrganizationEvent",
    "OrganizationEventKind",
    "OrganizationKind",
    "OrganizationName",
    "Outcome",
    "PasswordLink",
    "Placement",
    "Post",
    "PostTitle",
    "Role",
    "SensitiveField",
    "SensitiveSetting",
    "SensitiveValue",
    "Session",
    "Standing",
    "StandingException",
    "Term",
    "User",
]
