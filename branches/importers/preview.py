"""What an import would do, row by row: for a person to look at before anything is written."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from branches.importers.problems import Problem
from branches.importers.rows import Reading, RowState


@dataclass(frozen=True, slots=True)
class RowPreview:
    """A sound row against the records: `before` is what stands there now, by column."""

    state: RowState
    before: dict[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything found. `rows` has the sound rows, by sheet and number.

    `counts` are (what, new, changed, unchanged); `notes` say what one should know of rows that
    will be taken. While there are problems the counts are those of the sound rows.
    """

    problems: tuple[Problem, ...]
    rows: dict[tuple[str, int], RowPreview]
    counts: Sequence[tuple[str, int, int, int]]
    notes: Sequence[str] = ()

    @property
    def digest(self) -> str:
        """64 hex digits of what would happen: the same as long as the records stay the same."""
        rows = sorted([*key, row.state, row.before] for key, row in self.rows.items())
        text = json.dumps([rows, list(map(str, self.problems)), self.counts], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def preview_of(
    problems: Iterable[Problem],
    readings: Iterable[Reading],
    counts: Sequence[tuple[str, int, int, int]],
    notes: Sequence[str] = (),
) -> Preview:
    """The preview of rows that were read."""
    rows = {
        (reading.sheet, reading.number): RowPreview(reading.state, reading.before)
        for reading in readings
        if reading.is_sound
    }
    return Preview(tuple(problems), rows, counts, notes)
