"""Cells to values: dates, times, numbers, lists. Blank cells never get here.

Full-width digits and signs are folded in numbers, dates and codes only; names and prose stay as
typed. Every function raises BadValue with the reason in Chinese.
"""

import datetime as dt
import re
from decimal import Decimal

from branches.clean import clean_line, clean_text

# What a cell of a sheet may hold.
Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

# The Party was founded in 1921: an earlier day on a roster is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1921, 2100

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", re.ASCII)
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_TIME = re.compile(
    r"(上午|下午)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?(?::\d{1,2})?", re.ASCII
)
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SEPARATORS = "、，,;；\n"
_OPENING, _CLOSING = "《（(【[〈", "》）)】]〉"


class BadValue(ValueError):
    """The cell cannot be read as what it should be; the text is the reason in Chinese."""


def shown(cell: Cell) -> str:
    """The cell as text, the way Excel shows it in its plainest format."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.time):
        return cell.isoformat("minutes")
    return str(cell)


def fold(cell: Cell) -> str:
    """The cell as text with full-width letters, digits and signs folded to ASCII."""
    return clean_line(shown(cell).translate(_FULL_WIDTH))


def parse_line(cell: Cell) -> str:
    """Text of one line."""
    return clean_line(shown(cell))


def parse_text(cell: Cell) -> str:
    """Text of several lines."""
    return clean_text(shown(cell))


def parse_code(cell: Cell) -> str:
    """A code: one line without white space, full-width signs folded."""
    return fold(cell).replace(" ", "")


def parse_date(cell: Cell) -> dt.date:
    """A day in any of the usual notations, or as Excel keeps it."""
    if isinstance(cell, dt.datetime):
        return _in_range(cell.date())
    if isinstance(cell, dt.date):
        return _in_range(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 59 < cell < 100_000:
        # An Excel date whose cell lost its format: days since the epoch.
        return _in_range(_EXCEL_EPOCH + dt.timedelta(days=int(cell)))
    text = _MIDNIGHT.sub("", fold(cell))
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if match is None:
        raise BadValue("不是能识别的日期，请写成 2023-03-05 的样式")
    try:
        return _in_range(dt.date(*(int(part) for part in match.groups())))
    except ValueError as error:
        if isinstance(error, BadValue):
            raise
        raise BadValue("没有这一天") from None


def parse_month(cell: Cell) -> str:
    """A month of birth as "YYYY-MM"; a whole date gives its month."""
    if isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", str(cell)):
        # A number cell drops the nought: 1980.1 was typed as 1980.10, or meant January.
        raise BadValue("分不清是 1 月还是 10 月，请写成 1980-01 或 1980-10 的样式")
    text = fold(cell)
    match = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    if match is not None:
        year, month = (int(part) for part in match.groups())
    else:
        try:
            day = parse_date(cell)
        except BadValue:
            raise BadValue("不是能识别的年月，请写成 1980-05 的样式") from None
        year, month = day.year, day.month
    if not (1 <= month <= 12 and 1880 <= year <= LAST_YEAR):
        raise BadValue("没有这个年月")
    return f"{year:04}-{month:02}"


def parse_time(cell: Cell) -> dt.time:
    """A time of the day to the minute."""
    if isinstance(cell, dt.datetime):
        cell = cell.time()
    if isinstance(cell, dt.time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = round(cell * 24 * 60)
        return dt.time(minutes // 60 % 24, minutes % 60)
    match = _TIME.fullmatch(fold(cell))
    if match is None:
        raise BadValue("不是能识别的时间，请写成 14:30 的样式")
    half, hour, minute = match[1], int(match[2]), int(match[3] or 0)
    if half == "下午" and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise BadValue("没有这个时刻")
    return dt.time(hour, minute)


def parse_count(cell: Cell) -> int:
    """A whole number from 0 to 32,767 (what the database's small column holds)."""
    text = fold(cell)
    if re.fullmatch(r"\d{1,9}", text, re.ASCII) is None:
        raise BadValue("应为不小于 0 的整数")
    if int(text) > 32_767:
        raise BadValue("数字过大")
    return int(text)


def parse_hours(cell: Cell) -> Decimal:
    """Study hours: 0 to 24, at most one decimal."""
    text = fold(cell)
    if re.fullmatch(r"\d{1,3}(\.\d)?0*", text, re.ASCII) is None:
        raise BadValue("应为数字，最多一位小数")
    hours = Decimal(text).quantize(Decimal("0.1"))
    if hours > 24:
        raise BadValue("学时应在 0 到 24 之间")
    return hours


def split_list(text: str, *, separators: str = _SEPARATORS) -> list[str]:
    """The parts of a list written with 、 (or a comma, semicolon, line break), without blanks.

    Separators inside brackets or 《》 belong to the part.
    """
    parts, depth = [""], 0
    for sign in text:
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
        if depth == 0 and sign in separators:
            parts.append("")
        else:
            parts[-1] += sign
    return [part for raw in parts if (part := clean_line(raw))]


def split_codes(cell: Cell) -> list[str]:
    """A list of codes, each once, in the order given."""
    return list(dict.fromkeys(parse_code(part) for part in split_list(shown(cell))))


def split_bracket(text: str) -> tuple[str, str]:
    """`张三（病假）` as ("张三", "病假"); either kind of bracket; "" without one."""
    match = re.fullmatch(r"(.*?)\s*[（(](.*)[）)]", text)
    return (match[1].strip(), match[2].strip()) if match else (text, "")


def _in_range(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadValue(f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间")
    return day
