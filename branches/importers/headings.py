"""Which column a heading stands for, where it is nearly the right one.

A heading that is right as it stands comes first, then one that ledgers use for the column, then
one that a single slip of the pen turned into something else. Whoever imports sees the result and
may change it: nothing here is final.
"""

import re
from collections.abc import Sequence

from branches.importers.rows import Layout
from branches.importers.values import Cell, fold

_BRACKETS = re.compile(r"[(\[【〔<《].*?[)\]】〕>》]")
_MARKS = re.compile(r"[\s*:：]")
_SHORTEST_SLIP = 4  # characters: of 转入 and 转出 nobody could tell which was meant


def plain_heading(cell: Cell) -> str:
    """The heading without spaces, line breaks, stars, colons and what stands in brackets."""
    text = _MARKS.sub("", fold(cell))
    return _BRACKETS.sub("", text) or text


def guess_columns(headings: Sequence[Cell], layout: Layout) -> list[str]:
    """The column of the layout that each heading stands for; "" for none.

    A column is guessed once. Written rightly twice it stands twice, and somebody has to choose.
    """
    plain = [plain_heading(heading) for heading in headings]
    guessed = [heading if heading in layout.columns else "" for heading in plain]
    for index, heading in enumerate(plain):
        column = layout.other_names.get(heading, "")
        if not guessed[index] and column not in guessed:
            guessed[index] = column
    for index, heading in enumerate(plain):
        if heading and not guessed[index] and heading not in layout.other_names:
            guessed[index] = _one_slip_from(heading, layout, guessed)
    return guessed


def is_right(heading: Cell, column: str) -> bool:
    """Whether the heading is the column's own name, so that nothing was guessed."""
    return re.sub(r"[\s*＊]", "", fold(heading)) == column


def count_guessed(headings: Sequence[Cell], layout: Layout) -> int:
    """How many different columns of the layout the headings stand for."""
    return len({column for column in guess_columns(headings, layout) if column})


def _one_slip_from(heading: str, layout: Layout, taken: Sequence[str]) -> str:
    near = [
        column
        for column in layout.columns
        if len(column) == len(heading) >= _SHORTEST_SLIP
        and sum(one != other for one, other in zip(column, heading, strict=True)) == 1
    ]
    return near[0] if len(near) == 1 and near[0] not in taken else ""
