"""The lines of a pasted list taken apart: who is named, in what state, and what is left over."""

import re
from dataclasses import dataclass, field

from branches.clean import comparable
from meetings.nearest_names import Person
from meetings.pasted_roster import Found, Roster
from meetings.pasted_tokens import folded, tokens_of
from meetings.pasted_words import ABSENT, STATES, bracket_of, label_of, tail_of
from meetings.traditional import simplified

_HEADER = re.compile(r"^\W*群?接龙\W*$|^#")
_NUMBERED = re.compile(r"^\W*\d{1,3}(?:[.、)\]:：\s]|$|(?=[^\W\d]))(?!\d*[月日点年])")
_ASKS_ON = re.compile(r"(?::|\d{1,2}:\d{2}(?::\d{2})?)\s*$")  # 张三 09:12, the answer below
_HAN_NUMBER = re.compile(r"^\s*\(?[一二三四五六七八九十]{1,3}[、.)]\s*")
_EXCEPT = re.compile(r"除了?(.+?)(?:以外|之外|外)")
_BIRTH = re.compile(r"\D*((?:19|20)\d\d)\s*[-/.年]?\s*(\d{1,2})\s*月?\D*")
_MOST_WORDS = 5  # of one name written with spaces inside
_NICKNAME = re.compile(r"[小老阿大].{1,2}|.*[哥姐叔姨总工]|[^\u4e00-\u9fff]+")
_LABEL_ENDS = tuple("组部室处科员人单会况下间点区局题地目容")


@dataclass(slots=True)
class Mention:
    """One place of the text that names somebody; several people when namesakes."""

    people: tuple[Person, ...]
    text: str
    state: str = ""
    note: str = ""


@dataclass(slots=True)
class Lines:
    """What was found in all lines."""

    mentions: list[Mention] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


def read_lines(text: str, roster: Roster) -> Lines:
    """Every line of a pasted text. Nothing of it disappears: what is neither a name nor left over
    is among the lines passed over, but for numbers, signs and known words beside a name.
    """
    lines = [folded(line) for line in text.split("\n")]
    found = Lines()
    first = next((at for at, line in enumerate(lines) if _NUMBERED.match(line)), 0)
    heading = next((at for at, line in enumerate(lines[: first + 1]) if _HEADER.match(line)), None)
    section = ("", "")
    asked: Mention | None = None
    for at, line in enumerate(lines):
        said = tail_of(simplified(line.strip(" .。!~")))
        if not line.strip():
            section = ("", "")
        elif asked and said:
            asked.state, asked.note = said
        elif (heading is not None and heading <= at < first) or (
            _HEADER.match(line) and not _holds_people(line, roster)
        ):
            found.passed_over.append(line.strip())
        else:
            before = len(found.mentions)
            section = _Line(line, roster, found, section).read()
            has_one = len(found.mentions) == before + 1 and _ASKS_ON.search(line)
            asked = found.mentions[-1] if has_one and not found.mentions[-1].state else None
    return found


def _holds_people(text: str, roster: Roster) -> bool:
    return any(roster.resolve(word) for word in re.findall(r"[^\W\d_]+", text))


class _Line:
    """One line, read from left to right."""

    def __init__(self, line: str, roster: Roster, found: Lines, section: tuple[str, str]) -> None:
        self.line, self.roster, self.found = line, roster, found
        self.section = section  # of the label above, for the lines below it
        self.own = section  # of this line
        self.run: list[Mention] = []  # people joined by 、 so far, nothing else between
        self.named: list[Mention] = []
        self.pending = ("", "")  # a mark in front of the next name
        self.labels: list[tuple[str, str]] = []
        self.left: list[str] = []

    def read(self) -> tuple[str, str]:
        """The section that the next line is under."""
        line = _HAN_NUMBER.sub("", self.line)
        for match in _EXCEPT.finditer(line):
            if _holds_people(match[1], self.roster) or self.roster.take_apart(match[1]):
                exception = _Line(match[1], self.roster, self.found, (ABSENT, ""))
                exception.read()
                line = line.replace(match[0], "\t", 1)
        line = self._label_before_colon(line)
        self._read_tokens(tokens_of(line))
        for mention in self.named:
            if not mention.state and (self.own[0] or self.own[1]):
                mention.state = self.own[0]
                mention.note = mention.note or self.own[1]
        self.found.mentions += self.named
        self.found.leftovers += self.left
        if self.named or self.left:
            return self.section
        self.found.passed_over.append(self.line.strip())
        return self.labels[0] if len(self.labels) == 1 else self.section

    def _label_before_colon(self, line: str) -> str:
        """The line without a label such as `请假(2人):`, which tells the state of the rest."""
        match = re.match(r"^(\D{0,3}[^:]{1,24}?):(?!\d\d)", line)
        if match is None:
            return line
        words = re.sub(r"\([^()]*\)|\d+\s*[人名位]?|[^\w]", "", match[1])
        rest = line[match.end() :]
        if not words or self.roster.resolve(words) or _holds_people(match[1], self.roster):
            return line
        label = label_of(simplified(words))
        if label is None:
            is_like_a_name = len(words) <= 4 and not words.endswith(_LABEL_ENDS)
            said = tail_of(simplified(re.sub(r"\W", "", rest)))
            if is_like_a_name and said is not None:
                return line
            self.found.passed_over.append(match[0].strip())
            return rest
        if rest.strip():
            self.own = label
            return rest
        self.labels.append(label)
        return ""

    def _read_tokens(self, tokens: list[tuple[str, str]]) -> None:
        at = 0
        while at < len(tokens):
            kind, text = tokens[at]
            if kind == "word":
                at += self._read_words(tokens, at)
                continue
            if kind == "bracket":
                self._read_bracket(text[1:-1].strip())
            elif kind == "birth":
                self._read_birth(text)
            elif kind == "mark":
                self._say(STATES[text], is_mark=True)
            elif kind == "number":
                self.run = []
            elif kind in ("apart", "space"):
                self.run = self.run[-1:]
            at += 1

    def _read_words(self, tokens: list[tuple[str, str]], at: int) -> int:
        """One name or word, perhaps written with spaces inside; the number of tokens read."""
        ends = [at]
        while (
            len(ends) < _MOST_WORDS
            and ends[-1] + 2 < len(tokens)
            and tokens[ends[-1] + 1][0] == "space"
            and tokens[ends[-1] + 2][0] == "word"
        ):
            ends.append(ends[-1] + 2)
        word = tokens[at][1]
        for end in reversed(ends):
            joined = "".join(text for kind, text in tokens[at : end + 1] if kind == "word")
            people = self.roster.named(joined)
            found = (people, "", "") if people else self.roster.resolve(joined)
            if found and (end == at or people or not self.roster.resolve(word)):
                shown = "".join(text for _kind, text in tokens[at : end + 1])
                self._name(found, shown)
                return end + 1 - at
        if several := self.roster.take_apart(word) or self._split_at_dots(word):
            for one in several:
                self._name(one, one[0][0].name)
        elif not self._is_known(simplified(word)):
            end = self._end_of_signs(tokens, ends)
            self.left.append("".join(text for _kind, text in tokens[at : end + 1]))
            self.run = []
            return end + 1 - at
        return 1

    def _end_of_signs(self, tokens: list[tuple[str, str]], ends: list[int]) -> int:
        """Single signs with spaces between them are one name, 赵 六, up to the next known one."""
        signs = [tokens[end][1] for end in ends]
        size = 1
        while (
            size < len(signs)
            and len(signs[0]) == len(signs[size]) == 1
            and not any(self.roster.named("".join(signs[size:n])) for n in range(size, 9))
        ):
            size += 1
        return ends[size - 1]

    def _split_at_dots(self, word: str) -> list[Found] | None:
        parts = [self.roster.resolve(part) for part in re.split(r"[.·•‧∙⋅・･]", word)]
        return [one for one in parts if one] if len(parts) > 1 and all(parts) else None

    def _is_known(self, word: str) -> bool:
        """Whether the word tells something about the people around it, or nothing at all."""
        if word in STATES and (self.named or len(word) == 1):
            self._say(STATES[word])
            return True
        label = label_of(word)
        if label is not None:
            self.labels.append(label)
            if not self.named and label[0]:
                self.own = label
            return True
        said = tail_of(word)
        if said is None:
            return False
        if said[0]:
            self._say(said)
        return True

    def _name(self, found: Found, text: str) -> None:
        people, state, note = found
        mention = Mention(people, text.strip(), *self.pending)
        self.pending = ("", "")
        self.run.append(mention)
        self.named.append(mention)
        if state or note:
            self._say((state, note))

    def _say(self, said: tuple[str, str], *, is_mark: bool = False) -> None:
        """A state behind a name is said of everyone joined with it: 张三、李四请假."""
        if not self.named:
            self.pending = said if is_mark else self.pending
            self.own = self.own if is_mark else said
        elif self.named[-1].state and is_mark:
            self.pending = said
        else:
            for mention in self.run or self.named[-1:]:
                if not mention.state and (mention is self.named[-1] or not is_mark):
                    mention.state, mention.note = said[0], mention.note or said[1]
            self.run = self.run[-1:]

    def _read_bracket(self, inside: str) -> None:
        if not inside or (re.fullmatch(r"[\d\W]+", inside) and not _BIRTH.fullmatch(inside)):
            return
        if self.named and not self.left:
            self._read_note(self.named[-1], inside)
        elif self.left and (people := self.roster.named(inside)):
            # A nickname with the whole name behind it; a second name might be a stand-in.
            if _NICKNAME.fullmatch(self.left[-1]):
                self._name((people, "", ""), f"{self.left.pop()}({inside})")
            else:
                self.left[-1] += f"({inside})"
        elif self.left:
            self.left[-1] += f"({inside})"
        else:
            self._read_tokens(tokens_of(inside))

    def _read_note(self, mention: Mention, inside: str) -> None:
        if _BIRTH.fullmatch(inside):
            self._read_birth(inside)
        elif self.roster.holds_a_name(inside) and comparable(inside) != comparable(mention.text):
            # 张三(李四代签): who of the two was there is for a person to say.
            self.named.remove(mention)
            self.run = []
            self.left.append(f"{mention.text}({inside})")
        else:
            state, note = bracket_of(simplified(inside))
            mention.text = f"{mention.text}({inside})"
            mention.state = mention.state or state
            mention.note = mention.note or (inside if note == simplified(inside) else note)

    def _read_birth(self, text: str) -> None:
        match = _BIRTH.fullmatch(text)
        if match is None or not self.named:
            return
        mention, month = self.named[-1], f"{match[1]}-{int(match[2]):02}"
        born_then = tuple(one for one in mention.people if one.birth_month == month)
        mention.text = f"{mention.text}({text})"
        if born_then:
            mention.people = born_then
