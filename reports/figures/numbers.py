"""Every number there is: its key, label, unit and definition 口径, and how it is counted.

The keys are fixed (docs/formats.md §4). To add a number, add a row here; screen, document,
command and the page of definitions follow.
"""

from collections.abc import Callable, Iterable

from meetings.models import Holiday
from reports.figures.facts import Facts
from reports.figures.names import COUNTED, HOLIDAY_LABELS, KIND_LABELS
from reports.figures.values import Definition

# What one measure answers: the number, and the ids behind it.
Measured = tuple[int | None, tuple[int, ...]]


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


def _figure(measure: Callable[[Facts], Measured], definition: Definition) -> None:
    FIGURES[definition.key] = (definition, measure)


for _kind, _label in KIND_LABELS.items():
    _figure(
        _of_kind(_kind.value),
        Definition(
            key=f"{_kind.value.lower()}.count",
            label=f"{_label}次数",
            unit="次",
            wording=f"{COUNTED}中，计为“{_label}”的不同活动的个数。"
            "一次活动计入多个类型时各计一次；多个支部联合开展的，在上级只计一次。",
        ),
    )
_figure(
    lambda facts: _count_of(fact.pk for fact in facts.activities),
    Definition(
        "activities.count",
        "活动记录条数",
        "条",
        f"{COUNTED}的条数；一条记录计多个类型时仍为一条。",
    ),
)
for _holiday, _label in HOLIDAY_LABELS.items():
    _figure(
        _of_holiday(_holiday.value),
        Definition(
            key=f"integrity.{_holiday.value}",
            label=f"{_label}廉政教育次数",
            unit="次",
            wording=f"{COUNTED}中，标明{_label}节点的廉政教育的个数。"
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
        f"{COUNTED}中，已记录考勤的活动的应到人次之和；只计活动当日属于本组织或下级组织的人员，"
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
    Definition("materials.count", "学习材料篇数", "篇", f"{COUNTED}中，不同学习材料的篇数。"),
)
_figure(
    lambda facts: _count_of(row[0] for row in facts.rectifications),
    Definition(
        "rectifications.opened",
        "整改问题数",
        "项",
        "本年度提出的整改问题的项数；来源活动未计入统计的不计。",
        "rectification",
    ),
)
_figure(
    lambda facts: _count_of(pk for pk, is_done, _ in facts.rectifications if is_done),
    Definition(
        "rectifications.closed",
        "完成整改数",
        "项",
        "本年度提出的整改问题中，12月31日以前（含当日）完成的项数。",
        "rectification",
    ),
)
_figure(
    lambda facts: _count_of(pk for pk, _, is_overdue in facts.rectifications if is_overdue),
    Definition(
        "rectifications.overdue",
        "逾期未完成整改数",
        "项",
        "本年度提出的整改问题中，期限不晚于本年12月31日、到12月31日仍未完成的项数；没有定期限的不计。"
        "年度未结束时，期限在12月31日以前而尚未完成的都计在内。",
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
            "本组织及其下级组织本年度民主评议结果中该等次的人数之和；没有评议结果时为“未记录”。"
            "结果随民主评议的活动记录登记，活动未计入统计的不计；1至3月开展的民主评议为上一年度的。"
            "每个组织每年度只取一个结果：以最近一次计入统计的活动为准，没有的取导入台账的结果。",
            "appraisal",
        ),
    )
