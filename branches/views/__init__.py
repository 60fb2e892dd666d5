"""Pages of organizations and members, and the session."""

from branches.views.members import member_list
from branches.views.organizations import organization_detail, organization_list
from branches.views.sensitive import (
    member_sensitive,
    sensitive_export,
    sensitive_reveal,
    sensitive_settings,
)
from branches.views.session import LogIn, LogOut

__all__ = [
    "LogIn",
    "LogOut",
    "member_list",
    "member_sensitive",
    "organization_detail",
    "organization_list",
    "sensitive_export",
    "sensitive_reveal",
    "sensitive_settings",
]
