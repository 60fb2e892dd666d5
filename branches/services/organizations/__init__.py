"""What happens to organizations: each one entry, dated, undone by a correcting entry."""

from branches.services.organizations.change import (
    correct_particulars,
    correct_place,
    move,
    rename,
)
from branches.services.organizations.close import dissolve, merge
from branches.services.organizations.correct import may_be_undone, undo_event
from branches.services.organizations.found import found, plant, split
from branches.services.organizations.terms import begin_term, end_term, extend_term

__all__ = [
    "begin_term",
    "correct_particulars",
    "correct_place",
    "dissolve",
    "end_term",
    "extend_term",
    "found",
    "may_be_undone",
    "merge",
    "move",
    "plant",
    "rename",
    "split",
    "undo_event",
]
