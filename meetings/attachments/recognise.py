"""Which files are let in: an allow-list by the first bytes and by the ending, never by one alone.

Pictures are made anew (`images`), so that any ending of a picture will do for any picture: phones
and messengers mix them up. Every other file keeps its bytes and is only ever downloaded; there
the two have to agree. What a browser could run (SVG, HTML, XML) is on no list.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

# What a packed document may unfold to. A long report with pictures stays far below; a zip bomb
# is a thousand times its own size.
MOST_ENTRIES = 10_000
MOST_UNPACKED = 400 * 1024**2
MOST_RATIO, RATIO_FROM = 200, 20 * 1024**2

PICTURE_ENDINGS = frozenset(
    {"jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "hif", "tif", "tiff"}
)
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OFFICE = "application/vnd.openxmlformats-officedocument"
# ending → (content type, the part that a packed document of this sort must have)
_PACKED = {
    "docx": (f"{_OFFICE}.wordprocessingml.document", "word/document.xml"),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", "xl/workbook.xml"),
    "ofd": ("application/ofd", "OFD.xml"),
}
_OLD_WORD = {"doc": "application/msword", "wps": "application/vnd.ms-works"}
DOCUMENT_ENDINGS = frozenset({"pdf", *_PACKED, *_OLD_WORD})
# What the file dialogue of a browser offers.
ACCEPTED = ",".join(f".{one}" for one in sorted(PICTURE_ENDINGS | DOCUMENT_ENDINGS))


class FileRefused(Exception):
    """The file is not taken. Its text says why and what to do, for people."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is: `picture` is the name Pillow gives the format, "" for a document."""

    content_type: str
    ending: str
    picture: str = ""


def recognise(name: str, content: bytes) -> Recognised:
    """What the file is, by its name's last ending and its first bytes.

    FileRefused for an empty file, an ending that is not on the list, a content that is something
    else than the ending says, macros, and packed documents that unfold to a flood.
    """
    if not content:
        raise FileRefused(_("the file is empty. Choose it again"))
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    if ending not in PICTURE_ENDINGS | DOCUMENT_ENDINGS:
        raise FileRefused(
            _("files of this sort are not taken. Save it as a picture, a PDF or a Word file")
        )
    if ending in PICTURE_ENDINGS:
        picture = _picture(content)
        if not picture:
            raise _is_something_else()
        return Recognised(f"image/{picture.lower()}", ending, picture)
    if ending == "pdf" and content.startswith(b"%PDF-"):
        return Recognised("application/pdf", ending)
    if ending in _PACKED and content.startswith(b"PK\x03\x04"):
        content_type, part = _PACKED[ending]
        _check_packed(content, part)
        return Recognised(content_type, ending)
    if ending in _OLD_WORD and _is_old_word(content):
        return Recognised(_OLD_WORD[ending], ending)
    raise _is_something_else()


def _picture(content: bytes) -> str:
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    if content.startswith((b"II*\x00", b"MM\x00*")):
        return "TIFF"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "HEIF"
    return ""


def _check_packed(content: bytes, part: str) -> None:
    """Reads the table of contents alone: nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused(_("the file is damaged. Open it, save it anew and try again")) from error
    names = {entry.filename for entry in entries}
    if part not in names:
        raise _is_something_else()
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise _holds_macros()
    unpacked = sum(entry.file_size for entry in entries)
    is_flood = unpacked > RATIO_FROM and unpacked > MOST_RATIO * len(content)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_flood:
        raise FileRefused(_("the file unfolds to far more than it should. Save it as a PDF"))


def _is_old_word(content: bytes) -> bool:
    """A Word file of before 2007. Its parts are named in two bytes a letter."""
    if not content.startswith(_OLE) or "WordDocument".encode("utf-16-le") not in content:
        return False
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _holds_macros()
    return True


def _is_something_else() -> FileRefused:
    return FileRefused(
        _("its content is not what its name says. Open it, save it anew and try again")
    )


def _holds_macros() -> FileRefused:
    return FileRefused(_("it holds macros. Save it without them, or as a PDF"))
