"""What happens to people. Each act is one transaction and leaves one entry.

All of them refuse with a ValidationError whose keys are the names of the arguments, so that a
form shows each message at its field; `happened_on` is the day of the entry. An act is refused
when the periods that would result contradict each other, whatever was recorded before.

Days are the first days of what is new: from the day of a transfer on the member belongs to the
new organization, from the day of leaving on to none.
"""

from branches.services.people.admission import admit, convert, extend_probation
from branches.services.people.corrections import undo_entry
from branches.services.people.departure import decease, leave, transfer_out
from branches.services.people.exceptions import end_exception, mark_exception
from branches.services.people.particulars import change_particulars
from branches.services.people.posts import begin_post, end_post, hold_election
from branches.services.people.transfer import take_in, transfer, transfer_in

__all__ = [
    "admit",
    "begin_post",
    "change_particulars",
    "convert",
    "decease",
    "end_exception",
    "end_post",
    "extend_probation",
    "hold_election",
    "leave",
    "mark_exception",
    "take_in",
    "transfer",
    "transfer_in",
    "transfer_out",
    "undo_entry",
]
