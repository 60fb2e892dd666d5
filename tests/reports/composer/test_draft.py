"""The drafted text: honest and well punctuated whatever the figures are."""

import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.composer import Bound, SectionDraft, assemble, draft_sections
from reports.composer.skeleton import SKELETON
from reports.composer.tokens import TOKEN, token_names
from reports.documents import OWN_NAMES
from reports.figures.registry import FIGURES, LISTINGS, Figure, Listing

LABELS = {meaning.label: meaning for meaning, _measure in (*FIGURES.values(), *LISTINGS.values())}
NUMBERS = [meaning.label for meaning, _measure in FIGURES.values()]
# What no official would let pass: marks side by side, empty brackets, a mark at a line's start.
BROKEN = re.compile(
    r"[，、；：][，、；：。]|。。|（）|《》|“”|\{\}|^[，、；。：]|[，、；]$|(?<![0-9])0次|(?<!尚)未记录"
)


def bounds(values: dict[str, int | None], listed: bool) -> dict[str, Bound]:
    """Bounds as documents.bounds_of makes them."""
    found = {}
    for meaning, _measure in FIGURES.values():
        figure = Figure(meaning, values.get(meaning.label, 0), ())
        found[meaning.label] = Bound(meaning.key, figure.text, not figure.value)
    for meaning, _measure in LISTINGS.values():
        listing = Listing(meaning, ("事项",) if listed else (), (), 3)
        found[meaning.label] = Bound(meaning.key, listing.text, not listing.items)
    return found


def lines(values: dict[str, int | None], *, listed: bool = True, own: str = "党委") -> list[str]:
    known = bounds(values, listed)
    sections = draft_sections(year=2025, name="测试局党委", own_name=own, bounds=known)
    document = assemble(
        title="题", sections=sections, bounds=known, plan=[], organ="测试局", dated_on=None
    )
    return [block.text for block in document.blocks]


def text(values: dict[str, int | None], **options: bool) -> str:
    return "\n".join(lines(values, **options))


def everything(value: int | None) -> dict[str, int | None]:
    return dict.fromkeys(NUMBERS, value)


@pytest.mark.parametrize("own", OWN_NAMES.values())
@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("value", [0, None, 1, 12])
def test_no_sentence_is_broken_when_all_figures_are_alike(
    value: int | None, listed: bool, own: str
) -> None:
    for line in lines(everything(value), listed=listed, own=own):
        assert not BROKEN.search(line), line
        assert "{" not in line
        assert "<" not in line


@given(
    st.fixed_dictionaries({label: st.sampled_from([None, 0, 1, 7]) for label in NUMBERS}),
    st.booleans(),
)
def test_no_sentence_is_broken_for_any_mix_of_figures(
    values: dict[str, int | None], listed: bool
) -> None:
    for line in lines(values, listed=listed):
        assert not BROKEN.search(line), line
        assert "{" not in line


@given(st.fixed_dictionaries({label: st.sampled_from([None, 0, 7]) for label in NUMBERS}))
def test_every_paragraph_is_made_of_whole_sentences(values: dict[str, int | None]) -> None:
    for line in lines(values):
        if not re.match("[一二三四五]、", line):
            assert line[-1] in "。："


def test_what_is_overdue_is_said_when_there_is_any() -> None:
    found = {"整改问题数": 5, "完成整改数": 3, "逾期未完成整改数": 2}
    assert "查找问题5项，年内完成整改3项，逾期未完成2项。" in text(found)
    assert "查找问题5项，年内完成整改3项。" in text(found | {"逾期未完成整改数": 0})
    assert "查找问题5项，其中逾期未完成2项，整改尚在进行。" in text(found | {"完成整改数": 0})


def test_every_token_of_the_skeleton_names_a_figure() -> None:
    plan = {"第一方面计划事项", "第二方面计划事项", "第三方面计划事项"}
    used = {
        name
        for section in SKELETON
        for paragraph in section.paragraphs
        for sentence in paragraph
        for one in (sentence.text, *sentence.otherwise)
        for name in token_names(one)
    }
    assert used <= set(LABELS) | plan


def test_an_empty_year_says_so_and_counts_nothing() -> None:
    drafted = text(everything(0), listed=False)
    assert "尚无计入统计的活动记录" in drafted
    assert "没有计入统计的集中学习记录" in drafted
    assert "尚未记录考勤" in drafted
    assert "评议结果" not in drafted


@pytest.mark.parametrize(
    ("full", "probationary", "expected"),
    [
        (5, 2, "共有党员7名，其中正式党员5名、预备党员2名。"),
        (5, 0, "共有正式党员5名，没有预备党员。"),
        (0, 2, "共有预备党员2名，没有正式党员。"),
        (0, 0, "尚无在册党员。"),
    ],
)
def test_members_are_told_as_they_are(full: int, probationary: int, expected: str) -> None:
    values = {
        "党员总数": full + probationary,
        "正式党员人数": full,
        "预备党员人数": probationary,
    }
    assert expected in text(values)


@pytest.mark.parametrize(
    ("expected", "present", "rate", "sentence"),
    [
        (10, 9, 90, "应到10人次、实到9人次，到会率90%。"),
        (500, 1, 0, "应到500人次、实到1人次。"),
        (10, 0, 0, "应到10人次，实到人次为零。"),
        (None, None, None, "各项活动尚未记录考勤。"),
    ],
)
def test_attendance_of_zero_is_not_told_as_unrecorded(
    expected: int | None, present: int | None, rate: int | None, sentence: str
) -> None:
    assert sentence in text({"应到人次": expected, "实到人次": present, "到会率": rate})


def grades() -> Iterator[tuple[int, ...]]:
    return itertools.product((0, 3), repeat=4)


@pytest.mark.parametrize("numbers", [one for one in grades() if any(one)])
def test_every_grade_is_told_either_by_number_or_as_missing(numbers: tuple[int, ...]) -> None:
    names = ("优秀", "合格", "基本合格", "不合格")
    values = {f"评议{name}人数": number for name, number in zip(names, numbers, strict=True)}
    sentence = next(one for one in text(values).split("。") if "评议结果为" in one)
    given, _, missing = sentence.partition("，没有")
    told = dict(re.findall(r"(优秀|基本合格|不合格|合格)(\d+)名", given))
    assert told == {name: "3" for name, n in zip(names, numbers, strict=True) if n}
    absent = re.split("[、和]", missing.removesuffix("等次")) if missing else []
    assert absent == [name for name, n in zip(names, numbers, strict=True) if not n]


def test_the_year_the_name_and_the_level_are_filled_in() -> None:
    drafted = text(everything(3))
    assert "2025年，测试局党委" in drafted
    assert "五、2026年党建工作计划" in drafted
    assert not re.search("<[^>]*>", drafted)


def test_regulations_are_cited_by_their_full_titles() -> None:
    drafted = text(everything(1))
    assert "《中国共产党支部工作条例（试行）》" in drafted
    assert "《中国共产党党和国家机关基层组织工作条例》" in drafted


def test_five_sections_follow_the_preamble_in_the_order_that_bureaus_submit() -> None:
    sections = draft_sections(
        year=2025, name="某局", own_name="党委", bounds=bounds(everything(1), True)
    )
    assert isinstance(sections[0], SectionDraft)
    assert [one.heading[:2] for one in sections] == ["", "一、", "二、", "三、", "四、", "五、"]
    assert all(TOKEN.search(one.body) for one in sections)


def test_a_plan_without_items_asks_for_them() -> None:
    assert text({}).count("【待填：计划事项】") == 3
