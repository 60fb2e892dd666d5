"""Tokens: `{集中学习次数}` in a text stands for a figure and prints as its value."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from reports.composer.document import Run

TOKEN = re.compile(r"\{([^{}\n]{1,40})\}")
# What only a person can write. Printed as it stands, marked on screen, found by the checks.
PLACEHOLDER = re.compile(r"【待填[：:][^【】\n]*】")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a token stands for: the key of the figure and the words to print.

    `is_empty` is true where there is nothing to tell (a count of zero, an empty list, no data).
    """

    key: str
    text: str
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class UnknownToken:
    """A token that names no figure, with the names nearest to it."""

    name: str
    nearest: tuple[str, ...]


def token_names(text: str) -> list[str]:
    """Names of the tokens in a text, in order, as written between the braces."""
    return [match.group(1).strip() for match in TOKEN.finditer(text)]


def unknown_tokens(text: str, bounds: Mapping[str, Bound]) -> list[UnknownToken]:
    """The tokens that no figure has, each once."""
    return [
        UnknownToken(name, tuple(difflib.get_close_matches(name, bounds, n=3, cutoff=0.4)))
        for name in dict.fromkeys(token_names(text))
        if name not in bounds
    ]


def bind(text: str, bounds: Mapping[str, Bound]) -> tuple[Run, ...]:
    """The text as runs: plain words, bound figures, placeholders.

    A token without a figure stays as written: the editor refuses it, and the document shows
    it rather than hide it.
    """
    runs: list[Run] = []
    at = 0
    for match in TOKEN.finditer(text):
        bound = bounds.get(match.group(1).strip())
        if bound is None:
            continue
        runs.extend(_plain(text[at : match.start()]))
        # What a figure brings may itself hold a placeholder (a plan that nobody wrote yet).
        runs.extend(
            Run(run.text, figure=bound.key, is_placeholder=run.is_placeholder)
            for run in _plain(bound.text)
        )
        at = match.end()
    runs.extend(_plain(text[at:]))
    return tuple(runs)


def _plain(text: str) -> list[Run]:
    runs = []
    at = 0
    for match in PLACEHOLDER.finditer(text):
        if match.start() > at:
            runs.append(Run(text[at : match.start()]))
        runs.append(Run(match.group(), is_placeholder=True))
        at = match.end()
    if at < len(text):
        runs.append(Run(text[at:]))
    return runs
