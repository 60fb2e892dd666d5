"""Tokens, headings, the plan's prose, and the Document as JSON."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.composer import (
    Annex,
    Block,
    Bound,
    Document,
    PlanLine,
    Run,
    SectionDraft,
    assemble,
    bind,
    unknown_tokens,
)
from reports.composer.headings import chinese_numeral, style_of
from reports.composer.plan import propose_plan
from reports.composer.tokens import token_names

BOUNDS = {
    "集中学习次数": Bound("group_study.count", "12"),
    "党课次数": Bound("party_lecture.count", "0", is_empty=True),
    "计划": Bound("plan.1", "【待填：计划事项】", is_empty=True),
}


# --- tokens -------------------------------------------------------------------------------


def test_a_token_becomes_a_bound_run() -> None:
    assert bind("共{集中学习次数}次。", BOUNDS) == (
        Run("共"),
        Run("12", figure="group_study.count"),
        Run("次。"),
    )


def test_spaces_inside_the_braces_do_not_matter() -> None:
    assert bind("{ 集中学习次数 }", BOUNDS) == (Run("12", figure="group_study.count"),)


def test_a_zero_is_printed_when_somebody_asks_for_it() -> None:
    assert bind("{党课次数}", BOUNDS) == (Run("0", figure="party_lecture.count"),)


def test_an_unknown_token_stays_as_written() -> None:
    assert bind("共{没有}次", BOUNDS) == (Run("共{没有}次"),)


def test_placeholders_are_runs_of_their_own() -> None:
    assert bind("先【待填：甲】，再【待填:乙】", BOUNDS) == (
        Run("先"),
        Run("【待填：甲】", is_placeholder=True),
        Run("，再"),
        Run("【待填:乙】", is_placeholder=True),
    )


def test_a_placeholder_that_a_figure_brings_is_bound_and_marked() -> None:
    assert bind("{计划}", BOUNDS) == (
        Run("【待填：计划事项】", figure="plan.1", is_placeholder=True),
    )


@pytest.mark.parametrize("text", ["【待填】", "【别的：甲】", "【待填：没有完", "待填：甲"])
def test_what_only_looks_like_a_placeholder_is_text(text: str) -> None:
    assert bind(text, BOUNDS) == (Run(text),)


@pytest.mark.parametrize("text", ["{}", "{ 没有完", "没有始}", "{换\n行}", "{{集中学习次数"])
def test_stray_braces_are_text(text: str) -> None:
    assert "".join(run.text for run in bind(text, {})) == text


def test_unknown_tokens_come_once_with_the_nearest_names() -> None:
    (unknown,) = unknown_tokens("{集中学习次}和{集中学习次}，{党课次数}", BOUNDS)
    assert unknown.name == "集中学习次"
    assert unknown.nearest[0] == "集中学习次数"


def test_a_name_like_no_other_has_no_nearest() -> None:
    (unknown,) = unknown_tokens("{zzz}", BOUNDS)
    assert unknown.nearest == ()


@given(st.text())
def test_binding_without_figures_changes_no_character(text: str) -> None:
    assert "".join(run.text for run in bind(text, {})) == text


@given(st.text(alphabet="{}【】待填：集中学习次数党课 \n，。12"))
def test_binding_replaces_tokens_and_nothing_else(text: str) -> None:
    expected = text
    for name in set(token_names(text)) & set(BOUNDS):
        for written in {part for part in _braced(text) if part[1:-1].strip() == name}:
            expected = expected.replace(written, BOUNDS[name].text)
    assert "".join(run.text for run in bind(text, BOUNDS)) == expected


def _braced(text: str) -> list[str]:
    parts = []
    for at, character in enumerate(text):
        if character == "{":
            end = text.find("}", at)
            if end > 0 and not set(text[at + 1 : end]) & set("{\n"):
                parts.append(text[at : end + 1])
    return parts


# --- headings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("一、加强学习", "heading1"),
        ("十二、其他", "heading1"),
        ("（一）组织学习", "heading2"),
        ("(二)组织学习", "heading2"),
        ("1.学习安排", "heading3"),
        ("１．学习安排", "heading3"),
        ("2、学习安排", "heading3"),
        ("（1）学习安排", "heading4"),
        ("（12）学习安排", "heading4"),
        # a sentence is no heading, however it begins
        ("一、加强学习，提高素养。", "paragraph"),
        ("（一）要做的是：", "paragraph"),
        ("1." + "长" * 60, "paragraph"),
        # numbers that are no numbering
        ("1.5倍的增长", "paragraph"),
        ("2025年工作", "paragraph"),
        ("一是加强学习", "paragraph"),
        ("一次学习", "paragraph"),
        ("123.太大", "paragraph"),
        ("正文", "paragraph"),
    ],
)
def test_headings_are_told_by_their_numbers(line: str, style: str) -> None:
    assert style_of(line) == style


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numerals(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral


@pytest.mark.parametrize("number", [0, 100, -1])
def test_numerals_end_at_ninety_nine(number: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 99"):
        chinese_numeral(number)


# --- plan ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        (PlanLine(1, "组织集中学习"), "组织集中学习"),
        (PlanLine(1, "组织集中学习", target=12), "组织集中学习12次"),
        (PlanLine(1, "换届", quarter=2), "换届（第二季度完成）"),
        (
            PlanLine(1, "讲党课", target=4, quarter=4, owner="书记", organization="第一支部"),
            "讲党课4次（第四季度完成，第一支部，书记负责）",
        ),
    ],
)
def test_a_plan_item_reads_as_part_of_a_sentence(line: PlanLine, prose: str) -> None:
    assert line.prose == prose


def test_the_proposed_plan_repeats_what_was_held_and_carries_over_what_is_left() -> None:
    values = {
        "group_study.count": 12,
        "party_lecture.count": 0,
        "rectifications.opened": 5,
        "rectifications.closed": 3,
    }
    lines = [line for line, _kind in propose_plan(values)]
    assert [(line.text, line.target) for line in lines] == [
        ("组织集中学习", 12),
        ("完成上年度结转的2项整改", None),
    ]


def test_an_empty_year_proposes_nothing() -> None:
    assert propose_plan({}) == []


# --- document -----------------------------------------------------------------------------


def sections_to_document(*sections: SectionDraft) -> Document:
    return assemble(
        title="题",
        sections=sections,
        bounds=BOUNDS,
        plan=[PlanLine(2, "开展主题党日", target=12)],
        organ="某局",
        dated_on=dt.date(2026, 1, 5),
    )


def test_a_section_becomes_its_heading_and_a_block_a_line() -> None:
    document = sections_to_document(
        SectionDraft("study", "一、学习", "（一）集体学习\n\n  共{集中学习次数}次。  \n")
    )
    assert [(block.style, block.text, block.section) for block in document.blocks] == [
        ("heading1", "一、学习", "study"),
        ("heading2", "（一）集体学习", "study"),
        ("paragraph", "共12次。", "study"),
    ]


def test_the_plan_is_bound_by_thread() -> None:
    document = sections_to_document(
        SectionDraft("plan", "", "{第一方面计划事项}。{第二方面计划事项}。")
    )
    first, _, second, _ = document.blocks[0].runs
    assert (first.figure, first.is_placeholder) == ("plan.1", True)
    assert (second.figure, second.text) == ("plan.2", "开展主题党日12次")


texts = st.text(st.characters(codec="utf-8"), max_size=20)
runs = st.builds(Run, texts, st.sampled_from(["", "group_study.count"]), st.booleans())
styles = st.sampled_from(["heading1", "heading2", "heading3", "heading4", "paragraph"])
blocks = st.builds(Block, styles, st.lists(runs, max_size=4).map(tuple), texts)
annexes = st.builds(
    Annex,
    texts,
    st.lists(texts, max_size=3).map(tuple),
    st.lists(st.lists(texts, max_size=3).map(tuple), max_size=2).map(tuple),
    st.lists(st.integers(1, 9), max_size=3).map(tuple),
)
documents = st.builds(
    Document,
    texts,
    st.lists(blocks, max_size=4).map(tuple),
    texts,
    st.none() | st.dates(),
    texts,
    st.lists(annexes, max_size=2).map(tuple),
)


@given(documents)
def test_a_document_comes_back_from_json_unchanged(document: Document) -> None:
    again = Document.from_json(json.loads(json.dumps(document.as_json())))
    assert again == document
    assert again.checksum() == document.checksum()


@given(documents, documents)
def test_documents_are_equal_exactly_when_their_checksums_are(
    one: Document, other: Document
) -> None:
    assert (one == other) == (one.checksum() == other.checksum())


def test_one_changed_character_changes_the_checksum() -> None:
    one = sections_to_document(SectionDraft("study", "", "共12次。"))
    other = sections_to_document(SectionDraft("study", "", "共13次。"))
    assert one.checksum() != other.checksum()


@pytest.mark.parametrize("missing", ["title", "blocks", "organ", "dated_on", "annexes"])
def test_json_of_another_shape_is_refused(missing: str) -> None:
    plain = sections_to_document().as_json()
    del plain[missing]
    with pytest.raises(KeyError):
        Document.from_json(plain)
