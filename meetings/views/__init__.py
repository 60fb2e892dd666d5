"""Pages of activities, and the two pages that draw on them: home and a member."""

from meetings.views.attachment import attachment_file, attachment_thumbnail, attachment_upload
from meetings.views.attendance import activity_match
from meetings.views.calendar import activity_calendar
from meetings.views.check import activity_check, activity_submit
from meetings.views.closing import organization_dissolve, organization_merge
from meetings.views.compliance import compliance_detail, compliance_list
from meetings.views.detail import activity_detail
from meetings.views.export import activity_export
from meetings.views.history import activity_compare, activity_history, activity_revert
from meetings.views.home import home
from meetings.views.importing import (
    import_abandon,
    import_columns,
    import_commit,
    import_detail,
    import_list,
    import_progress,
    import_reopen,
    import_template,
    import_undo,
)
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
from meetings.views.requirement import (
    exemption_create,
    exemption_end,
    holiday_edit,
    holiday_list,
    kinds_apart_create,
    kinds_apart_remove,
    requirement_create,
    requirement_end,
    requirement_list,
)
from meetings.views.review import (
    activity_accept,
    activity_restore,
    activity_return,
    activity_void,
)
from meetings.views.review_page import activity_review, review_list
from meetings.views.start import activity_followups, activity_suggest
from meetings.views.template import template_list, template_retire
from meetings.views.typed_draft import typed_draft_discard, typed_draft_keep

__all__ = [
    "activity_accept",
    "activity_calendar",
    "activity_check",
    "activity_compare",
    "activity_create",
    "activity_detail",
    "activity_edit",
    "activity_expected",
    "activity_export",
    "activity_followups",
    "activity_history",
    "activity_list",
    "activity_match",
    "activity_restore",
    "activity_return",
    "activity_revert",
    "activity_review",
    "activity_submit",
    "activity_suggest",
    "activity_void",
    "attachment_file",
    "attachment_thumbnail",
    "attachment_upload",
    "compliance_detail",
    "compliance_list",
    "exemption_create",
    "exemption_end",
    "holiday_edit",
    "holiday_list",
    "home",
    "import_abandon",
    "import_columns",
    "import_commit",
    "import_detail",
    "import_list",
    "import_progress",
    "import_reopen",
    "import_template",
    "import_undo",
    "kinds_apart_create",
    "kinds_apart_remove",
    "member_detail",
    "organization_dissolve",
    "organization_merge",
    "rectification_close",
    "rectification_create",
    "rectification_detail",
    "rectification_edit",
    "rectification_list",
    "rectification_reopen",
    "requirement_create",
    "requirement_end",
    "requirement_list",
    "review_list",
    "template_list",
    "template_retire",
    "typed_draft_discard",
    "typed_draft_keep",
]
