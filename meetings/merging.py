"""One form out of two texts of a record: field by field theirs or mine."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from meetings.forms.grades import GRADE
from meetings.forms.record import RecordPage
from meetings.services.entry import OWN_FIELDS

# In the order of the rows of `reading.readable`; attendance, agenda and grades
# are one choice each.
PARTS = (
    OWN_FIELDS[0],
    "kinds",
    "joint",
    *OWN_FIELDS[1:],
    "attendance",
    "agenda",
    "guests",
    "materials",
    "grades",
)
CHOICE = "take-"  # take-PART is "theirs" or "mine"
THEIRS, MINE = "theirs", "mine"


def merged(mine: QueryDict, theirs: RecordPage) -> QueryDict:
    """What was sent, with the parts chosen from the stored record put in their place.

    `theirs` is the page of the record as it stands. What nothing was chosen for stays mine.
    """
    sent = mine.copy()
    for part in PARTS:
        if sent.get(CHOICE + part) == THEIRS:
            for name in [name for name in sent if _belongs(name, part)]:
                del sent[name]
            for name, values in _stored(theirs, part):
                sent.setlist(name, values)
    return sent


def _belongs(name: str, part: str) -> bool:
    if part == "agenda":
        return name.startswith("agenda-")
    if part == "attendance":
        return name in (part, "shown") or name.startswith(("state-", "reason-"))
    if part == "grades":
        return name.startswith(GRADE)
    return name == part


def _stored(page: RecordPage, part: str) -> Iterator[tuple[str, list[str]]]:
    """(name, values) as a browser would send them."""
    if part == "agenda":
        lines: list[Mapping[str, Any]] = [form.initial for form in page.agenda.initial_forms]
        yield "agenda-TOTAL_FORMS", [str(len(lines))]
        yield "agenda-INITIAL_FORMS", ["0"]
        for number, line in enumerate(lines):
            for name, value in line.items():
                yield f"agenda-{number}-{name}", [_text(value)]
        return
    if part == "grades":
        for row in page.grades.rows:
            for name, value in row.initial.items():
                yield row.add_prefix(name), [_text(value)]
        return
    value = page.form.initial.get(part)
    yield part, [_text(one) for one in value] if isinstance(value, list) else [_text(value)]
    if part == "attendance":
        for member_id, state in page.ticks.states.items():
            yield f"state-{member_id}", [str(state)]
        for member_id, reason in page.ticks.reasons.items():
            yield f"reason-{member_id}", [reason]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.strftime("%H:%M") if isinstance(value, dt.time) else str(value)
