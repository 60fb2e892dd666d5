"""Everything that writes an activity: one transaction, one revision each."""

from meetings.services.attach import attach_file
from meetings.services.bulk import ImportedEntry, record_activities, void_imported
from meetings.services.entry import (
    AgendaLine,
    AttachmentLine,
    Entry,
    GradeLine,
    GuestLine,
    LeaveLine,
    entry_of,
)
from meetings.services.hand_in import NotReady, hand_in
from meetings.services.record import StaleVersion, amend_activity, record_activity
from meetings.services.revert import Reversion, reversion_of
from meetings.services.review import (
    Accepted,
    WrongStatus,
    accept_activities,
    accept_activity,
    restore_activity,
    return_activity,
    submit_activity,
    void_activity,
)

__all__ = [
    "Accepted",
    "AgendaLine",
    "AttachmentLine",
    "Entry",
    "GradeLine",
    "GuestLine",
    "ImportedEntry",
    "LeaveLine",
    "NotReady",
    "Reversion",
    "StaleVersion",
    "WrongStatus",
    "accept_activities",
    "accept_activity",
    "amend_activity",
    "attach_file",
    "entry_of",
    "hand_in",
    "record_activities",
    "record_activity",
    "restore_activity",
    "return_activity",
    "reversion_of",
    "submit_activity",
    "void_activity",
    "void_imported",
]
