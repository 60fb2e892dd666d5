"""Every figure there is: its key, label, unit and definition 口径, and how it is counted.

The keys are fixed (formats.md §4). To add a figure, add a row here; screen, document, command
and the page of definitions follow.
"""

from collections.abc import Callable, Iterable

from meetings.models import Holiday, Kind
from reports.figures.facts import Facts
from reports.figures.values import Definition, Figure, Listing

# What one measure answers: the number, and the ids behind it.
Measured = tuple[int | None, tuple[int, ...]]

KIND_LABELS = {
    Kind.GENERAL_MEETING: "支部党员大会",
    Kind.COMMITTEE_MEETING: "支部委员会会议",
    Kind.GROUP_MEETING: "党小组会",
    Kind.PARTY_LECTURE: "党课",
    Kind.THEMED_PARTY_DAY: "主题党日",
    Kind.GROUP_STUDY: "集中学习",
    Kind.ORGANIZATIONAL_LIFE_MEETING: "组织生活会",
    Kind.DEMOCRATIC_APPRAISAL: "民主评议党员",
    Kind.PARTY_COMMITTEE_MEETING: "党委会",
    Kind.INTEGRITY_EDUCATION: "廉政教育",
    Kind.SPECIAL_SEMINAR: "专题研讨",
    Kind.YOUTH_ACTIVITY: "青年党员活动",
    Kind.HEART_TO_HEART_TALK: "谈心谈话",
}
HOLIDAY_LABELS = {
    Holiday.NEW_YEAR: "元旦",
    Holiday.SPRING_FESTIVAL: "春节",
    Holiday.QINGMING: "清明",
    Holiday.LABOUR_DAY: "五一",
    Holiday.DRAGON_BOAT: "端午",
    Holiday.MID_AUTUMN: "中秋",
    Holiday.NATIONAL_DAY: "国庆",
}

_COUNTED = "本组织及其下级组织本年度计入统计的记录"

# Which highlight 亮点 goes into which section: the first group that shares a kind takes it.
HIGHLIGHT_GROUPS = {
    "highlights.integrity": ("廉政工作亮点", {Kind.INTEGRITY_EDUCATION}),
    "highlights.integration": ("党建业务融合亮点", {Kind.SPECIAL_SEMINAR, Kind.YOUTH_ACTIVITY}),
    "highlights.study": ("学习教育亮点", {Kind.GROUP_STUDY, Kind.PARTY_LECTURE}),
    "highlights.organization": ("组织生活亮点", set(Kind)),
}


def _count_of(ids: Iterable[int]) -> Measured:
    ids = tuple(ids)
    return len(ids), ids


def _of_kind(kind: str) -> Callable[[Facts], Measured]:
    return lambda facts: _count_of(facts.by_kind[kind])


def _of_holiday(holiday: str) -> Callable[[Facts], Measured]:
    return lambda facts: _count_of(facts.by_holiday.get(holiday, ()))


def _attendance(facts: Facts) -> tuple[int, int, tuple[int, ...]]:
    expected = sum(row[1] for row in facts.attendance)
    present = sum(row[2] for row in facts.attendance)
    return expected, present, tuple(row[0] for row in facts.attendance)


def _expected(facts: Facts) -> Measured:
    expected, _, ids = _attendance(facts)
    return (expected if ids else None), ids


def _present(facts: Facts) -> Measured:
    _, present, ids = _attendance(facts)
    return (present if ids else None), ids


def _rate(facts: Facts) -> Measured:
    expected, present, ids = _attendance(facts)
    if not expected:
        return None, ids
    return (200 * present + expected) // (2 * expected), ids  # rounded half up, in integers


def _grade(column: int) -> Callable[[Facts], Measured]:
    def measure(facts: Facts) -> Measured:
        rows = facts.appraisals
        value = sum(row[column] for row in rows) if rows else None
        return value, tuple(row[0] for row in rows)

    return measure


FIGURES: dict[str, tuple[Definition, Callable[[Facts], Measured]]] = {}
LISTINGS: dict[str, tuple[Definition, Callable[[Facts], Listing]]] = {}


def _figure(measure: Callable[[Facts], Measured], definition: Definition) -> None:
    FIGURES[definition.key] = (definition, measure)


for _kind, _label in KIND_LABELS.items():
    _figure(
        _of_kind(_kind.value),
        Definition(
            key=f"{_kind.value.lower()}.count",
            label=f"{_label}次数",
            unit="次",
            wording=f"{_COUNTED}中，计为“{_label}”的不同活动的个数。"
            "一次活动计入多个类型时各计一次；多个支部联合开展的，在上级只计一次。",
        ),
    )
_figure(
    lambda facts: _count_of(fact.pk for fact in facts.activities),
    Definition(
        "activities.count",
        "活动记录条数",
        "条",
        f"{_COUNTED}的条数；一条记录计多个类型时仍为一条。",
    ),
)
for _holiday, _label in HOLIDAY_LABELS.items():
    _figure(
        _of_holiday(_holiday.value),
        Definition(
            key=f"integrity.{_holiday.value}",
            label=f"{_label}廉政教育次数",
            unit="次",
            wording=f"{_COUNTED}中，标明{_label}节点的廉政教育的个数。"
            + (
                "上年12月为本年元旦开展的计入本年。"
                if _holiday == Holiday.NEW_YEAR
                else "按活动日期所在年度计。"
            ),
        ),
    )
_figure(
    _expected,
    Definition(
        "attendance.expected",
        "应到人次",
        "人次",
        f"{_COUNTED}中，已记录考勤的活动的应到人次之和；只计活动当日属于本组织或下级组织的人员，"
        "列席人员不计。",
    ),
)
_figure(
    _present,
    Definition(
        "attendance.present", "实到人次", "人次", "口径同“应到人次”，只计其中实际到会的人次。"
    ),
)
_figure(
    _rate,
    Definition(
        "attendance.rate",
        "到会率",
        "%",
        "实到人次除以应到人次，四舍五入到整数百分比；没有考勤记录时为“未记录”。",
    ),
)
_figure(
    lambda facts: _count_of((*facts.full_members, *facts.probationary_members)),
    Definition(
        "members.total", "党员总数", "名", "12月31日属于本组织或下级组织的党员人数。", "member"
    ),
)
_figure(
    lambda facts: _count_of(facts.full_members),
    Definition(
        "members.full",
        "正式党员人数",
        "名",
        "12月31日属于本组织或下级组织、当日已转正的党员人数。",
        "member",
    ),
)
_figure(
    lambda facts: _count_of(facts.probationary_members),
    Definition(
        "members.probationary",
        "预备党员人数",
        "名",
        "12月31日属于本组织或下级组织、当日尚未转正的党员人数。",
        "member",
    ),
)
_figure(
    lambda facts: _count_of(branch[0] for branch in facts.branches),
    Definition(
        "organizations.branches",
        "党支部个数",
        "个",
        "本年度存续过的党支部个数（含本组织）。",
        "organization",
    ),
)
_figure(
    lambda facts: (
        len(facts.materials),
        tuple(dict.fromkeys(pk for ids in facts.materials.values() for pk in ids)),
    ),
    Definition("materials.count", "学习材料篇数", "篇", f"{_COUNTED}中，不同学习材料的篇数。"),
)
_figure(
    lambda facts: _count_of(pk for pk, _ in facts.rectifications),
    Definition(
        "rectifications.opened",
        "整改问题数",
        "项",
        "本年度提出的整改问题的项数；来源活动未计入统计的不计。",
        "rectification",
    ),
)
_figure(
    lambda facts: _count_of(pk for pk, is_done in facts.rectifications if is_done),
    Definition(
        "rectifications.closed",
        "完成整改数",
        "项",
        "本年度提出的整改问题中，12月31日前完成的项数。",
        "rectification",
    ),
)
for _column, (_key, _label) in enumerate(
    {
        "excellent": "评议优秀人数",
        "qualified": "评议合格人数",
        "basically_qualified": "评议基本合格人数",
        "unqualified": "评议不合格人数",
    }.items(),
    start=1,
):
    _figure(
        _grade(_column),
        Definition(
            f"appraisal.{_key}",
            _label,
            "名",
            "本组织及其下级组织本年度民主评议结果中该等次的人数之和；没有评议结果时为“未记录”。",
            "appraisal",
        ),
    )


def _listing(
    key: str,
    label: str,
    wording: str,
    items: Callable[[Facts], Iterable[tuple[str, Iterable[int]]]],
    *,
    limit: int,
    joiner: str = "、",
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
    f"{_COUNTED}中学习材料的标题，先按学习次数、再按首次学习的时间排列。",
    lambda facts: (
        (f"《{title}》", ids)
        for title, ids in sorted(facts.materials.items(), key=lambda one: -len(one[1]))
    ),
    limit=8,
    joiner="",  # titles in 《》 stand side by side (GB/T 15834)
)
_listing(
    "themes.titles", "主题党日主题", f"{_COUNTED}中主题党日的主题。", _themes, limit=6, joiner=""
)
_listing("forms.names", "活动形式", f"{_COUNTED}所用的形式，按次数排列。", _forms, limit=6)
_listing(
    "integrity.holidays",
    "廉政教育节点",
    f"{_COUNTED}中，廉政教育覆盖的节日。",
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
        f"{_COUNTED}中填写的“可写入总结”的内容，每条只用一次。",
        _highlights(_key),
        limit=3,
        joiner="；",
    )

DEFINITIONS: dict[str, Definition] = {key: row[0] for key, row in (FIGURES | LISTINGS).items()}


def definition(key: str) -> Definition:
    """The definition of a figure or listing. KeyError for an unknown key."""
    return DEFINITIONS[key]


def measure_all(facts: Facts) -> tuple[dict[str, Figure], dict[str, Listing]]:
    """Every figure and listing of the registry, counted from the facts."""
    figures = {}
    for key, (meaning, measure) in FIGURES.items():
        value, records = measure(facts)
        figures[key] = Figure(meaning, value, records)
    return figures, {key: measure(facts) for key, (_, measure) in LISTINGS.items()}
