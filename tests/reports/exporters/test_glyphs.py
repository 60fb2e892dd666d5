"""What the bundled faces can print. Pure."""

import pytest
from fontTools.ttLib import TTFont

from reports.exporters.glyphs import FONT_FOLDER, borrowed_spans, faces, missing_characters
from tests.reports.exporters.documents import make_annex, make_document, make_paragraph

FANG = faces()["Fang"]


def gb2312_hanzi() -> set[str]:
    return {
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA) or row > 0xD7
    }


@pytest.mark.parametrize("name", ["Fang", "Kai", "Hei", "Title", "Song"])
def test_each_font_file_is_what_the_list_says_with_the_common_metrics(name: str) -> None:
    font = TTFont(FONT_FOLDER / f"Recordbook{name}.ttf", lazy=True)
    face = faces()[name]
    assert font["name"].getDebugName(1) == face.family
    assert {chr(code) for code in font.getBestCmap()} == face.characters
    # A borrowed character must never make its line higher than the 22nd part of the page.
    line = font["hhea"]
    assert (line.ascent, line.descent, line.lineGap) == (880, -120, 0)
    assert "glyf" in font
    for character in "党0，W—":
        width = font["hmtx"][font.getBestCmap()[ord(character)]][0]
        assert face.width(character) == width


def test_the_fonts_stay_below_22_megabytes_and_carry_their_licences() -> None:
    assert sum(file.stat().st_size for file in FONT_FOLDER.glob("*.ttf")) <= 22_000_000
    names = {file.name for file in FONT_FOLDER.iterdir()}
    assert {"COPYING-Fandol.txt", "OFL-Noto.txt", "CHANGES.txt", "fonts.conf"} <= names


@pytest.mark.parametrize("name", ["Fang", "Kai", "Hei", "Title", "Song"])
def test_every_face_prints_all_hanzi_of_gb_2312(name: str) -> None:
    assert len(gb2312_hanzi()) == 6763
    assert gb2312_hanzi() <= faces()[name].characters


@pytest.mark.parametrize("name", ["Hei", "Title", "Song"])
def test_the_rare_characters_of_names_are_in_the_faces_that_lend(name: str) -> None:
    assert set("玥堃喆祎垚珺璟旻䶮") <= faces()[name].characters


@pytest.mark.parametrize("name", ["Fang", "Hei", "Title", "Song"])
def test_digits_are_half_an_em_wide(name: str) -> None:
    assert {faces()[name].width(digit) for digit in "0123456789"} == {500}


@pytest.mark.parametrize(
    ("text", "borrowed"),
    [
        ("由书记李喆主持", ["李喆"]),
        ("张玥、王文祎、赵明参加", ["张玥", "王文祎"]),
        ("周旻昊同志领学", ["周旻昊"]),
        ("为人堃", ["堃"]),
        ("全部都有的文字", []),
    ],
)
def test_a_name_with_a_rare_character_is_borrowed_whole(text: str, borrowed: list[str]) -> None:
    assert [text[start:end] for start, end in borrowed_spans(text, FANG)] == borrowed


def test_nothing_is_missing_from_an_ordinary_document() -> None:
    assert missing_characters(make_document(annexes=(make_annex(),))) == ()


def test_each_character_that_no_face_prints_is_named_once_in_reading_order() -> None:
    document = make_document(
        blocks=(make_paragraph("张𠮷与😀，张𠮷。"),), annexes=(make_annex(title="表\ue863"),)
    )
    assert missing_characters(document) == ("𠮷", "😀", "\ue863")
