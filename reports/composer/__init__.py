"""From figures and words to the Document. Pure: no Django, no database, no clock."""

from reports.composer.assemble import PlanLine, assemble
from reports.composer.document import Annex, Block, Document, Run
from reports.composer.draft import SectionDraft, draft_sections
from reports.composer.tokens import Bound, UnknownToken, bind, unknown_tokens

__all__ = [
    "Annex",
    "Block",
    "Bound",
    "Document",
    "PlanLine",
    "Run",
    "SectionDraft",
    "UnknownToken",
    "assemble",
    "bind",
    "draft_sections",
    "unknown_tokens",
]
