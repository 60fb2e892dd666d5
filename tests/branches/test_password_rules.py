"""Passwords: length, classes, not the name, not one that everybody takes."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from branches.models import User
from branches.password_rules import classes_of


@pytest.mark.parametrize(
    ("password", "classes"),
    [
        ("abc", 1),
        ("ABC", 1),
        ("123", 1),
        ("abC", 2),
        ("ab1", 2),
        ("aB1", 3),
        ("aB1-", 4),
        ("党建", 1),
        ("党建aB1", 4),
        ("１２ａＢ", 3),
    ],
)
def test_classes_are_counted(password: str, classes: int) -> None:
    assert classes_of(password) == classes


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("aB1-xyz", "password_too_short"),
        ("zhichengwubi", "password_too_few_classes"),
        ("Zhichengwubi", "password_too_few_classes"),
        ("Password1", "password_too_common"),
        ("Wangxiaoming-1", "password_too_similar"),
        ("82749103", "password_entirely_numeric"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, code: str) -> None:
    user = User(username="wangxiaoming", name="王小明")
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, user)
    assert code in [error.code for error in refusal.value.error_list]


def test_a_good_one_is_taken() -> None:
    validate_password("Shanqing-2025", User(username="wangxiaoming"))
