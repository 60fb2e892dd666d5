"""Pages of activities, and the two pages that draw on them: home and a member."""

from meetings.views.detail import activity_detail
from meetings.views.home import home
from meetings.views.list import activity_list
from meetings.views.member import member_detail
from meetings.views.record import activity_create, activity_edit, activity_expected
from meetings.views.review import (
    activity_accept,
    activity_restore,
    activity_return,
    activity_submit,
    activity_void,
)

__all__ = [
    "activity_accept",
    "activity_create",
    "activity_detail",
    "activity_edit",
    "activity_expected",
    "activity_list",
    "activity_restore",
    "activity_return",
    "activity_submit",
    "activity_void",
    "home",
    "member_detail",
]
