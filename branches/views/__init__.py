"""Pages of organizations and members, and the session."""

from branches.views.members import member_list
from branches.views.organizations import organization_detail, organization_list
from branches.views.session import LogIn, LogOut

__all__ = ["LogIn", "LogOut", "member_list", "organization_detail", "organization_list"]
