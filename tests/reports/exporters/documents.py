"""Documents for the tests of the exporters: plain values, no records, no real people."""

import datetime as dt
from typing import Any

from reports.composer.document import Annex, Block, Document, Run

# Forty characters and a full stop, without digits or Latin letters.
SENTENCE = (
    "支部按照年初安排推进理论学习并结合本单位实际组织党员到一线走访群众听取意见建议完善服务措施。"
)


def make_paragraph(*texts: str | Run, style: str = "paragraph") -> Block:
    runs = tuple(text if isinstance(text, Run) else Run(text) for text in texts)
    return Block(style, runs)  # type: ignore[arg-type]


def make_annex(count: int = 3, **fields: Any) -> Annex:
    """A table of `count` rows, or of the given `header`, `rows` and `widths`."""
    fields = {
        "title": "组织生活开展情况统计表",
        "header": ("序号", "党支部", "次数"),
        "rows": tuple((str(row), f"第{row}党支部", "12") for row in range(1, count + 1)),
        "widths": (1, 3, 2),
    } | fields
    return Annex(**fields)


def make_document(*, sentences: int = 12, paragraphs: int = 3, **fields: Any) -> Document:
    """Two pages of text with every style of heading, a bound number and a placeholder."""
    body = make_paragraph(SENTENCE * sentences)
    blocks = (
        make_paragraph("一、强化理论武装", style="heading1"),
        make_paragraph("（一）抓实学习", style="heading2"),
        make_paragraph("1. 明确重点", style="heading3"),
        make_paragraph("（1）列出篇目", style="heading4"),
        make_paragraph(
            "全年开展集中学习",
            Run("12", "group_study.count"),
            "次，",
            Run("【待填：特色做法】", is_placeholder=True),
            "。",
        ),
        *(body for _ in range(paragraphs)),
    )
    fields = {
        "title": "云岭市水务局2026年党建工作总结及2027年工作计划",
        "blocks": blocks,
        "organ": "中共云岭市水务局委员会",
        "dated_on": dt.date(2027, 1, 5),
    } | fields
    return Document(**fields)
