"""What is wrong with a workbook, said so that its author finds the cell."""

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_VALUE_SHOWN = 60

# Where two imports run at once the database lets one of them through.
WRITTEN_BY_ANOTHER = "数据库拒绝了写入（可能有人同时在导入或修改），请再试一次"


@dataclass(frozen=True, slots=True)
class Problem:
    """One error: where it is, what stands there, and why it cannot be taken.

    `row` is the number Excel shows beside the row; None when the whole sheet or file is meant,
    and `sheet` is "" for the file.
    """

    sheet: str
    row: int | None
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = [f"工作表“{self.sheet}”"] if self.sheet else []
        if self.row is not None:
            place.append(f"第 {self.row} 行")
        if self.column:
            place.append(f"“{self.column}”列")
        value = self.value.replace("\n", " ")
        if len(value) > _LONGEST_VALUE_SHOWN:
            value = value[:_LONGEST_VALUE_SHOWN] + "…"
        shown = f"（值：{value}）" if value else ""
        return f"{' '.join(place)}{shown}：{self.reason}" if place else self.reason


class ImportRefused(Exception):
    """The file was not taken. `problems` are all that was found; nothing was written.

    The text of the exception itself counts them only, so that no name reaches a log.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        order: dict[str, int] = {}
        self.problems = tuple(problems)
        for problem in self.problems:
            order.setdefault(problem.sheet, len(order))
        self.problems = tuple(
            sorted(self.problems, key=lambda one: (order[one.sheet], one.row or 0))
        )
        super().__init__(f"{len(self.problems)} problems in the file")

    def report(self) -> str:
        """All problems, one a line, under a line that counts them."""
        lines = [f"发现 {len(self.problems)} 处问题，未写入任何数据："]
        return "\n".join([*lines, *(f"  {problem}" for problem in self.problems)])


def file_refused(reason: str) -> ImportRefused:
    """The refusal of a whole file that cannot be read at all."""
    return ImportRefused([Problem("", None, "", "", reason)])
