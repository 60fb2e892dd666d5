"""What every exporter returns."""

import re
from dataclasses import dataclass

from reports.composer.document import Document

# Not allowed in file names of Windows, or ruinous in a header or a shell.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
# Bytes: ext4 and the rest allow 255; room is left for a suffix that a browser adds.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file ready to be sent or written: its name, its media type, its bytes."""

    filename: str
    content_type: str
    content: bytes


def filename_of(document: Document, extension: str) -> str:
    """The document's title as a file name that every system accepts."""
    return named_after(document.title, extension)


def named_after(title: str, extension: str) -> str:
    """A title as a file name that every system accepts."""
    stem = _UNSAFE.sub(" ", title).strip(" .") or "document"
    stem = stem.encode(errors="ignore")[:_LONGEST_NAME].decode(errors="ignore")
    return f"{stem}.{extension}"
