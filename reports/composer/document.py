"""The composed document: what every exporter reads, and nothing else.

Plain frozen values that go to JSON and back unchanged, so that a final report can be
stored whole and printed years later from its snapshot alone. No Django here.
"""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

BlockStyle = Literal["heading1", "heading2", "heading3", "heading4", "paragraph"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one nature within a block.

    `figure` is the key of the figure or list whose value `text` is ("" for plain words);
    `is_placeholder` marks 【待填：…】, which only a person can fill in.
    """

    text: str
    figure: str = ""
    is_placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One heading or paragraph. Its number (一、 （一） 1. （1）) is part of the text.

    `section` is the key of the report section it came from, for links back to the editor.
    """

    style: BlockStyle
    runs: tuple[Run, ...]
    section: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Annex:
    """A table on a page of its own behind the text. All cells are text, ready to print.

    `widths` are relative column widths, one for each column of `header`.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole annual document.

    `organ` is the issuing organ 署名; `dated_on` the date of the document 成文日期, or None
    while it is not yet known.
    """

    title: str
    blocks: tuple[Block, ...]
    organ: str
    dated_on: dt.date | None = None
    recipient: str = ""
    annexes: tuple[Annex, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document as plain JSON values (dates in ISO form, tuples as lists)."""
        plain = asdict(self)
        plain["dated_on"] = self.dated_on.isoformat() if self.dated_on else None
        return json.loads(json.dumps(plain, ensure_ascii=False))

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Document":
        """The document that `as_json` wrote. KeyError or TypeError on any other shape."""
        return cls(
            title=plain["title"],
            blocks=tuple(
                Block(
                    style=block["style"],
                    runs=tuple(Run(**run) for run in block["runs"]),
                    section=block["section"],
                )
                for block in plain["blocks"]
            ),
            organ=plain["organ"],
            dated_on=dt.date.fromisoformat(plain["dated_on"]) if plain["dated_on"] else None,
            recipient=plain["recipient"],
            annexes=tuple(
                Annex(
                    title=annex["title"],
                    header=tuple(annex["header"]),
                    rows=tuple(tuple(row) for row in annex["rows"]),
                    widths=tuple(annex["widths"]),
                )
                for annex in plain["annexes"]
            ),
        )

    def checksum(self) -> str:
        """SHA-256 (hex) of the canonical JSON: equal documents have equal checksums."""
        canonical = json.dumps(
            self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(canonical.encode()).hexdigest()
