"""Lines of Chinese text: breaks, spacing, squeezing. Pure."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.exporters.glyphs import faces
from reports.exporters.lines import (
    BASE_SPACING,
    CLOSING,
    HANGING,
    MEASURE,
    MOST_SQUEEZE,
    NOT_FIRST,
    NOT_LAST,
    OPENING,
    Line,
    compose,
)
from reports.exporters.titles import break_title

FANG = faces()["Fang"]
TITLE = faces()["Title"]
HANZI = "学习贯彻党员教育支部工作"


def printed_width(line: Line) -> float:
    """What the line takes up, in 1/1000 em: advances, spacing, less what marks give up."""
    width = sum(map(FANG.width, line.text)) + line.spacing * len(line.text)
    inner = sum(character in CLOSING or character in OPENING for character in line.text[:-1])
    return width - line.squeeze * inner


def test_a_line_of_plain_text_holds_28_characters() -> None:
    first, second, last = compose("党" * 26 + "学" * 28 + "习" * 5, FANG, indent=2)
    assert (first.text, second.text, last.text) == ("党" * 26, "学" * 28, "习" * 5)


def test_a_full_line_is_exactly_156_millimetres_wide() -> None:
    line = compose("党" * 56, FANG)[0]
    assert printed_width(line) == pytest.approx(MEASURE)


def test_digits_count_as_halves() -> None:
    assert [line.text for line in compose("党" * 26 + "2026年", FANG)] == ["党" * 26 + "2026", "年"]


def test_a_number_is_never_torn() -> None:
    lines = compose("党" * 27 + "2026年", FANG)
    assert [line.text for line in lines] == ["党" * 27, "2026年"]


def test_the_mark_behind_a_full_line_is_drawn_in_when_other_marks_give_way() -> None:
    text = "党" * 9 + "，" + "党" * 9 + "，" + "党" * 8 + "。" + "学" * 3
    line, rest = compose(text, FANG)
    assert (line.text, rest.text) == (text[:29], "学学学")
    assert 0 < line.squeeze <= MOST_SQUEEZE
    # The blank half of the last mark hangs into the margin.
    assert printed_width(line) - HANGING == pytest.approx(MEASURE)


def test_the_mark_behind_a_full_line_takes_a_character_along_when_nothing_gives_way() -> None:
    line, rest = compose("党" * 28 + "。", FANG)
    assert (line.text, rest.text) == ("党" * 27, "党。")
    assert line.spacing > BASE_SPACING
    assert printed_width(line) == pytest.approx(MEASURE)


def test_an_opening_bracket_moves_to_the_next_line() -> None:
    line, rest = compose("党" * 27 + "《准则》", FANG)
    assert (line.text, rest.text) == ("党" * 27, "《准则》")


def test_a_dash_of_two_characters_is_never_torn() -> None:
    assert [line.text for line in compose("党" * 27 + "——学", FANG)] == ["党" * 27, "——学"]


def test_the_last_line_is_left_as_it_falls() -> None:
    assert compose("党" * 30, FANG)[-1] == Line("党党", BASE_SPACING)


def test_a_heading_does_not_leave_one_character_alone() -> None:
    text = "党" * 27
    assert [line.text for line in compose(text, FANG, indent=2, is_heading=True)] == [text]
    assert len(compose(text, FANG, indent=2)) == 2


def test_an_empty_paragraph_has_no_line() -> None:
    assert compose("", FANG) == []


def test_a_very_long_address_is_broken_and_its_line_left_ragged() -> None:
    lines = compose("网址" + "a" * 200, FANG)
    assert "".join(line.text for line in lines) == "网址" + "a" * 200
    assert all(line.spacing <= 250 for line in lines)


texts = st.text(
    st.sampled_from(HANZI + "，。、；：”》）“《（—…12345ab %.— "), min_size=1, max_size=300
)


@given(texts)
def test_composing_loses_no_character(text: str) -> None:
    assert "".join(line.text for line in compose(text, FANG, indent=2)) == text


@given(st.text(st.sampled_from(HANZI + "，。、）》（《12"), min_size=1, max_size=300))
def test_no_line_breaks_the_rules_unless_marks_stand_in_a_row(text: str) -> None:
    lines = compose(text, FANG, indent=2)
    for before, after in pairwise(lines):
        # Ten marks in a row leave no other place to break.
        crowd = before.text[-10:] + after.text[:10]
        if sum(not character.isalnum() for character in crowd) < 8:
            assert after.text[0] not in NOT_FIRST
            assert before.text[-1] not in NOT_LAST


@given(texts)
def test_no_line_is_wider_than_the_text_block(text: str) -> None:
    for line in compose(text, FANG):
        hanging = HANGING if line.text[-1] in CLOSING else 0
        spaces = 1000 if line.text.endswith(" ") else 0
        assert printed_width(line) <= MEASURE + hanging + spaces + 1


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("第一党支部2026年度工作总结", ["第一党支部2026年度工作总结"]),
        (
            "云岭市水务局2026年党建工作总结及2027年工作计划",
            ["云岭市水务局2026年党建工作总结及", "2027年工作计划"],
        ),
        (
            "中共云岭市水务局委员会2026年度党建工作总结及2027年工作计划",
            ["中共云岭市水务局委员会", "2026年度党建工作总结及2027年工作计划"],
        ),
        ("", []),
    ],
)
def test_a_title_is_broken_by_sense(title: str, lines: list[str]) -> None:
    assert break_title(title, TITLE) == lines


@given(st.text(st.sampled_from("党建工作总结及计划年的20《》委员会"), max_size=90))
def test_a_title_keeps_its_characters_and_its_width(title: str) -> None:
    lines = break_title(title, TITLE)
    assert "".join(lines) == title
    assert all(sum(map(TITLE.width, line)) <= 20_000 for line in lines)
