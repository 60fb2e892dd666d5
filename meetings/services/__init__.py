"""Everything that writes an activity: one transaction, one revision each."""

from meetings.services.bulk import ImportedEntry, record_activities
from meetings.services.entry import AgendaLine, Entry, GuestLine, LeaveLine
from meetings.services.record import StaleVersion, amend_activity, record_activity
from meetings.services.review import (
    WrongStatus,
    accept_activity,
    restore_activity,
    return_activity,
    submit_activity,
    void_activity,
)

__all__ = [
    "AgendaLine",
    "Entry",
    "GuestLine",
    "ImportedEntry",
    "LeaveLine",
    "StaleVersion",
    "WrongStatus",
    "accept_activity",
    "amend_activity",
    "record_activities",
    "record_activity",
    "restore_activity",
    "return_activity",
    "submit_activity",
    "void_activity",
]
