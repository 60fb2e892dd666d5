"""Pages of organizations and members."""

from branches.views.members import member_list
from branches.views.organizations import organization_detail, organization_list

__all__ = ["member_list", "organization_detail", "organization_list"]
