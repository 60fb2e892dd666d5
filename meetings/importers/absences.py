"""The cell 缺席人员: who was away and why, and who of those expected is meant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from branches.clean import comparable
from branches.importers.values import BadValue, Cell, fold, parse_month, parse_text, split_list
from branches.roster import Expected
from meetings.models import AttendanceState
from meetings.services import LeaveLine

EVERYONE_WAS_THERE = "无"
# Without any of these a reason is a leave: 病假, 出差, 公假, 产假, 值班 and whatever else.
_ABSENT_WORDS = ("无故", "旷", "缺席", "未请假", "没请假", "未到", "无请假")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[）)]")
_BIRTH = re.compile(r"(\d{4}\s*[-/.年]?\s*\d{1,2}\s*月?)$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Absence:
    """One person named as away. `birth_month` tells namesakes apart and is usually ""."""

    name: str
    birth_month: str
    reason: str

    @property
    def leave(self) -> LeaveLine:
        """On leave with a reason; absent without one, or when the reason says so."""
        is_absent = not self.reason or any(word in self.reason for word in _ABSENT_WORDS)
        state = AttendanceState.ABSENT if is_absent else AttendanceState.ON_LEAVE
        return LeaveLine(state, self.reason)


def parse_absences(cell: Cell) -> tuple[Absence, ...]:
    """`张三（病假）、李四1980-05（出差）`; the word 无 alone is nobody."""
    text = parse_text(cell)
    if text == EVERYONE_WAS_THERE:
        return ()
    return tuple(_absence(part) for part in split_list(text))


def _absence(part: str) -> Absence:
    notes = [note.strip() for note in _BRACKETS.findall(part)]
    name = _BRACKETS.sub("", part).strip()
    birth_month, reasons = "", []
    for note in notes:
        if _BIRTH.fullmatch(fold(note)):
            birth_month = parse_month(note)
        elif note:
            reasons.append(note)
    if match := _BIRTH.search(fold(name)):
        birth_month = parse_month(match[1])
        name = fold(name)[: match.start()].strip()
    reason = "；".join(reasons)
    if not name or name == EVERYONE_WAS_THERE:
        raise BadValue(f"“{part}”中没有姓名")
    if any(sign in name for sign in "（()）"):
        raise BadValue(f"“{part}”的括号不成对")
    if len(reason) > 200:
        raise BadValue("原因超过 200 个字")
    return Absence(name, birth_month, reason)


def match_absences(
    absences: Iterable[Absence],
    expected: Iterable[Expected],
    births: Mapping[int, str],
    known_names: set[str],
) -> tuple[dict[int, LeaveLine], list[tuple[str, str]]]:
    """Leaves by member id, and (name, reason in Chinese) for each who cannot be placed.

    `births` gives 出生年月 by member id, `known_names` the comparable names of all members.
    """
    by_name: dict[str, list[Expected]] = {}
    for person in expected:
        by_name.setdefault(comparable(person.name), []).append(person)
    leaves: dict[int, LeaveLine] = {}
    refused = []
    for absence in absences:
        key = comparable(absence.name)
        namesakes = by_name.get(key, [])
        found = [
            one
            for one in namesakes
            if not absence.birth_month or births.get(one.member_id) == absence.birth_month
        ]
        if len(found) > 1:
            example = f"{absence.name}1980-05（病假）"
            reason = f"应到名单中有 {len(found)} 人同名，请写明出生年月，如 {example}"
            refused.append((absence.name, reason))
        elif found and found[0].member_id in leaves:
            refused.append((absence.name, "同一人写了两次"))
        elif found:
            leaves[found[0].member_id] = absence.leave
        elif namesakes:
            refused.append((absence.name, f"应到名单中此人的出生年月不是 {absence.birth_month}"))
        elif key in known_names:
            refused.append((absence.name, "当日不在应到名单（花名册中有此人）"))
        else:
            refused.append((absence.name, "当日不在应到名单（花名册中没有此人）"))
    return leaves, refused
