"""Pages of organizations, members, users, one's own account, the session and the audit log."""

from branches.views.audit import audit_detail, audit_export, audit_list
from branches.views.election import organization_election
from branches.views.members import member_export, member_list
from branches.views.one_time_link import password_set
from branches.views.organization_changes import (
    organization_found,
    organization_move,
    organization_rename,
    organization_split,
    organization_term_begin,
    organization_term_end,
    organization_term_extend,
    organization_undo,
)
from branches.views.organizations import organization_detail, organization_list
from branches.views.own_account import account, device_end, device_end_others, password_change
from branches.views.sensitive import (
    member_sensitive,
    sensitive_export,
    sensitive_reveal,
    sensitive_settings,
)
from branches.views.session import LogIn, LogOut
from branches.views.upkeep import upkeep
from branches.views.user_changes import (
    appointment_end,
    user_activate,
    user_appoint,
    user_create,
    user_deactivate,
    user_edit,
    user_link,
)
from branches.views.users import user_detail, user_list

__all__ = [
    "LogIn",
    "LogOut",
    "account",
    "appointment_end",
    "audit_detail",
    "audit_export",
    "audit_list",
    "device_end",
    "device_end_others",
    "member_export",
    "member_list",
    "member_sensitive",
    "organization_detail",
    "organization_election",
    "organization_found",
    "organization_list",
    "organization_move",
    "organization_rename",
    "organization_split",
    "organization_term_begin",
    "organization_term_end",
    "organization_term_extend",
    "organization_undo",
    "password_change",
    "password_set",
    "sensitive_export",
    "sensitive_reveal",
    "sensitive_settings",
    "upkeep",
    "user_activate",
    "user_appoint",
    "user_create",
    "user_deactivate",
    "user_detail",
    "user_edit",
    "user_link",
    "user_list",
]
