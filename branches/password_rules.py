"""What a password has to be made of, beside its length (GB/T 22239 level 2)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class CharacterClassesValidator:
    """At least so many of four classes: capital and small letters, digits, anything else."""

    def __init__(self, min_classes: int = 3) -> None:
        self.min_classes = min_classes

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError when there are too few."""
        if classes_of(password) < self.min_classes:
            raise ValidationError(
                _(
                    "This password is of too few sorts of characters. Use at least %(number)d of "
                    "these four: capital letters, small letters, digits, other characters."
                ),
                code="password_too_few_classes",
                params={"number": self.min_classes},
            )

    def get_help_text(self) -> str:
        return _(
            "At least %(number)d of these four: capital letters, small letters, digits, other "
            "characters."
        ) % {"number": self.min_classes}


def classes_of(password: str) -> int:
    """How many of the four classes occur."""
    kinds = {
        "upper" if one.isupper() else "lower" if one.islower() else "digit" if one.isdigit() else ""
        for one in password
    }
    return len(kinds)
