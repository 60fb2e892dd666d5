"""Text cleaning: the one gate that every typed, pasted or imported text goes through."""

import re
import unicodedata

# What a database, an XML file or a person cannot use: controls other than tab and newline,
# lone surrogates, non-characters, the byte-order mark, and direction overrides that make a
# text read otherwise than it is stored.
_UNUSABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"
    "|["
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_SPACES_AT_LINE_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
# Old GB 18030 systems stored these in the private use area (the mapping of GB 18030-2005).
_PRIVATE_USE = str.maketrans({"\ue863": "䶮", "\ue81e": "㧟", "\ue826": "㧐"})


def clean_text(text: str) -> str:
    """The text as it may be stored: usable characters only, `\\n` line ends, no trailing space.

    Characters that mean something stay as typed: no width folding, no NFKC (it changes names).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNUSABLE.sub("", text).translate(_PRIVATE_USE)
    return _SPACES_AT_LINE_END.sub("", text).strip()


def clean_line(text: str) -> str:
    """As `clean_text`, for a text of one line: inner white space becomes one space."""
    return " ".join(clean_text(text).split())


def comparable(text: str) -> str:
    """A key by which two spellings of one name are equal: width, spaces, interpuncts.

    For comparing only; what people typed is stored as typed.
    """
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s·•‧∙⋅・･．.]", "", folded).casefold()
