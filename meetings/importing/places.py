"""Organizations named in a file by their names instead of their codes."""

import re
from collections import defaultdict
from collections.abc import Iterable

from branches.clean import comparable
from branches.importers.problems import Problem
from branches.importers.roster.lines import ORGANIZATIONS
from branches.importers.rows import Row, Sheets
from branches.importers.values import parse_code, parse_line, shown, split_list
from branches.models import Organization

_COLUMNS = ("党组织编码", "上级编码")
_NAMES = ("名称", "简称")
_CHINESE = re.compile("[㐀-鿿]")


class Places:
    """The organizations that the file or the database knows, by code and by name."""

    def __init__(self, organizations: Iterable[Organization], sheets: Sheets) -> None:
        self.codes: set[str] = set()
        self.by_name: dict[str, set[str]] = defaultdict(set)
        for one in organizations:
            self._add(one.code, one.name, one.short_name)
        for row in sheets.get(ORGANIZATIONS.name, ()):
            names = [parse_line(row.cells.get(column)) for column in _NAMES]
            self._add(parse_code(row.cells.get("编码")), *names)

    def _add(self, code: str, *names: str) -> None:
        if code:
            self.codes.add(code)
            for name in filter(None, names):
                self.by_name[comparable(name)].add(code)

    def code_of(self, text: str) -> tuple[str, str]:
        """The code that the text is or names, and what is wrong with it ("" for nothing)."""
        code = parse_code(text)
        if code in self.codes:
            return code, ""
        named = self.by_name.get(comparable(text), set())
        if len(named) == 1:
            return next(iter(named)), ""
        if named:
            return text, f"有 {len(named)} 个党组织叫这个名称，请写编码：{'、'.join(sorted(named))}"
        # What looks like a code is judged by the importer, in the words of its row.
        return text, "没有叫这个名称的党组织，请核对或写编码" if _CHINESE.search(text) else ""


def with_codes(
    sheets: Sheets, organizations: Iterable[Organization]
) -> tuple[dict[str, list[Row]], list[Problem]]:
    """The sheets with names replaced by codes where one stands for the other, and what could not
    be replaced. A cell that holds codes alone stays as it is."""
    places = Places(organizations, sheets)
    problems: list[Problem] = []
    return {
        name: [_row_with_codes(name, row, places, problems) for row in rows]
        for name, rows in sheets.items()
    }, problems


def _row_with_codes(sheet: str, row: Row, places: Places, problems: list[Problem]) -> Row:
    cells = dict(row.cells)
    for column in _COLUMNS:
        text = shown(cells.get(column))
        parts = split_list(text)
        found = [places.code_of(part) for part in parts]
        for part, (_code, reason) in zip(parts, found, strict=True):
            if reason:
                problems.append(Problem(sheet, row.number, column, part, reason))
        codes = [code for code, _reason in found]
        if codes != [parse_code(part) for part in parts]:
            cells[column] = "、".join(codes)
    return Row(row.number, cells)
