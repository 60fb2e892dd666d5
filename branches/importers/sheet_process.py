"""Run as a program of its own: a workbook on standard input, its cells on standard output.

Excel files come from anywhere, and a small one can claim more cells than any memory holds. So
the file is opened in a process that may use one gigabyte and one minute of computing, and that
may die. It imports nothing of this project. Output: one JSON text a line, either
`["sheet", name]`, `["row", number, cells]` or `["refused", reason]`; a date or time in a cell
is `{"date" | "datetime" | "time" | "duration": text or seconds}`.
"""

import datetime as dt
import io
import json
import resource
import sys

import python_calamine

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 60
MOST_SHEETS = 50
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 200_000_000


def main() -> None:
    """Read, print, stop at the first thing too large."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        names = workbook.sheet_names
        if len(names) > MOST_SHEETS:
            _say("refused", f"工作表超过 {MOST_SHEETS} 张")
            return
        for name in names:
            _say("sheet", name)
            if not _say_rows(workbook.get_sheet_by_name(name)):
                return
    except python_calamine.PasswordError:
        _say("refused", "文件设有密码，请去掉密码后再导入")
    except python_calamine.CalamineError:
        _say("refused", "文件已损坏，或不是 Excel 工作簿")


def _say_rows(sheet: python_calamine.CalamineSheet) -> bool:
    """Print the rows that hold anything; False when the sheet is too large."""
    said = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            _say("refused", f"工作表“{sheet.name}”超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列")
            return False
        said += sum(len(cell) for cell in cells if isinstance(cell, str))
        if said > MOST_CHARACTERS:
            _say("refused", f"工作表“{sheet.name}”的文字过多")
            return False
        _say("row", number, [_plain(cell) for cell in cells])
    return True


def _plain(cell: object) -> object:
    if isinstance(cell, dt.datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, dt.time):
        return {"time": cell.isoformat()}
    if isinstance(cell, dt.timedelta):
        return {"duration": cell.total_seconds()}
    return cell


def _say(*words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")


if __name__ == "__main__":
    main()
