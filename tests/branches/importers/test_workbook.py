import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from branches.importers import ImportRefused
from branches.importers.roster import LAYOUTS
from branches.importers.rows import Row
from branches.importers.workbook import MOST_BYTES, is_text, read_content, read_source
from tests.branches.importers.workbooks import make_workbook, member_record, organization_record

HERE = Path(__file__).parent


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRefused) as caught:
        read_content(content, LAYOUTS)
    (problem,) = caught.value.problems
    return str(problem)


def with_entry(content: bytes, name: str, text: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, text if part.filename == name else old.read(part))
    return target.getvalue()


def test_rows_carry_the_numbers_that_excel_shows() -> None:
    content = make_workbook({"党员": [member_record("甲一"), {}, member_record("甲二")]})
    rows = read_content(content, LAYOUTS)["党员"]
    assert [(row.number, row.cells["姓名"]) for row in rows] == [(2, "甲一"), (4, "甲二")]


def test_a_title_may_stand_above_the_headings() -> None:
    content = make_workbook({"党员": [member_record("甲一")]}, title="党员花名册")
    rows = read_content(content, LAYOUTS)["党员"]
    assert [(row.number, row.cells["姓名"]) for row in rows] == [(4, "甲一")]


def test_headings_match_in_any_order_with_stars_and_spaces() -> None:
    content = make_workbook({" 党员 ": [{"入党 日期*": dt.date(2010, 7, 1), "姓　名＊": "甲一"}]})
    (row,) = read_content(content, LAYOUTS)["党员"]
    assert row.cells == {"入党日期": dt.date(2010, 7, 1), "姓名": "甲一"}


def test_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(ImportRefused) as caught:
        read_content("姓名\t入党日期\t姓名\n甲一\t2010-07-01\t乙二\n".encode(), LAYOUTS)
    (problem,) = caught.value.problems
    assert (problem.sheet, problem.row, problem.column) == ("党员", 1, "姓名")


def test_an_old_xls_workbook_is_read() -> None:
    sheets, is_partial = read_source(HERE / "roster.xls", LAYOUTS)
    assert not is_partial
    assert sheets["党组织"][0].cells["成立日期"] == dt.date(2018, 6, 1)
    assert [row.cells["姓名"] for row in sheets["党员"]] == ["古丽娜尔·艾山", "𠮷一"]
    assert sheets["党员"][0].cells["备注"] == "=1+1"


def test_pasted_text_belongs_to_the_sheet_its_headings_show() -> None:
    sheets = read_content("姓名\t入党日期\n甲一\t2010-07-01\n".encode(), LAYOUTS)
    assert sheets == {"党员": [Row(2, {"姓名": "甲一", "入党日期": "2010-07-01"})]}


def test_a_line_with_a_sheets_name_begins_that_sheet() -> None:
    text = (
        "党组织\n编码\t名称\t类别\nD01\t一支部\t党支部\n\n党员\n姓名\t入党日期\n甲一\t2010-07-01\n"
    )
    sheets = read_content(text.encode(), LAYOUTS)
    assert [(name, [row.number for row in rows]) for name, rows in sheets.items()] == [
        ("党组织", [3]),
        ("党员", [7]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_pasted_text_comes_in_the_encodings_that_excel_writes(encoding: str) -> None:
    text = "姓名\t入党日期\r\n古丽娜尔·艾山\t2010-07-01\r\n"
    (row,) = read_content(text.encode(encoding), LAYOUTS)["党员"]
    assert row.cells["姓名"] == "古丽娜尔·艾山"


def test_quoted_cells_may_hold_line_breaks_and_other_quotes_stay() -> None:
    text = (
        '姓名\t备注\t入党日期\n甲一\t"第一行\n第""二""行"\t2010-07-01\n乙二\t"引"语\t2011-07-01\n'
    )
    first, second = read_content(text.encode(), LAYOUTS)["党员"]
    assert first.cells["备注"] == '第一行\n第"二"行'
    assert second.cells["备注"] == '"引"语'
    assert second.number == 3


def test_unknown_sheets_come_without_rows() -> None:
    content = make_workbook({"党员": [member_record()], "说明": [{"怎么填": "这样填"}]})
    assert read_content(content, LAYOUTS)["说明"] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b" \r\n", "文件是空的"),
        (b"\x00\x01\x02\xff", "也不是文本"),
        ("随便一段话".encode(), "也不是带标题行的制表符分隔文本"),
        (b"PK\x03\x04 and then nothing", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "已损坏"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_readable_error(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_another_kind_of_zip_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "不是 .xlsx" in refusal(target.getvalue())


def test_a_workbook_cut_off_in_the_middle_is_refused() -> None:
    content = make_workbook({"党员": [member_record()] * 500})
    assert "已损坏" in refusal(content[: len(content) // 2])


def test_a_damaged_sheet_is_refused() -> None:
    content = make_workbook({"党员": [member_record()]})
    broken = with_entry(content, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r=")
    assert "已损坏" in refusal(broken)


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    content = make_workbook({"党员": [member_record()]})
    bomb = with_entry(content, "xl/sharedStrings.xml", b"0" * 20_000_000)
    assert len(bomb) < 100_000
    assert "解压后过大" in refusal(bomb)


def test_a_small_file_that_claims_every_cell_of_a_sheet_is_refused() -> None:
    content = make_workbook({"党员": [member_record()]})
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    bomb = with_entry(content, "xl/worksheets/sheet1.xml", sheet)
    assert len(bomb) < 10_000
    assert "无法读取" in refusal(bomb) or "超过" in refusal(bomb)


def test_more_columns_than_any_roster_has_are_refused() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("党员").write_row(0, 0, ["列"] * 201)
    book.close()
    assert "200 列" in refusal(target.getvalue())


def test_a_file_above_the_limit_is_refused() -> None:
    assert "超过 50 MB" in refusal(b"x" * (MOST_BYTES + 1))


def test_a_missing_file_is_one_readable_error(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_source(tmp_path / "nothing.xlsx", LAYOUTS)
    assert "找不到文件" in caught.value.report()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as caught:
        read_source(tmp_path, LAYOUTS)
    assert "无法读取文件" in caught.value.report()


def test_the_first_bytes_tell_text_from_a_workbook() -> None:
    assert is_text("姓名\t".encode())
    assert not is_text(make_workbook({"党组织": [organization_record()]}))
