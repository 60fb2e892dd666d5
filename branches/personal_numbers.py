"""ID and phone numbers: what is one, and what may be seen of it."""

import datetime as dt
import re
import unicodedata

# GB 11643-1999: weights of the first 17 digits, and the check character by the sum modulo 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_HIDDEN = "*"


def plain_number(text: str) -> str:
    """The number as it is kept: half-width, without spaces and hyphens, a final X in capitals."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def is_id_number(number: str) -> bool:
    """Whether 18 characters form a citizen's ID number: day of birth and check character fit."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        return False
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return number[17] == _CHECKS[total % 11]


def is_phone_number(number: str) -> bool:
    """Whether it is a mobile number of the mainland, or a fixed one with its area code."""
    return re.fullmatch(r"1[3-9][0-9]{9}|0[0-9]{9,11}", number) is not None


def masked(number: str) -> str:
    """The first three and the last four characters; what is too short for that, hidden whole.

    `110***********1234` for an ID number, `138****1234` for a phone (domain.md §6).
    """
    if len(number) < 10:
        return _HIDDEN * len(number)
    return number[:3] + _HIDDEN * (len(number) - 7) + number[-4:]
