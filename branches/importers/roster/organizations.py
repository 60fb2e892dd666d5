"""The tree that the file and the database make together, and what changes in it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from branches.importers.roster.lines import WORD_OF_KIND, MemberLine, OrganizationLine
from branches.models import Organization, OrganizationKind
from branches.placing import MAY_STAND_BELOW

# The path of the root: everything stands below it.
WHOLE_SITE = ("",)

# Their committees are made of people who belong to the branches below.
SEAT_KINDS = (OrganizationKind.COMMITTEE, OrganizationKind.GENERAL_BRANCH)


@dataclass(frozen=True, slots=True)
class Place:
    """An organization's kind and the code of the one above it ("" for a root)."""

    kind: OrganizationKind | None
    parent_code: str


@dataclass(slots=True)
class TreePlan:
    """What to do with the tree. `places` covers file and database; `to_add` is top down."""

    places: dict[str, Place]
    to_add: list[OrganizationLine] = field(default_factory=list)
    to_update: dict[str, dict[str, Any]] = field(default_factory=dict)
    to_move: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def changed(self) -> int:
        return len(self.to_update.keys() | self.to_move.keys())

    def is_seat(self, line: MemberLine) -> bool:
        """Whether the row can be a seat: a post listed under a committee or general branch."""
        return bool(line.titles) and self.places[line.code].kind in SEAT_KINDS

    def home_of_posts(self, code: str) -> str:
        """The nearest organization at or above the code that is not a Party group."""
        place = self.places.get(code)
        while place is not None and place.kind == OrganizationKind.GROUP and place.parent_code:
            code = place.parent_code
            place = self.places.get(code)
        return code


# What the columns of the sheet are called in the model.
_COLUMNS = {
    "name": "名称",
    "short_name": "简称",
    "founded_on": "成立日期",
    "closed_on": "撤销日期",
}


def plan_tree(lines: list[OrganizationLine], *, within: tuple[str, ...] = WHOLE_SITE) -> TreePlan:
    """Compare the lines with the database, as far as the tree paths `within` reach.

    Beyond them no organization exists; a code that is taken there is merely no good. One query.
    """
    everyone = list(Organization.objects.all())
    existing = {one.code: one for one in everyone if one.path.startswith(within)}
    taken = {one.code for one in everyone} - existing.keys()
    # The top of a scope may name the organization above it, as its row in a list does.
    above = {one.path: one.code for one in everyone}
    above_top = {
        one.code: above.get(one.path[: -one.steplen], "")
        for one in existing.values()
        if one.path in within
    }
    code_at = {one.path: code for code, one in existing.items()}
    places = {
        code: Place(OrganizationKind(one.kind), code_at.get(one.path[: -one.steplen], ""))
        for code, one in existing.items()
    }
    plan = TreePlan(places)
    for line in lines:
        old = places.get(line.code)
        # A blank cell says nothing: an organization stays where it is.
        parent_code = line.parent_code or (old.parent_code if old else "")
        if parent_code and parent_code == above_top.get(line.code):
            parent_code = ""
        if old and line.kind and line.kind != old.kind and old.kind:
            line.reading.refuse("类别", f"系统中该组织是{WORD_OF_KIND[old.kind]}，导入不能改类别")
        places[line.code] = Place(line.kind, parent_code)
        if old is None:
            if line.code in taken:
                line.reading.refuse("编码", "这个编码不能用，请核对")
            if not parent_code and "" not in within and line.kind:
                line.reading.refuse("上级编码", "须填所属的上级党组织")
            line.reading.mark_new()
            plan.to_add.append(line)
            continue
        changes = _changes(existing[line.code], line)
        if changes:
            plan.to_update[line.code] = changes
            for name in changes:
                line.reading.mark_changed(_COLUMNS[name], getattr(existing[line.code], name))
        if parent_code != old.parent_code:
            plan.to_move[line.code] = parent_code
            line.reading.mark_changed("上级编码", old.parent_code)
        if not changes and parent_code == old.parent_code:
            plan.unchanged += 1
    by_code = {line.code: line for line in lines}
    for line in lines:
        _check_place(line, places, by_code)
    plan.to_add.sort(key=lambda line: _depth(line.code, places))
    return plan


def _changes(old: Organization, line: OrganizationLine) -> dict[str, Any]:
    wanted: dict[str, str | dt.date | None] = {
        "name": line.name,
        "short_name": line.short_name,
        "founded_on": line.founded_on,
        "closed_on": line.closed_on,
    }
    changes = {
        name: value for name, value in wanted.items() if value and value != getattr(old, name)
    }
    founded_on = line.founded_on or old.founded_on
    closed_on = line.closed_on or old.closed_on
    if line.reading.is_sound and founded_on and closed_on and closed_on <= founded_on:
        column = "撤销日期" if line.closed_on else "成立日期"
        line.reading.refuse(column, f"与系统中的日期不符：成立 {founded_on}，撤销 {closed_on}")
    return changes


def _check_place(
    line: OrganizationLine, places: dict[str, Place], by_code: dict[str, OrganizationLine]
) -> None:
    above = places[line.code].parent_code
    if above and above not in places:
        line.reading.refuse("上级编码", "没有这个编码的党组织")
        return
    circle = _circle(line.code, places)
    if circle:
        # Said once, at the first row of the circle.
        rows = [by_code[code].reading.number for code in circle if code in by_code]
        if line.code in circle and line.reading.number == min(rows):
            line.reading.refuse("上级编码", f"上下级成环：{' → '.join([*circle, circle[0]])}")
        return
    kind = line.kind
    kind_above = places[above].kind if above else None
    if kind is None or (above and kind_above is None):
        return  # refused already
    if kind_above not in MAY_STAND_BELOW[kind]:
        allowed = "、".join(WORD_OF_KIND[one] if one else "顶层" for one in MAY_STAND_BELOW[kind])
        where = f"在{WORD_OF_KIND[kind_above]}之下" if kind_above else "没有上级"
        line.reading.refuse("上级编码", f"{WORD_OF_KIND[kind]}{where}；只能在其下：{allowed}")


def _circle(code: str, places: dict[str, Place]) -> list[str]:
    """The codes of the circle that leads up from the code, or nothing."""
    way: list[str] = []
    while code and code in places:
        if code in way:
            return way[way.index(code) :]
        way.append(code)
        code = places[code].parent_code
    return []


def _depth(code: str, places: dict[str, Place]) -> int:
    depth, seen = 0, set()
    while code in places and code not in seen:
        seen.add(code)
        code, depth = places[code].parent_code, depth + 1
    return depth
