"""Lists typed into one text box: guests and study materials, a line each."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.clean import clean_line
from meetings.services import GuestLine

_GUEST = re.compile(r"^(?P<name>.+?)\s*[（(](?P<unit>.*)[)）]$")
LONGEST_NAME, LONGEST_UNIT, LONGEST_TITLE = 100, 200, 300  # as the columns


def read_guests(text: str) -> tuple[GuestLine, ...]:
    """`姓名（单位）` or `姓名`, one a line. ValidationError names the line that is too long."""
    guests = []
    for number, line in _lines(text):
        match = _GUEST.match(line)
        guest = GuestLine(match["name"], match["unit"].strip()) if match else GuestLine(line)
        if len(guest.name) > LONGEST_NAME or len(guest.unit) > LONGEST_UNIT:
            raise ValidationError(
                _("Line %(number)d is too long. Write one person a line."),
                params={"number": number},
            )
        guests.append(guest)
    return tuple(guests)


def write_guests(guests: Iterable[GuestLine]) -> str:
    """The text that `read_guests` reads."""
    return "\n".join(f"{one.name}（{one.unit}）" if one.unit else one.name for one in guests)


def read_materials(text: str) -> tuple[str, ...]:
    """Titles without the outer 《》: all that stand in 《》 on a line, or else the whole line.

    Each title once. ValidationError names the line that is too long.
    """
    titles: list[str] = []
    for number, line in _lines(text):
        for title in _marked(line) or [line]:
            if len(title) > LONGEST_TITLE:
                raise ValidationError(
                    _("Line %(number)d is too long. Write one title a line."),
                    params={"number": number},
                )
            titles.append(title)
    return tuple(dict.fromkeys(titles))


def write_materials(titles: Iterable[str]) -> str:
    """The text that `read_materials` reads."""
    return "\n".join(f"《{title}》" for title in titles)


def _lines(text: str) -> list[tuple[int, str]]:
    lines = ((number, clean_line(line)) for number, line in enumerate(text.split("\n"), start=1))
    return [(number, line) for number, line in lines if line]


def _marked(line: str) -> list[str]:
    """What stands in 《》 on the line; a 《》 within another belongs to the outer title."""
    titles, depth, start = [], 0, 0
    for place, character in enumerate(line):
        if character == "《":
            if depth == 0:
                start = place + 1
            depth += 1
        elif character == "》" and depth:
            depth -= 1
            if depth == 0 and (title := line[start:place].strip()):
                titles.append(title)
    return titles
