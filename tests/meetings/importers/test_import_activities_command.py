from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meetings.models import Activity, Status
from tests.branches.importers.workbooks import activity_record, make_workbook
from tests.factories import make_bureau

pytestmark = pytest.mark.django_db


def run(path: Path, **options: bool) -> list[str]:
    output = StringIO()
    call_command("import_activities", str(path), stdout=output, **options)
    return output.getvalue().splitlines()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    make_bureau()
    path = tmp_path / "活动.xlsx"
    path.write_bytes(make_workbook({"活动": [activity_record()]}))
    return path


def test_it_says_what_was_new_and_the_second_time_that_nothing_changed(workbook: Path) -> None:
    assert run(workbook) == [
        "活动：新增 1，更新 0，未变 0",
        "整改：新增 0，更新 0，未变 0",
        "评议：新增 0，更新 0，未变 0",
        "导入完成。",
    ]
    activity = Activity.objects.get()
    assert (activity.imported_file, activity.status) == ("活动.xlsx", Status.ACCEPTED)
    assert run(workbook)[-1] == "文件内容均已在系统中，没有任何变化。"


def test_check_writes_nothing(workbook: Path) -> None:
    assert run(workbook, check=True)[-1] == "检查通过，未写入任何数据。"
    assert not Activity.objects.exists()


def test_as_draft_imports_drafts(workbook: Path) -> None:
    run(workbook, as_draft=True)
    assert Activity.objects.get().status == Status.DRAFT


def test_errors_end_with_exit_code_one(tmp_path: Path) -> None:
    make_bureau()
    pasted = tmp_path / "pasted.tsv"
    pasted.write_text("党组织编码\t日期\t类型\t主题\nD01\t2025-02-30\t党课\t学习\n")
    with pytest.raises(CommandError) as caught:
        run(pasted)
    assert caught.value.returncode == 1
    assert "工作表“活动” 第 2 行 “日期”列（值：2025-02-30）：没有这一天" in str(caught.value)


def test_a_missing_file_ends_with_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="找不到文件"):
        run(tmp_path / "nothing.xlsx")
