"""What two texts say differently."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.comparing import FieldText, Part, compare_fields, compare_words, shortened

TEXT = st.text(alphabet="学习会议ab 1\n，", max_size=40)


@given(TEXT, TEXT)
def test_the_parts_make_up_both_texts(before: str, after: str) -> None:
    parts = compare_words(before, after)
    assert "".join(part.text for part in parts if part.change != "added") == before
    assert "".join(part.text for part in parts if part.change != "removed") == after


def test_a_changed_word_stands_between_what_stayed() -> None:
    assert compare_words("学习党章原文", "学习条例原文") == (
        Part("same", "学习"),
        Part("removed", "党章"),
        Part("added", "条例"),
        Part("same", "原文"),
    )


def test_long_unchanged_stretches_are_cut_short() -> None:
    parts = (Part("same", "甲" * 100), Part("added", "乙"))
    assert shortened(parts, keep=5)[0].text == " … 甲甲甲甲甲"


def test_a_field_that_only_one_version_has_is_a_difference() -> None:
    (field,) = compare_fields([FieldText("minutes", "记录", "甲")], [])
    assert (field.is_changed, field.after) == (True, "")
