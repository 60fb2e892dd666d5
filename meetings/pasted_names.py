"""A pasted list of names read against the people expected: 接龙 of a chat, a column, a sentence.

A name is matched when the list holds it whole and one person bears it; spaces, width, dots and
traditional forms do not matter. Everything else is handed back to be looked at: namesakes, texts
that are nobody's name (with the nearest names), people named twice, lines that name no one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from branches.clean import clean_text
from meetings.nearest_names import Person, nearest
from meetings.pasted_lines import Mention, read_lines
from meetings.pasted_roster import Roster
from meetings.pasted_words import ABSENT, ON_LEAVE, PRESENT

LONGEST = 20_000  # characters of a pasted text that are read
MOST_SUGGESTED = 200  # leftovers that get suggestions


@dataclass(frozen=True, slots=True)
class Match:
    """One person of the list. `state` is "" where the list does not say; `note` is the reason,
    or whatever stood in brackets.
    """

    person: Person
    text: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text that is nobody's whole name, with the people it may mean."""

    text: str
    suggestions: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A name that several people bear."""

    text: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A person named more than once. Contradictory when the list gives two states: then the
    person is not among the matched.
    """

    person: Person
    texts: tuple[str, ...]
    is_contradictory: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """Every piece of a pasted text, in the order of the text."""

    matched: tuple[Match, ...] = ()
    unmatched: tuple[Leftover, ...] = ()
    ambiguous: tuple[Namesakes, ...] = ()
    duplicates: tuple[Repeated, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left for a person to decide."""
        contradictions = any(one.is_contradictory for one in self.duplicates)
        return not (self.unmatched or self.ambiguous or contradictions)


def match_names(text: str, people: Iterable[Person]) -> Matching:
    """Read a pasted text against the people expected. Nothing is guessed."""
    people = tuple(people)
    whole = clean_text(text)
    read = read_lines(whole[:LONGEST], Roster(people))
    of_person: dict[int, list[Mention]] = {}
    ambiguous: dict[tuple[int, ...], Namesakes] = {}
    for mention in read.mentions:
        if len(mention.people) == 1:
            of_person.setdefault(mention.people[0].id, []).append(mention)
        else:
            ids = tuple(person.id for person in mention.people)
            ambiguous.setdefault(ids, Namesakes(mention.text, mention.people))
    matched, duplicates = [], []
    for mentions in of_person.values():
        person = mentions[0].people[0]
        states = {one.state for one in mentions if one.state}
        if len(mentions) > 1:
            texts = tuple(one.text for one in mentions)
            duplicates.append(Repeated(person, texts, is_contradictory=len(states) > 1))
        if len(states) < 2:
            telling = next((one for one in mentions if one.state), mentions[0])
            note = telling.note or next((one.note for one in mentions if one.note), "")
            matched.append(Match(person, mentions[0].text, telling.state, note))
    rest = [whole[LONGEST:]] if len(whole) > LONGEST else []
    return Matching(
        matched=tuple(matched),
        unmatched=tuple(
            Leftover(left, nearest(left, people) if number < MOST_SUGGESTED else ())
            for number, left in enumerate([*read.leftovers, *rest])
        ),
        ambiguous=tuple(ambiguous.values()),
        duplicates=tuple(duplicates),
        passed_over=tuple(read.passed_over),
    )


def marks_of(matching: Matching, *, unsaid: str) -> Mapping[int, tuple[str, str]]:
    """(state, reason) by person id. `unsaid` (PRESENT or ABSENT) is the state of those of whom the
    list says nothing else; an absence with a note is a leave, the note its reason.
    """
    marks = {}
    for one in matching.matched:
        state = one.state or (ON_LEAVE if unsaid == ABSENT and one.note else unsaid)
        marks[one.person.id] = (state, one.note if state != PRESENT else "")
    return marks
