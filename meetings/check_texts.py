"""What the check reads out of texts: did a motion pass, who is named, what is the same. Pure."""

import datetime as dt
import re

from branches.clean import comparable

SHORTEST_TWIN = 30  # characters below which two minutes may well say the same

_PASSED = re.compile(
    r"(?<!未)(?<!不)(?<!未获)(?<!未能)(?<!没有)(?<!不予)(?<!暂不)(?:通过|同意|赞成)"
    r"|(?<!not )(?<!not been )\b(?:carried|passed|approved|adopted)\b",
    re.IGNORECASE,
)
_NAME_LIST = re.compile(r"[、，,；;/\n]")


def says_passed(decision: str) -> bool:
    """Whether a decision says that the motion passed, in Chinese or English."""
    return bool(_PASSED.search(decision))


def not_among(text: str, *, present: frozenset[str], known: frozenset[str]) -> tuple[str, ...]:
    """The names of a line (「张三、李四书记」) that belong to nobody present.

    A piece stands for the longest name of `known` within it, so that a title beside the name
    does no harm and 李明华 is not taken for 李明.
    """
    by_key = {comparable(name): name for name in known | present}
    here = {comparable(name) for name in present}
    missing = []
    for piece in filter(None, (one.strip() for one in _NAME_LIST.split(text))):
        key = comparable(piece)
        meant = max((one for one in by_key if one and one in key), key=len, default="")
        if meant not in here or not meant:
            missing.append(by_key.get(meant, piece))
    return tuple(missing)


def overlap(
    start: dt.time | None, end: dt.time | None, start2: dt.time | None, end2: dt.time | None
) -> bool:
    """Whether two stretches of one day share a moment; the end itself no longer belongs to one.

    Without an end only the start is known; without a start nothing can be told.
    """
    if start is None or start2 is None:
        return False
    if start == start2:
        return True
    first_end, later = (end, start2) if start < start2 else (end2, start)
    return first_end is not None and later < first_end


def minutes_key(minutes: str) -> str:
    """What two minutes have in common when they say the same: no spaces, marks or width. Empty
    for minutes too short to tell."""
    key = re.sub(r"[\W_]+", "", comparable(minutes))
    return key if len(key) >= SHORTEST_TWIN else ""
