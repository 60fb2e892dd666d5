import pytest

from branches.pinyin import sort_key_of


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单宗泽", "shan zong ze"),
        ("仇若溪", "qiu ruo xi"),
        ("解云鹏", "xie yun peng"),
        ("查文轩", "zha wen xuan"),
        ("曾一", "zeng yi"),
        ("区一", "ou yi"),
        ("翟玥", "zhai yue"),
        ("任一", "ren yi"),
        ("盖一", "ge yi"),
        ("单于明", "chan yu ming"),
        ("尉迟明", "yu chi ming"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, key: str) -> None:
    assert sort_key_of(name) == key


def test_only_the_surname_gets_the_reading_of_a_surname() -> None:
    assert sort_key_of("李单") == "li dan"


def test_an_interpunct_separates_and_rare_characters_are_known_or_stay() -> None:
    assert sort_key_of("古丽娜尔·艾山") == "gu li na er ai shan"
    assert sort_key_of("𠮷一") == "ji yi"
    assert sort_key_of("Anna 李") == "anna li"
    assert sort_key_of("") == ""


def test_a_key_fits_its_column() -> None:
    assert len(sort_key_of("庄" * 100)) <= 200
