"""The first words of each section: the skeleton's sentences that the figures can carry."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.composer.skeleton import SKELETON, Sentence
from reports.composer.tokens import Bound, token_names


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A section as text: heading (may be empty) and body with tokens, one paragraph a line."""

    key: str
    heading: str
    body: str


def draft_sections(
    *, year: int, name: str, own_name: str, bounds: Mapping[str, Bound]
) -> list[SectionDraft]:
    """The drafted sections of a year's summary and the next year's plan.

    `name` is the organization's full name, `own_name` what the text calls it (局党委, 党支部).
    A sentence stands only where every figure in it has something to tell; otherwise its honest
    alternative does, if it has one.
    """
    words = {"<年>": f"{year}年", "<次年>": f"{year + 1}年", "<全称>": name, "<本级>": own_name}

    def worded(text: str) -> str:
        for word, value in words.items():
            text = text.replace(word, value)
        return text

    return [
        SectionDraft(
            key=section.key,
            heading=worded(section.heading),
            body="\n".join(
                text
                for paragraph in section.paragraphs
                if (text := worded("".join(_spoken(one, bounds) for one in paragraph)))
            ),
        )
        for section in SKELETON
    ]


def _spoken(sentence: Sentence, bounds: Mapping[str, Bound]) -> str:
    """The sentence, or its alternative, or nothing."""
    for text in (sentence.text, *sentence.otherwise):
        known = [bounds[name] for name in token_names(text) if name in bounds]
        if not any(bound.is_empty for bound in known):
            return text
    return ""
