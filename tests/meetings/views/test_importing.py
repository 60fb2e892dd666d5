"""Imports in a browser without scripts: every step is a form."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from branches.importers import ImportRefused
from branches.importers.tables import read_tables
from branches.models import Member, Organization, Role, User
from meetings.importing.engines import ALL_LAYOUTS
from meetings.models import ImportRow, ImportRun, ImportState
from tests.branches.importers.workbooks import make_workbook, member_record
from tests.factories import make_bureau, make_organization, make_user
from tests.meetings.importing.runs import make_import, pasted, rows_of, table
from tests.security.pages import parsed, typed_form

pytestmark = pytest.mark.django_db

LIST = "/imports/"
HEAD = "姓名|党组织编码|出生日期|党员类别|入党日期|电话"


@pytest.fixture
def bureau() -> Organization:
    bureau, _branches = make_bureau()
    return bureau


@pytest.fixture
def user(bureau: Organization) -> User:
    return make_user("admin", role=Role.ADMINISTRATOR, organization=bureau)


@pytest.fixture
def client(user: User) -> Client:
    client = Client(headers={"Accept-Language": "zh-CN"})
    client.force_login(user)
    return client


def upload(client: Client, content: bytes, name: str = "花名册.xlsx") -> Any:
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)})


def page_of(client: Client, run: ImportRun, query: str = "") -> str:
    return client.get(f"{LIST}{run.pk}/{query}").content.decode()


def test_a_pasted_roster_is_corrected_in_place_and_written_without_a_script(
    client: Client,
) -> None:
    rows = [f"甲{number}|D01|1980-5|正式党员|2010-7-1|" for number in range(60)]
    rows[57] = "甲57|D01|1980-5|正式|2010-7-1|"
    answer = client.post(LIST, {"pasted": pasted(HEAD, *rows).decode()})
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("import_detail", args=[run.pk])

    html = page_of(client, run)
    assert "应为其中之一：正式党员、预备党员" in html
    assert "出生日期 → <strong>出生年月</strong>" in html
    assert "不导入的列：电话" in html.replace("<span>", "").replace("\n", "")
    assert "全部导入" not in html
    wrong = run.rows.get(state=ImportRow.State.ERROR)
    form = next(one for one in parsed(html).forms if f"cell-{wrong.pk}-3" in one.fields)
    form.fields[f"cell-{wrong.pk}-3"] = "正式党员"
    client.post(f"{LIST}{run.pk}/", dict(form.form_values()))

    html = page_of(client, run)
    form = next(one for one in parsed(html).forms if str(one.action).endswith("/commit/"))
    answer = client.post(form.action, dict(form.form_values()), follow=True)
    assert "已导入" in answer.content.decode()
    assert Member.objects.count() == 60


def test_errors_alone_are_shown_first_and_pages_are_short(client: Client, user: User) -> None:
    run = make_import(
        user,
        Organization.objects.get(code="D00"),
        table([member_record(f"甲{number}", "D01" if number else "X") for number in range(120)]),
    )
    assert page_of(client, run).count('id="row-') == 1
    assert page_of(client, run, "?show=ALL").count('id="row-') == 50
    assert page_of(client, run, "?show=ALL&page=3").count('id="row-') == 20
    assert page_of(client, run, "?show=NEW&page=9999").count('id="row-') == 19


def test_any_row_may_be_typed_in(client: Client, user: User, bureau: Organization) -> None:
    run = make_import(user, bureau)
    (row,) = rows_of(run)
    html = page_of(client, run, f"?show=ALL&edit={row.pk}")
    form = typed_form(html, containing=f"cell-{row.pk}-0")
    assert form[f"cell-{row.pk}-0"] == "新一"
    client.post(f"{LIST}{run.pk}/", form | {f"cell-{row.pk}-0": "新二"})
    assert rows_of(run)[0].cells[0] == "新二"


def test_a_column_is_read_as_chosen(client: Client, user: User, bureau: Organization) -> None:
    run = make_import(
        user, bureau, pasted("姓名|单位|党员类别|入党日期", "甲一|D01|正式党员|2010-7-1")
    )
    assert "缺少这一必填列" in page_of(client, run)
    sent = {"version": run.version, "layout-0": "党员", "column-0-1": "党组织编码"}
    client.post(f"{LIST}{run.pk}/columns/", sent)
    assert rows_of(run)[0].state == "NEW"
    client.post(f"{LIST}{run.pk}/columns/", {"version": 2, "layout-0": "党组织"})
    run.refresh_from_db()
    assert run.sheets[0]["columns"] == ["", "", "", ""]


def test_corrections_of_rows_that_were_checked_again_are_kept_to_be_sent_again(
    client: Client, user: User, bureau: Organization
) -> None:
    run = make_import(user, bureau, table([member_record("甲一", "X")]))
    (row,) = rows_of(run)
    answer = client.post(f"{LIST}{run.pk}/", {"version": 99, f"cell-{row.pk}-1": "D01"})
    assert answer.status_code == 409
    form = typed_form(answer.content.decode(), containing=f"cell-{row.pk}-1")
    assert form[f"cell-{row.pk}-1"] == "D01"
    client.post(f"{LIST}{run.pk}/", form)
    assert rows_of(run)[0].state == "NEW"


def test_cells_of_another_import_are_not_touched(
    client: Client, user: User, bureau: Organization
) -> None:
    run, other = make_import(user, bureau), make_import(user, bureau)
    (row,) = rows_of(other)
    sent = {"version": 1, f"cell-{row.pk}-0": "改", "out_shown": row.pk, "out": row.pk}
    client.post(f"{LIST}{run.pk}/", sent)
    assert rows_of(other)[0].cells[0] == "新一"


@pytest.mark.parametrize(
    "sent",
    [
        {f"cell-{10**17}-0": "x", "cell-1-9999": "x", "cell-²-1": "x", "cell-a-b": "x"},
        {"out_shown": ["x", "９", str(10**17)], "out": "\x00"},
        {"version": "９", "cell-1-1": "\x00"},
        {"version": "9" * 400},
    ],
)
def test_what_no_page_sends_does_no_harm(
    client: Client, user: User, bureau: Organization, sent: dict[str, Any]
) -> None:
    run = make_import(user, bureau)
    assert client.post(f"{LIST}{run.pk}/", {"version": 1} | sent).status_code in (302, 409)
    assert rows_of(run)[0].cells[0] == "新一"
    odd = {"version": 1, "layout-0": "\x00", "column-0-0": "没有的列"}
    assert client.post(f"{LIST}{run.pk}/columns/", odd).status_code in (302, 409)


def test_a_large_import_goes_to_the_worker(
    client: Client,
    user: User,
    bureau: Organization,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("meetings.importing.writing._SMALL", 0)
    run = make_import(user, bureau)
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(f"{LIST}{run.pk}/commit/", {"version": 1})
    assert len(callbacks) == 1
    run.refresh_from_db()
    assert run.state == ImportState.QUEUED
    assert "正在后台写入" in page_of(client, run)
    assert b"<progress" in client.get(f"{LIST}{run.pk}/progress/").content
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.OPEN)
    assert client.get(f"{LIST}{run.pk}/progress/")["HX-Refresh"] == "true"


def test_an_administrator_of_two_trees_says_which(client: Client, user: User) -> None:
    other = make_organization("E00", name="另一党委")
    user.appointments.create(role=Role.ADMINISTRATOR, organization=other, started_on="2000-01-01")
    content = pasted("姓名|党组织编码|党员类别|入党日期", "甲一|E00|正式党员|2010-7-1").decode()
    client.post(LIST, {"pasted": content, "organization": other.pk})
    run = ImportRun.objects.get()
    assert (run.organization, rows_of(run)[0].state) == (other, "NEW")
    assert client.post(LIST, {"pasted": content, "organization": 9_999}).status_code == 422


def test_the_queries_of_a_page_do_not_grow_with_its_rows(
    client: Client, user: User, bureau: Organization, django_assert_max_num_queries: Any
) -> None:
    run = make_import(user, bureau, table([member_record(f"甲{n}", "X") for n in range(50)]))
    with django_assert_max_num_queries(12):
        page_of(client, run)


# --- files -----------------------------------------------------------------------------------


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return file.getvalue()


WORKBOOK = make_workbook({"党员": [member_record()]})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"   \n", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "不是"),
        (b"MZ\x90\x00" + bytes(100), "不是"),
        (WORKBOOK[:900], "损坏"),
        (zipped(**{"xl__document.xml": "<x/>"}), "不是 .xlsx 工作簿"),
        (zipped(**{"xl__workbook.xml": "0" * 60_000_000}), "解压后过大"),
        (zipped(**{"xl__workbook.xml": "<x/>"}), "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        (pasted("品名|单价", "纸|3"), "没有找到认识的列标题"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    client: Client, content: bytes, reason: str
) -> None:
    answer = upload(client, content)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_sheet_that_claims_a_million_rows_is_refused(client: Client) -> None:
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        'spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    answer = upload(client, with_sheet(sheet))
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode() or "invalid-feedback" in answer.content.decode()


def with_sheet(xml: str, **more: str) -> bytes:
    """The workbook with its only sheet replaced."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, xml.encode() if is_sheet else old.read(name))
        for name, text in more.items():
            new.writestr(name.replace("__", "/"), text)
    return file.getvalue()


def test_macros_and_links_to_other_files_are_not_looked_at(client: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old:
        sheet = old.read("xl/worksheets/sheet1.xml").decode()
    content = with_sheet(
        sheet,
        **{
            "xl__vbaProject.bin": "Sub Auto_Open() : Shell 'calc' : End Sub",
            "xl__externalLinks__externalLink1.xml": "<externalLink/>",
            "xl__externalLinks___rels__externalLink1.xml.rels": (
                '<Relationships><Relationship Target="http://127.0.0.1:9/x.xlsx" '
                'TargetMode="External"/></Relationships>'
            ),
        },
    )
    assert upload(client, content, "宏.xlsm").status_code == 302
    assert [row.state for row in ImportRow.objects.all()] == ["NEW"]


@pytest.mark.parametrize(
    "name", ["花名册.txt", "花名册", "..\\..\\x.exe", "甲\x00乙.xlsx", "长" * 400]
)
def test_the_kind_of_a_file_is_told_by_its_bytes_not_by_its_name(client: Client, name: str) -> None:
    assert upload(client, WORKBOOK, name).status_code == 302
    assert ImportRun.objects.get().file_name


def test_a_name_that_is_markup_is_a_name(client: Client) -> None:
    content = pasted(HEAD, "<script>alert(1)</script>|X<b>|1980-5|正式党员|2010-7-1|")
    client.post(LIST, {"pasted": content.decode()})
    html = page_of(client, ImportRun.objects.get())
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_pasting_and_choosing_a_file_at_once_is_asked_about(client: Client) -> None:
    file = SimpleUploadedFile("花名册.xlsx", WORKBOOK)
    answer = client.post(LIST, {"file": file, "pasted": "姓名\t入党日期"})
    assert answer.status_code == 422
    assert "只能用一种" in answer.content.decode()
    assert "姓名\t入党日期" in answer.content.decode()
    assert client.post(LIST, {"pasted": " \n\t"}).status_code == 422


# --- templates -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["roster", "activities"])
def test_a_template_has_every_fixed_heading_and_an_example_that_is_passed_over(
    client: Client, kind: str
) -> None:
    content = client.get(f"{LIST}template/{kind}/").content
    tables = read_tables(content, ALL_LAYOUTS)
    layouts = {layout.name: layout for layout in ALL_LAYOUTS}
    assert len(tables) == {"roster": 2, "activities": 4}[kind]
    for one in tables:
        assert tuple(one.headings) == layouts[one.layout].columns
    upload(client, content)
    assert {row.left_out for row in ImportRow.objects.all()} == {"EXAMPLE"}


def test_there_is_no_other_template(client: Client) -> None:
    assert client.get(f"{LIST}template/other/").status_code == 404


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch, user: User) -> None:
    monkeypatch.setattr("meetings.importing.starting.MOST_ROWS", 1)
    with pytest.raises(ImportRefused, match="1 problems"):
        make_import(user, None, table([member_record("甲一"), member_record("甲二")]))
