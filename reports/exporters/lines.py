"""Lines of Chinese text, composed as GB/T 9704 wants them: 28 characters, flush on both sides.

A browser engine stretches only spaces, so it leaves Chinese lines ragged. Here a paragraph is
broken by the rules for the beginning and the end of lines (行首、行尾禁则), and each line gets
the letter-spacing that makes it flush. All widths are in 1/1000 em of the body size, 16 pt.
"""

from dataclasses import dataclass
from itertools import pairwise

from reports.exporters.glyphs import EM, Face

CELLS = 28
# 156 mm (210 less the margins of 28 and 26) at 16 pt: 28 characters are 0.36 em wider than that,
# so every character gives up 0.013 em.
MEASURE = 27_638
BASE_SPACING = (MEASURE - CELLS * EM) / CELLS

NOT_FIRST = frozenset("，。、；：？！）》】〕」』〉”’～·％%℃°,.;:?!)]}")
NOT_LAST = frozenset("（《【〔「『〈“‘([{￥$§№")
# Marks that keep one half of their em blank, on the right and on the left.
CLOSING = frozenset("，。、；：）》】〕」』〉”’")
OPENING = frozenset("（《【〔「『〈“‘")
# How much of its blank half a mark may give up, and in which steps.
MOST_SQUEEZE, SQUEEZE_STEP = 300, 50
# The closing mark at the end of a line may hang its blank half into the margin.
HANGING = 500
# A gap up to half a character is spread over the line rather than closed by squeezing.
SPREADABLE = 500
# A line with a larger hole (before a very long word) is left ragged.
WIDEST_SPACING = 250
# What a heading may be tightened to: 0.8 pt at 16 pt.
TIGHTEST_SPACING = -55
# An address longer than this many letters is broken like any other text.
LONGEST_WORD = 16


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, the letter-spacing of each character, and what each mark gives up.

    `spacing` and `squeeze` are in 1/1000 em. `spacing` is BASE_SPACING where the line is left as
    it falls (the last of its paragraph). `squeeze` counts for every mark but one at the very
    end, whose blank half hangs into the margin when the line is squeezed.
    """

    text: str
    spacing: float
    squeeze: int = 0


def compose(
    text: str, face: Face, *, indent: int = 0, cells: int = CELLS, is_heading: bool = False
) -> list[Line]:
    """The lines of one paragraph. `indent` is the first line's, in characters.

    `cells` is the length of a full line in characters. A heading is set a little tighter when
    that saves it from a last line of one character (孤字不成行). An empty text gives no line.
    """
    units = _units(text, face)
    lines: list[Line] = []
    start = 0
    while start < len(units):
        room = (cells - (0 if lines else indent)) * EM
        end, squeeze = _fill(units, start, room)
        if is_heading and end == len(units) - 1:
            tight = _flush(units[start:], room, None)
            if tight.spacing >= TIGHTEST_SPACING:
                return [*lines, tight]
        piece = units[start:end]
        if end == len(units) and squeeze is None:
            lines.append(Line("".join(unit.text for unit in piece), BASE_SPACING))
        else:
            lines.append(_flush(piece, room, squeeze))
        start = end
    return lines


@dataclass(frozen=True, slots=True)
class _Unit:
    """What no line may break: a character, a number, a Latin word, a 破折号 or 省略号.

    `width` is its advance; `may_break` tells whether a line may end behind it.
    """

    text: str
    width: int
    may_break: bool


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".-/_@&+'#")


def _belong_together(before: str, after: str) -> bool:
    if before in "—…":
        return before == after
    # 12.5% and 2026 are words; 年 after a number is not part of it.
    return _is_word(before) and (_is_word(after) or after == "%")


def _units(text: str, face: Face) -> list[_Unit]:
    pieces: list[str] = []
    for character in text:
        if (
            pieces
            and _belong_together(pieces[-1][-1], character)
            and len(pieces[-1]) < LONGEST_WORD
        ):
            pieces[-1] += character
        else:
            pieces.append(character)
    units = [
        _Unit(
            piece,
            sum(map(face.width, piece)),
            not (following[0] in NOT_FIRST or following == " " or piece[-1] in NOT_LAST),
        )
        for piece, following in pairwise(pieces)
    ]
    if pieces:
        units.append(_Unit(pieces[-1], sum(map(face.width, pieces[-1])), True))
    return units


def _fill(units: list[_Unit], start: int, room: int) -> tuple[int, int | None]:
    """Where the line that begins at `start` ends, and how much its marks are squeezed, if so."""
    width = 0
    fitting, gap = start, room
    for end in range(start + 1, len(units) + 1):
        unit = units[end - 1]
        width += unit.width
        if width <= room:
            if unit.may_break:
                fitting, gap = end, room - width
            continue
        if fitting > start and gap <= SPREADABLE:
            return fitting, None
        if unit.may_break:
            squeeze = _squeeze_for(units[start:end], width - room)
            if squeeze is not None:
                return end, squeeze
            break
    if fitting > start:
        return fitting, None
    # Nothing may break here (a row of marks): break at the edge all the same.
    width, end = 0, start
    while end < len(units) and width + units[end].width <= room:
        width += units[end].width
        end += 1
    return max(end, start + 1), None


def _is_mark(unit: _Unit) -> bool:
    return unit.text in CLOSING or unit.text in OPENING


def _squeeze_for(units: list[_Unit], excess: int) -> int | None:
    """What each mark has to give up so that `excess` fits; None if that is too much."""
    *inner, last = units
    if last.text in CLOSING:
        excess -= HANGING
    if excess <= 0:
        return 0
    marks = sum(map(_is_mark, inner))
    if excess > marks * MOST_SQUEEZE:
        return None
    return -(-excess // (marks * SQUEEZE_STEP)) * SQUEEZE_STEP


def _flush(units: list[_Unit], room: int, squeeze: int | None) -> Line:
    """The line that fills its room from edge to edge."""
    text = "".join(unit.text for unit in units)
    # A space at the end of a line is not seen: it hangs into the margin.
    seen = units[:-1] if units[-1].text == " " and len(units) > 1 else units
    natural = sum(unit.width for unit in seen)
    if squeeze is not None:
        natural -= squeeze * sum(map(_is_mark, seen[:-1]))
        if seen[-1].text in CLOSING:
            natural -= HANGING
    # The room in real width: it is counted in full characters, which all give up a little.
    available = room + BASE_SPACING * room / EM
    spacing = (available - natural) / sum(len(unit.text) for unit in seen)
    if spacing > WIDEST_SPACING:
        spacing = BASE_SPACING
    return Line(text, spacing, squeeze or 0)
