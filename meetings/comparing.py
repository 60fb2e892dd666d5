"""Two texts, or two sets of fields, side by side: what was taken out and what was put in. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "removed", "added"]

# A Chinese character is a word of its own; letters and digits that belong together stay together.
_WORD = re.compile(r"[A-Za-z0-9]+|[^\S\n]+|.|\n", re.DOTALL)
# Comparisons of two words that one pair of texts may cost; what is left is shown as replaced
# whole, so that no text can keep the server busy.
_BUDGET = 2_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that both have, or only the earlier or the later one."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field of a record as people read it; `field` is its name in the form."""

    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field in two versions."""

    field: str
    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def parts(self) -> tuple[Part, ...]:
        """Both texts in one, word by word."""
        return compare_words(self.before, self.after)

    @property
    def short_parts(self) -> tuple[Part, ...]:
        """As `parts`, long stretches that did not change cut short."""
        return shortened(self.parts)


def compare_fields(
    before: Sequence[FieldText], after: Sequence[FieldText]
) -> tuple[FieldDifference, ...]:
    """Every field of the later version in its order, then those that only the earlier one had."""
    earlier = {one.field: one for one in before}
    found = [
        FieldDifference(
            one.field, one.label, earlier[one.field].text if one.field in earlier else "", one.text
        )
        for one in after
    ]
    later = {one.field for one in after}
    gone = [one for one in before if one.field not in later]
    return (*found, *(FieldDifference(one.field, one.label, one.text, "") for one in gone))


def compare_words(before: str, after: str) -> tuple[Part, ...]:
    """The two texts as one row of parts: the same and removed ones make up `before`, the same
    and added ones `after`. Lines first, then the words of the lines that changed."""
    budget = _BUDGET
    found: list[Part] = []
    old_lines, new_lines = before.splitlines(True), after.splitlines(True)
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    if len(old_lines) * len(new_lines) > budget:
        return _joined([Part("removed", before), Part("added", after)])
    for tag, start, end, start2, end2 in matcher.get_opcodes():
        old, new = "".join(old_lines[start:end]), "".join(new_lines[start2:end2])
        cost = len(old) * len(new)
        if tag == "equal":
            found.append(Part("same", old))
        elif tag == "replace" and cost <= budget:
            budget -= cost
            found.extend(_words(old, new))
        else:
            found += [Part("removed", old), Part("added", new)]
    return _joined(found)


def shortened(parts: Iterable[Part], *, keep: int = 20) -> tuple[Part, ...]:
    """Long unchanged stretches with only `keep` characters beside each change."""
    parts = list(parts)
    last = len(parts) - 1
    short = []
    for place, part in enumerate(parts):
        text = part.text
        if part.change == "same" and len(text) > 2 * keep + 10:
            head = "" if place == 0 else text[:keep]
            tail = "" if place == last else text[-keep:]
            text = f"{head} … {tail}"
        short.append(Part(part.change, text))
    return tuple(short)


def _words(before: str, after: str) -> Iterator[Part]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    steps = matcher.get_opcodes()
    for place, (tag, start, end, start2, end2) in enumerate(steps):
        is_inner = 0 < place < len(steps) - 1
        if tag == "equal" and not (is_inner and end - start == 1 and old[start] != "\n"):
            yield Part("same", "".join(old[start:end]))
        else:
            # A single character that happens to be in both only cuts a sentence to pieces.
            yield Part("removed", "".join(old[start:end]))
            yield Part("added", "".join(new[start2:end2]))


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Neighbours of one sort as one part; removed before added; nothing empty."""
    found: list[Part] = []
    removed = added = ""

    def flush() -> None:
        if removed:
            found.append(Part("removed", removed))
        if added:
            found.append(Part("added", added))

    for part in parts:
        if part.change == "removed":
            removed += part.text
        elif part.change == "added":
            added += part.text
        elif part.text:
            flush()
            removed = added = ""
            if found and found[-1].change == "same":
                found[-1] = Part("same", found[-1].text + part.text)
            else:
                found.append(part)
    flush()
    return tuple(found)
