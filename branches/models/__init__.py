"""Who there is: organizations, members, posts, users and their appointments."""

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
from branches.models.user import Appointment, Role, User

__all__ = [
    "COMMITTEE_TITLES",
    "Appointment",
    "Member",
    "Membership",
    "Organization",
    "OrganizationKind",
    "Post",
    "PostTitle",
    "Role",
    "Standing",
    "StandingException",
    "User",
]
