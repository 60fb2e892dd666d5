"""ID and phone numbers; the numbers are of a region that does not exist."""

import pytest

from branches.personal_numbers import is_id_number, is_phone_number, masked, plain_number


@pytest.mark.parametrize("number", ["999999190001010015", "99999919000101004X"])
def test_a_number_whose_check_character_fits_is_an_id_number(number: str) -> None:
    assert is_id_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "999999190001010017",  # another check character
        "999999190013010016",  # a thirteenth month
        "999999190002300016",  # 30 February
        "99999919000101001",  # too short
        "9999991900010100150",  # too long
        "099999190001010016",  # no region begins with 0
        "９99999190001010016",  # not yet made plain
        "",
    ],
)
def test_anything_else_is_none(number: str) -> None:
    assert not is_id_number(number)


def test_the_check_character_finds_every_single_wrong_digit() -> None:
    right = "999999190001010015"
    for place in range(6, 17):
        for digit in "0123456789":
            wrong = right[:place] + digit + right[place + 1 :]
            assert wrong == right or not is_id_number(wrong)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("13000000000", True),
        ("01000000000", True),
        ("12000000000", False),
        ("1300000000", False),
        ("130000000000", False),
        ("", False),
    ],
)
def test_a_phone_number_is_mobile_or_fixed(number: str, is_one: bool) -> None:
    assert is_phone_number(number) is is_one


def test_a_typed_number_loses_spaces_hyphens_and_width() -> None:
    assert plain_number(" ９９９９９９ 19000101-004x ") == "99999919000101004X"


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("99999919000101004X", "999***********004X"),
        ("13000004321", "130****4321"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_the_middle_of_a_number_is_hidden(number: str, seen: str) -> None:
    assert masked(number) == seen
