"""Encryption of single values at rest. The keys lie outside the database."""

import contextlib
import json
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class CannotOpen(Exception):
    """The value was sealed with a key that is gone, or for somebody else."""


def seal(value: str, *, owner: str) -> str:
    """The value encrypted and signed. `owner` says whose it is ("ID_NUMBER:12").

    The owner is sealed in, so that a value copied to another row of the database does not open
    there.
    """
    content = json.dumps([owner, value], ensure_ascii=False).encode()
    return _box().encrypt(content).decode()


def unseal(sealed: str, *, owner: str) -> str:
    """The value. CannotOpen when the key is missing, the text was altered or the owner differs."""
    try:
        found_owner, value = json.loads(_box().decrypt(sealed.encode()))
    except (InvalidToken, ValueError) as error:
        raise CannotOpen from error
    if found_owner != owner:
        raise CannotOpen
    return str(value)


def _box() -> MultiFernet:
    """The keys of the setting SENSITIVE_KEYS, newest first, or the one kept in DATA_DIR."""
    keys = settings.SENSITIVE_KEYS or [_kept_key(Path(settings.DATA_DIR) / "sensitive_key")]
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured(
            "SENSITIVE_KEYS (or DATA_DIR/sensitive_key) holds no usable key: 32 bytes in URL-safe "
            "base64 are needed."
        ) from error


def _kept_key(keeper: Path) -> str:
    """The key in the file; made at the first use, readable by the site's own user alone."""
    if not keeper.exists():
        handle, made = tempfile.mkstemp(dir=keeper.parent)  # mode 0600
        with os.fdopen(handle, "w") as file:
            file.write(Fernet.generate_key().decode())
        # The link appears with the whole key in it; of two makers one wins, and both read that.
        with contextlib.suppress(FileExistsError):
            os.link(made, keeper)
        Path(made).unlink()
    return keeper.read_text().strip()
