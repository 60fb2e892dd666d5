"""Pages of activities, and the two pages that draw on them: home and a member."""

from meetings.views.attachment import attachment_file, attachment_thumbnail, attachment_upload
from meetings.views.detail import activity_detail
from meetings.views.home import home
from meetings.views.list import activity_list
from meetings.views.member import member_detail
from meetings.views.record import activity_create, activity_edit, activity_expected
from meetings.views.rectification import (
    rectification_close,
    rectification_create,
    rectification_detail,
    rectification_edit,
    rectification_list,
    rectification_reopen,
)
from meetings.views.review import (
    activity_accept,
    activity_restore,
    activity_return,
    activity_submit,
    activity_void,
)
from meetings.views.start import activity_followups, activity_suggest
from meetings.views.template import template_list, template_retire

__all__ = [
    "activity_accept",
    "activity_create",
    "activity_detail",
    "activity_edit",
    "activity_expected",
    "activity_followups",
    "activity_list",
    "activity_restore",
    "activity_return",
    "activity_submit",
    "activity_suggest",
    "activity_void",
    "attachment_file",
    "attachment_thumbnail",
    "attachment_upload",
    "home",
    "member_detail",
    "template_list",
    "template_retire",
    "rectification_close",
    "rectification_create",
    "rectification_detail",
    "rectification_edit",
    "rectification_list",
    "rectification_reopen",
]
