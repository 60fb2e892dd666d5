"""The people expected, looked up by what a pasted list may hold of a name."""

from collections.abc import Iterable, Iterator
from functools import cache

from branches.clean import comparable
from meetings.nearest_names import Person
from meetings.pasted_words import FILLERS, TITLES, tail_of
from meetings.traditional import simplified

_BETWEEN_NAMES = ("以及", "和", "及", "与", "丶")
_LONGEST_WORD = 200  # signs in a row that are still taken apart into names
Found = tuple[tuple[Person, ...], str, str]  # people of that name, state, note


class Roster:
    """Names compared by a key without spaces, width, dots and traditional forms."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._exact: dict[str, tuple[Person, ...]] = {}
        self._folded: dict[str, tuple[Person, ...]] = {}
        for person in people:
            key = comparable(person.name)
            self._exact[key] = (*self._exact.get(key, ()), person)
            key = simplified(key)
            self._folded[key] = (*self._folded.get(key, ()), person)
        self._longest = max(map(len, self._folded), default=0)

    def named(self, text: str) -> tuple[Person, ...]:
        """Those whose whole name the text is; as it is written comes before folded."""
        key = comparable(text)
        return self._exact.get(key) or self._folded.get(simplified(key), ())

    def resolve(self, word: str) -> Found | None:
        """A name with titles and a word of attendance around it; None when it is not that."""
        if people := self.named(word):
            return people, "", ""
        plain = simplified(word)
        for start in self._starts(plain):
            for end in range(min(len(word), start + self._longest + 4), start, -1):
                people = self.named(word[start:end])
                known = tail_of(plain[end:]) if people else None
                if known is not None:
                    return people, *known
        return None

    def take_apart(self, word: str) -> list[Found] | None:
        """Names written without anything between them: only when there is one way to read all
        of it, and none of a single sign.
        """
        plain = simplified(word)
        if len(word) > _LONGEST_WORD:
            return None

        @cache
        def ways(start: int) -> tuple[tuple[tuple[int, int, int], ...], ...]:
            if start == len(word):
                return ((),)
            found = []
            for end in range(start + 2, min(len(word), start + self._longest + 2) + 1):
                if word[end - 1] in "·.•" or not self.named(word[start:end]):
                    continue
                for stop in (end, *self._tails(plain, end)):
                    rest = next((one for one in _BETWEEN_NAMES if plain.startswith(one, stop)), "")
                    for skipped in {0, len(rest)} if stop + len(rest) < len(word) else {0}:
                        found += [((start, end, stop), *way) for way in ways(stop + skipped)]
                    if len(found) > 1:
                        return tuple(found)
            return tuple(found)

        found = ways(0)
        if len(found) != 1 or len(found[0]) < 2:
            return None
        return [
            (self.named(word[start:end]), *(tail_of(plain[end:stop]) or ("", "")))
            for start, end, stop in found[0]
        ]

    def holds_a_name(self, text: str) -> bool:
        """Whether a whole name of two signs or more stands somewhere in the text."""
        key = simplified(comparable(text))
        return any(len(name) > 1 and name in key for name in self._folded)

    def _starts(self, plain: str) -> Iterator[int]:
        yield 0
        for size in range(min(6, len(plain) - 1), 0, -1):
            if plain[:size] in TITLES or plain[:size] in FILLERS:
                yield size

    def _tails(self, plain: str, end: int) -> Iterator[int]:
        for stop in range(end + 1, min(len(plain), end + 6) + 1):
            if tail_of(plain[end:stop]) is not None:
                yield stop
