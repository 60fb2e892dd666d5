"""Which characters the bundled faces can print, how wide they are, and what stands in.

Fang and Kai draw 6,638 of the 8,105 characters of 通用规范汉字表; what they lack, mostly in
names, is borrowed from Song, which has the same vertical metrics.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.composer.document import Document

FONT_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
EM = 1000  # units of every width in this package
FALLBACK = "Song"
# The face of each block style (GB/T 9704: 一、 黑体, （一） 楷体, all else 仿宋).
FACE_OF_STYLE = {
    "heading1": "Hei",
    "heading2": "Kai",
    "heading3": "Fang",
    "heading4": "Fang",
    "paragraph": "Fang",
}
# The surnames that cover most people: enough to tell where a name with a rare character begins.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万"
    "钱严武戴莫孔汤康易牛葛邢安齐伍庞樊兰殷施洪翟倪俞章鲁尤柯翁"
)
_HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Face:
    """A bundled face: what it draws, and the widths (1/1000 em) that are not one em."""

    family: str
    characters: frozenset[str]
    widths: dict[str, int]

    def width(self, character: str) -> int:
        return self.widths.get(character, EM)


@cache
def faces() -> dict[str, Face]:
    """The five faces by short name: Fang, Kai, Hei, Title, Song."""
    listed = json.loads((FONT_FOLDER / "coverage.json").read_text(encoding="utf-8"))
    return {
        name.removeprefix("Recordbook"): Face(
            face["family"], frozenset(face["characters"]), face["widths"]
        )
        for name, face in listed.items()
    }


def borrowed_spans(text: str, face: Face) -> list[tuple[int, int]]:
    """The stretches [start, end) of `text` to set in Song because `face` lacks a character.

    A name is borrowed whole: one character of another face inside a name looks like an error.
    Names are not marked in the text, so the stretch grows back to a surname and forward to a
    punctuation mark or 同志 if a name of at most three characters fits between them.
    """
    missing = set(text) - face.characters
    if not missing:
        return []
    spans: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        if character not in missing or (spans and index < spans[-1][1]):
            continue
        start = _start_of_name(text, index)
        end = _end_of_name(text, start, index + 1, missing)
        if spans and start < spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _start_of_name(text: str, index: int) -> int:
    for start in range(max(0, index - _LONGEST_NAME + 1), index):
        if text[start] in _SURNAMES and all(map(_HANZI.match, text[start:index])):
            return start
    return index


def _end_of_name(text: str, start: int, end: int, missing: set[str]) -> int:
    while end < len(text) and text[end] in missing:
        end += 1
    for reach in range(end, min(len(text), start + _LONGEST_NAME) + 1):
        if not _HANZI.match(text[reach : reach + 1]) or text.startswith("同志", reach):
            return reach
    return end


def missing_characters(document: Document) -> tuple[str, ...]:
    """Each character that no bundled face in its place can print, once, in reading order.

    Empty when the document prints without a gap.
    """
    found: dict[str, None] = {}
    song = faces()[FALLBACK].characters
    for name, text in _texts(document):
        printable = faces()[name].characters | song
        for character in text:
            if character not in printable and not character.isspace():
                found[character] = None
    return tuple(found)


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """(face, text) for all that the document prints."""
    yield "Title", document.title
    yield "Fang", document.recipient
    for block in document.blocks:
        yield FACE_OF_STYLE[block.style], block.text
    yield "Fang", document.organ
    for annex in document.annexes:
        yield "Title", annex.title
        for row in (annex.header, *annex.rows):
            for cell in row:
                yield "Song", cell
