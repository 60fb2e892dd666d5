"""Every list of words there is: titles studied, themes, forms, holidays, highlights."""

from collections.abc import Callable, Iterable

from meetings.models import Kind
from reports.figures.facts import Facts
from reports.figures.names import COUNTED, HOLIDAY_LABELS
from reports.figures.values import Definition, Listing

# Which highlight 亮点 goes into which section: the first group that shares a kind takes it.
HIGHLIGHT_GROUPS = {
    "highlights.integrity": ("廉政工作亮点", {Kind.INTEGRITY_EDUCATION}),
    "highlights.integration": ("党建业务融合亮点", {Kind.SPECIAL_SEMINAR, Kind.YOUTH_ACTIVITY}),
    "highlights.study": ("学习教育亮点", {Kind.GROUP_STUDY, Kind.PARTY_LECTURE}),
    "highlights.organization": ("组织生活亮点", set(Kind)),
}

LISTINGS: dict[str, tuple[Definition, Callable[[Facts], Listing]]] = {}


def _listing(
    key: str,
    label: str,
    wording: str,
    items: Callable[[Facts], Iterable[tuple[str, Iterable[int]]]],
    *,
    limit: int,
    joiner: str = "、",
    rest: str = "等",
) -> None:
    definition = Definition(key, label, "", wording)

    def measure(facts: Facts) -> Listing:
        found = list(items(facts))
        return Listing(
            definition=definition,
            items=tuple(text for text, _ in found),
            records=tuple(dict.fromkeys(pk for _, ids in found for pk in ids)),
            limit=limit,
            joiner=joiner,
            rest=rest,
        )

    LISTINGS[key] = (definition, measure)


def _themes(facts: Facts) -> Iterable[tuple[str, Iterable[int]]]:
    found: dict[str, list[int]] = {}
    for fact in facts.activities:
        if Kind.THEMED_PARTY_DAY in fact.kinds:
            found.setdefault(f"“{fact.title}”", []).append(fact.pk)
    return found.items()


def _forms(facts: Facts) -> Iterable[tuple[str, Iterable[int]]]:
    found: dict[str, list[int]] = {}
    for fact in facts.activities:
        if fact.form:
            found.setdefault(fact.form, []).append(fact.pk)
    return sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))


def _highlights(group: str) -> Callable[[Facts], Iterable[tuple[str, Iterable[int]]]]:
    def items(facts: Facts) -> Iterable[tuple[str, Iterable[int]]]:
        for fact in facts.activities:
            if not fact.highlight:
                continue
            taker = next(key for key, (_, kinds) in HIGHLIGHT_GROUPS.items() if kinds & fact.kinds)
            if taker == group:
                yield fact.highlight.rstrip("。；; "), (fact.pk,)

    return items


_listing(
    "materials.titles",
    "学习材料",
    f"{COUNTED}中学习材料的标题，先按学习次数、再按首次学习的时间排列。",
    lambda facts: (
        (f"《{title}》", ids)
        for title, ids in sorted(facts.materials.items(), key=lambda one: -len(one[1]))
    ),
    limit=8,
    joiner="",  # titles in 《》 stand side by side (GB/T 15834)
)
_listing(
    "themes.titles", "主题党日主题", f"{COUNTED}中主题党日的主题。", _themes, limit=6, joiner=""
)
_listing("forms.names", "活动形式", f"{COUNTED}所用的形式，按次数排列。", _forms, limit=6)
_listing(
    "integrity.holidays",
    "廉政教育节点",
    f"{COUNTED}中，廉政教育覆盖的节日。",
    lambda facts: (
        (label, facts.by_holiday[holiday.value])
        for holiday, label in HOLIDAY_LABELS.items()
        if facts.by_holiday.get(holiday.value)
    ),
    limit=7,
)
for _key, (_label, _) in HIGHLIGHT_GROUPS.items():
    _listing(
        _key,
        _label,
        f"{COUNTED}中填写的“可写入总结”的内容，每条只用一次。",
        _highlights(_key),
        limit=3,
        joiner="；",
        rest="",
    )
