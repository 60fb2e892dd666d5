"""Sections, plan and bound figures become the Document."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.composer.document import Annex, Block, Document
from reports.composer.draft import SectionDraft
from reports.composer.headings import style_of
from reports.composer.tokens import Bound, bind


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item of next year's plan, in thread 1, 2 or 3 (一是 二是 三是)."""

    thread: int
    text: str
    target: int | None = None
    quarter: int | None = None
    owner: str = ""
    organization: str = ""

    @property
    def prose(self) -> str:
        """The item as it stands in a sentence: 组织集中学习12次（第一季度前，组织委员负责）."""
        target = f"{self.target}次" if self.target else ""
        notes = "，".join(
            part
            for part in (
                f"第{'一二三四'[self.quarter - 1]}季度完成" if self.quarter else "",
                self.organization,
                f"{self.owner}负责" if self.owner else "",
            )
            if part
        )
        return f"{self.text}{target}" + (f"（{notes}）" if notes else "")


# Names of the tokens that stand for the plan's items, one a thread.
PLAN_TOKENS = {1: "第一方面计划事项", 2: "第二方面计划事项", 3: "第三方面计划事项"}


def plan_bounds(plan: Iterable[PlanLine]) -> dict[str, Bound]:
    """What the plan's tokens print: the items of each thread joined by ；."""
    lines = list(plan)
    bounds = {}
    for thread, name in PLAN_TOKENS.items():
        items = [line.prose for line in lines if line.thread == thread]
        bounds[name] = Bound(
            key=f"plan.{thread}",
            text="；".join(items) if items else "【待填：计划事项】",
            is_empty=not items,
        )
    return bounds


def assemble(
    *,
    title: str,
    sections: Iterable[SectionDraft],
    bounds: Mapping[str, Bound],
    plan: Iterable[PlanLine],
    organ: str,
    dated_on: dt.date | None,
    annexes: tuple[Annex, ...] = (),
) -> Document:
    """The whole document. `bounds` maps token names to figures; the plan's are added here."""
    known = {**bounds, **plan_bounds(plan)}
    blocks: list[Block] = []
    for section in sections:
        if section.heading:
            blocks.append(Block("heading1", bind(section.heading, known), section.key))
        for line in section.body.split("\n"):
            if text := line.strip():
                blocks.append(Block(style_of(text), bind(text, known), section.key))
    return Document(
        title=title,
        blocks=tuple(blocks),
        organ=organ,
        dated_on=dated_on,
        annexes=annexes,
    )
