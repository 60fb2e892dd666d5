"""Where attached files lie: under random names in DATA_DIR/attachments.

A file and its row come into being together. The file is first written to `incoming/`, down to
the disk; then the row is committed; then the file moves to its place. Whatever is cut off in
between, a row has its file (in the one folder or the other), and a file at its place has its row.
What lies in `incoming/` without a row an hour later was never promised to anybody and goes.
"""

import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from meetings.models import Attachment

NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")
_UNSETTLED_FOR = 3600  # seconds; no upload takes that long


def keep_incoming(content: bytes, ending: str) -> str:
    """Write the bytes under a new random name, which is returned. They are on the disk then."""
    name = f"{secrets.token_hex(16)}.{ending}"
    path = _incoming() / name
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync(path.parent)
    return name


def settle(names: list[str]) -> None:
    """Move incoming files to their place, after their row has been committed."""
    for name in names:
        place = _place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        # Somebody else may have settled it meanwhile.
        if (waiting := _incoming() / name).exists():
            waiting.replace(place)
            _sync(place.parent)


def discard_incoming(names: list[str]) -> None:
    """Take back incoming files whose row has come to nothing."""
    for name in names:
        (_incoming() / _checked(name)).unlink(missing_ok=True)


def settle_leftovers() -> None:
    """What a stopped process left in `incoming/`: settled where there is a row, else removed."""
    before = time.time() - _UNSETTLED_FOR
    left = [path.name for path in _incoming().iterdir() if _is_older(path, before)]
    if left:
        rows = Attachment.objects.filter(Q(stored_name__in=left) | Q(thumbnail_name__in=left))
        known = {name for row in rows.values_list("stored_name", "thumbnail_name") for name in row}
        settle([name for name in left if name in known])
        discard_incoming([name for name in left if name not in known])


def read(name: str) -> bytes:
    """The stored bytes. FileNotFoundError when they are gone (`missing_files`)."""
    try:
        return _place(name).read_bytes()
    except FileNotFoundError:
        waiting = _incoming() / name
        # Settled between the two looks: then it is at its place.
        return waiting.read_bytes() if waiting.exists() else _place(name).read_bytes()


def missing_files() -> list[str]:
    """Names in rows without a file behind them, for a check of a whole installation."""
    return sorted(_names_in_rows() - _names_on_disk())


def stray_files() -> list[str]:
    """Files at their place that no row names."""
    return sorted(_names_on_disk(settled_only=True) - _names_in_rows())


def _root() -> Path:
    return Path(settings.DATA_DIR) / "attachments"


def _incoming() -> Path:
    folder = _root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _checked(name: str) -> str:
    """A name that this module has given; nothing else ever becomes a path."""
    if not NAME.fullmatch(name):
        raise ValueError(f"not a name of the store: {name!r}")
    return name


def _place(name: str) -> Path:
    # 256 folders: some file systems and many people grow slow at a hundred thousand in one.
    return _root() / _checked(name)[:2] / name


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment and bool(NAME.fullmatch(path.name))
    except FileNotFoundError:
        return False


def _names_in_rows() -> set[str]:
    rows = Attachment.objects.values_list("stored_name", "thumbnail_name")
    return {name for row in rows.iterator() for name in row if name}


def _names_on_disk(*, settled_only: bool = False) -> set[str]:
    folders = [one for one in _root().glob("*") if one.is_dir()]
    return {
        path.name
        for folder in folders
        if not (settled_only and folder.name == "incoming")
        for path in folder.iterdir()
    }


def _sync(folder: Path) -> None:
    """Make the folder's own list of names durable, where the system knows how."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
