"""The Chinese catalogue: complete, fresh, and true to the msgids."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# What texts for people are gathered from, and what gathers them.
SOURCES = ("branches", "meetings", "reports", "config", "templates", "locale", "scripts")

LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? (".*")$')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w+}")
# Half-width punctuation beside a Chinese character; figures and file names keep theirs.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]")


@dataclass
class Message:
    """One entry of a catalogue; `texts` are its translations, one for each plural form."""

    context: str | None = None
    msgid: str = ""
    plural: str | None = None
    texts: dict[int, str] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    is_obsolete: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.msgid


def messages_of(path: Path) -> list[Message]:
    """Every entry of a .po file but its header."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [message for block in blocks if (message := _message(block)) and message.msgid]


def _message(block: str) -> Message:
    message, pieces = Message(), {}
    part: tuple[str, int] = ("", 0)
    for line in block.splitlines():
        if line.startswith("#~"):
            message.is_obsolete = True
            line = line.removeprefix("#~ ")
        if line.startswith("#,"):
            message.flags += [flag.strip() for flag in line[2:].split(",")]
        if line.startswith("#"):
            continue
        if start := LINE.match(line):
            part = (start[1], int(start[2] or 0))
            line = start[3]
        pieces[part] = pieces.get(part, "") + ast.literal_eval(line)
    message.context = pieces.get(("msgctxt", 0))
    message.msgid = pieces.get(("msgid", 0), "")
    message.plural = pieces.get(("msgid_plural", 0))
    message.texts = {number: text for (name, number), text in pieces.items() if name == "msgstr"}
    return message


MESSAGES = messages_of(CATALOGUE)


def test_every_text_is_translated() -> None:
    assert len(MESSAGES) > 600
    assert [one.msgid for one in MESSAGES if not one.texts or not all(one.texts.values())] == []


def test_no_translation_is_a_guess_or_a_leftover() -> None:
    assert [one.msgid for one in MESSAGES if "fuzzy" in one.flags or one.is_obsolete] == []


def test_placeholders_are_kept() -> None:
    wrong = [
        (one.msgid, text)
        for one in MESSAGES
        for text in one.texts.values()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(one.msgid))
    ]
    assert wrong == []


def test_chinese_sentences_carry_chinese_punctuation() -> None:
    texts = [text for one in MESSAGES for text in one.texts.values()]
    # {党课次数} is a name in braces and %(number)s a placeholder: not punctuation of a sentence.
    assert [text for text in texts if HALF_WIDTH.search(PLACEHOLDER.sub("", text))] == []


def test_the_compiled_catalogue_is_fresh() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    assert compiled == dict(_as_compiled(MESSAGES)), "run: scripts/messages compile"


def _as_compiled(messages: list[Message]) -> Iterator[tuple[str | tuple[str, int], str]]:
    for one in messages:
        name = one.msgid if one.context is None else f"{one.context}\x04{one.msgid}"
        for number, text in one.texts.items():
            yield (name if one.plural is None else (name, number)), text


def test_every_text_of_the_sources_is_in_the_catalogue(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("gettext is missing: scripts/setup test installs it")
        pytest.skip("gettext is not on this machine")
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "manage.py", tmp_path)
    gathered = subprocess.run(
        [tmp_path / "scripts" / "messages"],
        env=os.environ | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert gathered.returncode == 0, gathered.stderr
    found = {one.key for one in messages_of(tmp_path / CATALOGUE.relative_to(ROOT))}
    there = {one.key for one in MESSAGES}
    assert sorted(map(str, found ^ there)) == [], "run: scripts/messages"


def test_what_we_word_anew_is_still_a_text_of_django() -> None:
    """A text that Django changes would quietly fall back to Django's own words."""
    folder = Path(django.__file__).parent
    of_django = {
        one.msgid
        for path in ("conf", "contrib/auth")
        for one in messages_of(folder / path / "locale/en/LC_MESSAGES/django.po")
    }
    blocks = CATALOGUE.read_text(encoding="utf-8").split("\n\n")
    ours = {_message(block).msgid for block in blocks if "django_texts.py" in block}
    assert len(ours) > 20
    assert ours <= of_django


@pytest.mark.parametrize(
    ("block", "finding"),
    [
        ('msgid "Save"\nmsgstr ""', "empty"),
        ('#, fuzzy, python-format\nmsgid "Row"\nmsgstr "行"', "fuzzy"),
        ('#~ msgid "Gone"\n#~ msgstr "无"', "obsolete"),
        ('msgid "Row %(number)d"\nmsgstr ""\n"第%(row)d"\n"行"', "placeholder"),
    ],
)
def test_planted_faults_are_read_as_such(block: str, finding: str, tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text(block, encoding="utf-8")
    [one] = messages_of(path)
    names = set(PLACEHOLDER.findall(one.msgid)), set(PLACEHOLDER.findall(one.texts[0]))
    found = {
        "empty": not one.texts[0],
        "fuzzy": "fuzzy" in one.flags,
        "obsolete": one.is_obsolete,
        "placeholder": names[0] != names[1],
    }
    assert [name for name, is_so in found.items() if is_so] == [finding]
