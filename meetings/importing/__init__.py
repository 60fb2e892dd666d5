"""From an uploaded file to records: read, check row by row, correct, write once, take back."""

from meetings.importing.checking import check_import
from meetings.importing.correcting import Corrections, abandon_import, correct_import, read_columns
from meetings.importing.starting import MOST_ROWS, start_import
from meetings.importing.writing import (
    ImportMoved,
    commit_import,
    is_small,
    queue_import,
    reopen_import,
    undo_import,
)

__all__ = [
    "MOST_ROWS",
    "Corrections",
    "ImportMoved",
    "abandon_import",
    "check_import",
    "commit_import",
    "correct_import",
    "is_small",
    "queue_import",
    "read_columns",
    "reopen_import",
    "start_import",
    "undo_import",
]
