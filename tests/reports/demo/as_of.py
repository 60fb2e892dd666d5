"""Who belonged where on a day, read from the roster's rows alone: a second opinion for tests."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reports.demo import roster_rows

COMMITTEE_TITLES = {"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员"}


@dataclass(frozen=True)
class Rows:
    """The two sheets of a roster with the few questions the tests ask."""

    organizations: list[dict[str, Any]]
    people: list[dict[str, Any]]
    _by_code: dict[str, dict[str, Any]]

    @classmethod
    @lru_cache
    def of(cls, year: int) -> "Rows":
        sheets = roster_rows(year)
        return cls(sheets["党组织"], sheets["党员"], {row["编码"]: row for row in sheets["党组织"]})

    def parent(self, code: str) -> str:
        return self._by_code[code]["上级编码"]

    def kind(self, code: str) -> str:
        return self._by_code[code]["类别"]

    def chain(self, code: str) -> list[str]:
        """The organization and all above it."""
        return [code, *self.chain(self.parent(code))] if code else []

    def is_seat(self, row: dict[str, Any]) -> bool:
        return self.kind(row["党组织编码"]) in ("党委", "党总支")

    def in_force(self, day: dt.date) -> list[dict[str, Any]]:
        return [
            row
            for row in self.people
            if start_of(row) <= day and (row["转出日期"] == "" or day < row["转出日期"])
        ]

    def members(self, day: dt.date, codes: list[str]) -> list[dict[str, Any]]:
        return [
            row
            for row in self.in_force(day)
            if not self.is_seat(row) and set(codes) & set(self.chain(row["党组织编码"]))
        ]

    def committee(self, day: dt.date, code: str) -> list[dict[str, Any]]:
        def home(row: dict[str, Any]) -> str:
            own = row["党组织编码"]
            return self.parent(own) if self.kind(own) == "党小组" else own

        return [
            row
            for row in self.in_force(day)
            if home(row) == code and set(row["党内职务"].split("、")) & COMMITTEE_TITLES
        ]

    def expected(self, activity: dict[str, Any]) -> list[dict[str, Any]]:
        codes, kinds = activity["党组织编码"].split("、"), activity["类型"].split("、")
        if {"支部委员会会议", "党委会"} & set(kinds):
            return self.committee(activity["日期"], codes[0])
        return self.members(activity["日期"], codes)


def start_of(row: dict[str, Any]) -> dt.date:
    return row["转入日期"] or row["入党日期"]


def is_full(row: dict[str, Any], day: dt.date) -> bool:
    return row["转正日期"] != "" and row["转正日期"] <= day


def absent_names(activity: dict[str, Any]) -> list[str]:
    cell = activity["缺席人员"]
    if cell in ("", "无"):
        return []
    return [re.sub(r"（.*）", "", part) for part in cell.split("、")]
