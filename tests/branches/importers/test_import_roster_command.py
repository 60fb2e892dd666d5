from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from branches.models import Member
from tests.branches.importers.workbooks import make_workbook, member_record, organization_record

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent


def run(path: Path, **options: bool) -> list[str]:
    output = StringIO()
    call_command("import_roster", str(path), stdout=output, **options)
    return output.getvalue().splitlines()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(
        make_workbook({"党组织": [organization_record()], "党员": [member_record(血型="A")]})
    )
    return path


def test_it_says_what_was_new_and_the_second_time_that_nothing_changed(workbook: Path) -> None:
    assert run(workbook) == [
        "党组织：新增 1，更新 0，未变 0",
        "党员：新增 1，更新 0，未变 0",
        "组织关系：新增 1，更新 0，未变 0",
        "党内职务：新增 0，更新 0，未变 0",
        "已忽略（不认识）：工作表“党员”的“血型”列",
        "导入完成。",
    ]
    assert run(workbook)[-1] == "文件内容均已在系统中，没有任何变化。"


def test_check_writes_nothing(workbook: Path) -> None:
    assert run(workbook, check=True)[-1] == "检查通过，未写入任何数据。"
    assert not Member.objects.exists()


def test_check_reports_the_same_errors(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(
        make_workbook({"党组织": [organization_record()], "党员": [member_record(code="X")]})
    )
    said = []
    for check in (True, False):
        with pytest.raises(CommandError) as caught:
            run(path, check=check)
        said.append((str(caught.value), caught.value.returncode))
    assert said[0] == said[1]
    assert said[0][1] == 1
    assert "第 2 行 “党组织编码”列（值：X）" in said[0][0]


def test_an_old_xls_workbook_is_imported() -> None:
    run(HERE / "roster.xls")
    assert set(Member.objects.values_list("name", "birth_month")) == {
        ("古丽娜尔·艾山", "1990-03"),
        ("𠮷一", "1985-12"),
    }


def test_pasted_members_are_imported_into_known_organizations(
    workbook: Path, tmp_path: Path
) -> None:
    run(workbook)
    pasted = tmp_path / "pasted.txt"
    pasted.write_text("姓名\t党组织编码\t党员类别\t入党日期\n乙二\tD01\t预备党员\t2025.6.3\n")
    assert "党员：新增 1，更新 0，未变 0" in run(pasted)


def test_a_missing_file_ends_with_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="找不到文件"):
        run(tmp_path / "nothing.xlsx")
