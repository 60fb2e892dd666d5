"""Headings recognised from plain text by their numbers (GB/T 9704-2012, 7.3.3)."""

import re

from reports.composer.document import BlockStyle

_NUMERAL = "[一二三四五六七八九十百]{1,5}"
_LEVELS: tuple[tuple[BlockStyle, re.Pattern[str]], ...] = (
    ("heading1", re.compile(rf"^{_NUMERAL}、")),
    ("heading2", re.compile(rf"^[（(]{_NUMERAL}[）)]")),
    ("heading3", re.compile(r"^[0-9０-９]{1,2}[.．、](?![0-9０-９])")),
    ("heading4", re.compile(r"^[（(][0-9０-９]{1,2}[）)]")),
)
# A heading is short and is no sentence; a numbered paragraph goes on after its number.
_LONGEST = 60
_SENTENCE_END = "。；：！？…，"


def style_of(line: str) -> BlockStyle:
    """The style of one line of text: a heading of level 1–4, or a paragraph."""
    for style, pattern in _LEVELS:
        if pattern.match(line):
            is_heading = len(line) <= _LONGEST and line[-1] not in _SENTENCE_END
            return style if is_heading else "paragraph"
    return "paragraph"


def chinese_numeral(number: int) -> str:
    """1–99 in Chinese numerals, for headings: 1 → 一, 10 → 十, 12 → 十二, 20 → 二十."""
    digits = "零一二三四五六七八九"
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else digits[tens] + "十")
    return head + (digits[ones] if ones else "")
