"""Lists typed into one text box."""

import pytest
from django.core.exceptions import ValidationError

from meetings.forms.lines import read_guests, read_materials, write_guests, write_materials
from meetings.services import GuestLine


@pytest.mark.parametrize(
    ("typed", "guests"),
    [
        ("罗望川（市直机关工委）", [GuestLine("罗望川", "市直机关工委")]),
        ("罗望川(工委)\n\n 李四 ", [GuestLine("罗望川", "工委"), GuestLine("李四")]),
        ("阿依古丽·买买提（某局（筹））", [GuestLine("阿依古丽·买买提", "某局（筹）")]),
        ("（无名）", [GuestLine("（无名）")]),
        ("", []),
    ],
)
def test_guests_are_read_a_line_each(typed: str, guests: list[GuestLine]) -> None:
    assert list(read_guests(typed)) == guests


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("《甲》、《乙》\n丙", ["甲", "乙", "丙"]),
        ("《关于印发《某办法》的通知》", ["关于印发《某办法》的通知"]),
        ("《没有结尾", ["《没有结尾"]),
        ("《甲》\n《甲》", ["甲"]),
        (" \n ", []),
    ],
)
def test_materials_are_read_by_line_or_by_their_marks(typed: str, titles: list[str]) -> None:
    assert list(read_materials(typed)) == titles


def test_what_was_read_is_written_so_that_it_reads_the_same() -> None:
    guests = (GuestLine("甲", "某局"), GuestLine("乙"))
    assert read_guests(write_guests(guests)) == guests
    titles = ("甲", "关于《乙》的通知")
    assert read_materials(write_materials(titles)) == titles


def test_a_line_that_is_too_long_is_named_by_its_number() -> None:
    with pytest.raises(ValidationError, match="2"):
        read_materials("甲\n" + "长" * 301)
    with pytest.raises(ValidationError, match="1"):
        read_guests("长" * 101)
