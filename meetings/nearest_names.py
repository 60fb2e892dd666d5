"""Whom a text that matched nobody may have meant. Only ever shown, never taken for granted."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from branches.clean import comparable
from branches.pinyin import sort_key_of
from meetings.traditional import simplified

MOST_SUGGESTIONS = 3
_LIKENESS = 0.5  # of the two texts' signs in common; one wrong sign of two is just enough
_BEFORE_SURNAME = ("小", "老", "阿", "大")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody expected. `birth_month` is `1980-05` or "", to tell namesakes apart."""

    id: int
    name: str
    sort_key: str = ""
    birth_month: str = ""


def nearest(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """At most three people whose name the text resembles, the likeliest first.

    By sound (李思 for 李四), as a part of the name (明月 for 欧阳明月), by surname with an
    office or a familiar word (张书记, 小李), or by signs in common.
    """
    key = comparable(simplified(text))
    if not key:
        return ()
    sound = sort_key_of(key).replace(" ", "")
    scored = [(_likeness(key, sound, person), person) for person in people]
    found = sorted(
        ((score, person) for score, person in scored if score >= _LIKENESS),
        key=lambda one: (-one[0], one[1].sort_key, one[1].name, one[1].id),
    )
    return tuple(person for _score, person in found[:MOST_SUGGESTIONS])


def _likeness(key: str, sound: str, person: Person) -> float:
    name = comparable(person.name)
    if name in key and len(name) > 1:
        return 3
    if sound and sound == person.sort_key.replace(" ", ""):
        return 2
    if len(key) > 1 and key in name:
        return 1.5
    stem = key[1:] if key.startswith(_BEFORE_SURNAME) and len(key) > 1 else key
    if stem != key and stem[0] in (name[0], name[-1]):
        return 1
    if key[0] == name[0] and len(key) > len(name) >= 2 and key[1:2] not in name[1:]:
        return 0.9  # a surname with an office behind it
    return SequenceMatcher(None, key, name).ratio()
