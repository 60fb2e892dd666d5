"""Files and pasted text to rows, safely: .xlsx, .xls and tab-separated text."""

import datetime as dt
import io
import json
import subprocess  # nosec B404: our own program, no shell
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from branches.clean import clean_text
from branches.importers.problems import ImportRefused, Problem, file_refused
from branches.importers.rows import Layout, Row, count_headings, heading_of
from branches.importers.tsv import grids_of_text, sections_of_text
from branches.importers.values import Cell, parse_line

MOST_BYTES = 50 * 1024 * 1024
_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 400 * 1024 * 1024
# Real workbooks shrink 5 to 60 times; above this a large part is a bomb.
_MOST_RATIO = 300
_SMALL_PART = 5 * 1024 * 1024
_MOST_SECONDS = 120
_ROWS_ABOVE_HEADINGS = 20

_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# A sheet as it stands: (row number, cells from the first column on).
Grid = list[tuple[int, list[Cell]]]


def read_source(path: Path, layouts: Sequence[Layout]) -> tuple[dict[str, list[Row]], bool]:
    """The sheets of a file (see `read_content`), and whether it is text, where one table of
    several is enough. ImportRefused when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise file_refused(f"找不到文件：{path}") from None
    except OSError as error:
        raise file_refused(f"无法读取文件：{path}（{error.strerror}）") from None
    return read_content(content, layouts), is_text(content)


def is_text(content: bytes) -> bool:
    """Whether this is text rather than a workbook, by its first bytes."""
    return not content.startswith((_ZIP_MAGIC, _OLE_MAGIC))


def read_content(content: bytes, layouts: Sequence[Layout]) -> dict[str, list[Row]]:
    """Sheets by name, each a list of rows; sheets outside the layouts come without rows.

    The kind of file is told by its first bytes, never by its name. ImportRefused when it is
    empty, too large, damaged, protected or none of the three kinds, or when a heading stands
    twice in a sheet.
    """
    _check_size(content)
    if is_text(content):
        return _sheets(grids_of_text(content, layouts), layouts)
    return _sheets(_grids(content), layouts)


def read_grids(content: bytes, names: Sequence[str]) -> list[tuple[str, Grid]]:
    """The sheets as they stand, by name, in their order; ImportRefused as in `read_content`.

    Text is one sheet without a name, or several, each below a line that is one of `names`.
    """
    _check_size(content)
    if is_text(content):
        return list(sections_of_text(content, names).items())
    return list(_grids(content).items())


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise file_refused("文件是空的")
    if len(content) > MOST_BYTES:
        raise file_refused(f"文件超过 {MOST_BYTES // 1024 // 1024} MB")


def _check_zip(content: bytes) -> None:
    """Refuse what is no .xlsx, or would unpack into more than a workbook can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise file_refused("文件已损坏，或不是 Excel 工作簿") from None
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise file_refused("不是 .xlsx 工作簿")
    is_bomb = (
        len(parts) > _MOST_ENTRIES
        or sum(part.file_size for part in parts) > _MOST_UNPACKED
        or any(
            part.file_size > max(_SMALL_PART, _MOST_RATIO * part.compress_size) for part in parts
        )
    )
    if is_bomb:
        raise file_refused("文件解压后过大，不予打开")


def _grids(content: bytes) -> dict[str, Grid]:
    """The cells of a workbook, read by a process of its own."""
    if content.startswith(_ZIP_MAGIC):
        _check_zip(content)
    program = [sys.executable, "-P", str(Path(__file__).with_name("sheet_process.py"))]
    try:
        done = subprocess.run(  # nosec B603: fixed program, the file comes by standard input
            program, input=content, capture_output=True, timeout=_MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise file_refused("文件过大，读取超时") from None
    grids: dict[str, Grid] = {}
    grid: Grid = []
    for line in done.stdout.splitlines() if done.returncode == 0 else ():
        match json.loads(line):
            case ["refused", str(reason)]:
                raise file_refused(reason)
            case ["sheet", str(name)]:
                grid = grids.setdefault(name, [])
            case ["row", int(number), list(cells)]:
                grid.append((number, [cell_from_json(cell) for cell in cells]))
    if done.returncode != 0:
        raise file_refused("文件过大或已损坏，无法读取")
    return grids


def cell_as_json(cell: Cell) -> object:
    """The cell as `cell_from_json` takes it; texts as they may be stored."""
    if isinstance(cell, dt.datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, dt.time):
        return {"time": cell.isoformat()}
    if isinstance(cell, dt.timedelta):
        return {"duration": cell.total_seconds()}
    return clean_text(cell) if isinstance(cell, str) else cell


def cell_from_json(cell: object) -> Cell:
    """A cell as the program of `sheet_process.py` prints it."""
    match cell:
        case {"datetime": str(text)}:
            return dt.datetime.fromisoformat(text)
        case {"date": str(text)}:
            return dt.date.fromisoformat(text)
        case {"time": str(text)}:
            return dt.time.fromisoformat(text)
        case {"duration": int(seconds) | float(seconds)}:
            return dt.timedelta(seconds=seconds)
        case bool() | int() | float() | str():
            return cell
    return None


def _sheets(grids: dict[str, Grid], layouts: Sequence[Layout]) -> dict[str, list[Row]]:
    by_name = {layout.name: layout for layout in layouts}
    sheets: dict[str, list[Row]] = {}
    for written_name, grid in grids.items():
        name = parse_line(written_name).replace(" ", "")
        sheets[name] = _rows(grid, by_name[name]) if name in by_name else []
    return sheets


def _rows(grid: Grid, layout: Layout) -> list[Row]:
    """The rows below the headings. A title may stand above them."""
    filled = [(number, cells) for number, cells in grid if any(parse_line(cell) for cell in cells)]
    index = _index_of_headings(filled, layout)
    if index is None:
        return []
    number, cells = filled[index]
    headings = [heading_of(cell) for cell in cells]
    twice = {one for one in headings if one in layout.columns and headings.count(one) > 1}
    if twice:
        raise ImportRefused(
            Problem(layout.name, number, heading, "", "这一列出现了两次") for heading in twice
        )
    return [
        Row(
            number,
            {
                heading: cells[column] if column < len(cells) else None
                for column, heading in enumerate(headings)
                if heading
            },
        )
        for number, cells in filled[index + 1 :]
    ]


def _index_of_headings(filled: Grid, layout: Layout) -> int | None:
    """The first row that looks like headings; the first row when none does."""
    for index, (_, cells) in enumerate(filled[:_ROWS_ABOVE_HEADINGS]):
        if count_headings(cells, layout) >= 2:
            return index
    return 0 if filled else None
