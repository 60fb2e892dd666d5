"""The authenticator app of the tests: RFC 6238 once more, by another hand."""

import base64
import hashlib
import hmac
import time


def code_of(secret: str, *, steps: int = 0) -> str:
    """The six digits that the phone shows now, or so many steps of 30 seconds from now."""
    key = base64.b32decode(secret.replace(" ", ""))
    counter = (int(time.time()) // 30 + steps).to_bytes(8)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return str((int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000).zfill(6)
