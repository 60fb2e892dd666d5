"""The picture that the app scans."""

from dataclasses import dataclass

import qrcode
from allauth.mfa.adapter import get_adapter

from branches.models import User


@dataclass(frozen=True)
class Picture:
    """A square of `size` cells; `path` draws the dark ones (SVG)."""

    size: int
    path: str


def picture_of(user: User, *, secret: str) -> Picture:
    """The account and its secret as a QR code."""
    code = qrcode.QRCode(border=4)
    code.add_data(get_adapter().build_totp_url(user, secret))
    rows = code.get_matrix()
    cells = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Picture(len(rows), "".join(f"M{x},{y}h1v1h-1z" for x, y in cells))
