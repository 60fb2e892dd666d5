"""The PDF is there before somebody asks for it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.tasks import default_task_backend
from django.test import override_settings
from django.urls import reverse

from branches.models import Role
from reports.documents import document_of
from reports.models import AnnualReport
from reports.services import save_text
from reports.tasks import prepare_files
from tests.reports.small_year import YEAR, SmallYear

IMMEDIATE = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
DUMMY = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


def cached(report: AnnualReport) -> list[Path]:
    folder = Path(settings.DATA_DIR) / "generated"
    return sorted(folder.glob(f"{document_of(report).checksum()}*.pdf"))


def titled(report: AnnualReport, title: str) -> AnnualReport:
    """Another title is another document, with no file from another test."""
    return save_text(report, own={"title": title}, texts={}, expected_version=report.version)


def test_preparing_renders_the_pdf_into_the_cache(report: AnnualReport) -> None:
    report = titled(report, "准备一次的文件")
    assert cached(report) == []
    prepare_files.call(report.pk)
    assert len(cached(report)) == 1


def test_preparing_twice_renders_once(report: AnnualReport) -> None:
    report = titled(report, "准备两次的文件")
    prepare_files.call(report.pk)
    (first,) = cached(report)
    made_at = first.stat().st_mtime_ns
    prepare_files.call(report.pk)
    assert [path.stat().st_mtime_ns for path in cached(report)] == [made_at]


def test_a_report_that_is_no_longer_there_is_no_error(db: None) -> None:
    assert prepare_files.call(4711) is None


@override_settings(TASKS=IMMEDIATE)
def test_the_task_runs_on_a_backend_by_its_number_alone(report: AnnualReport) -> None:
    report = titled(report, "后台准备的文件")
    result = prepare_files.enqueue(report.pk)
    assert result.status == "SUCCESSFUL"
    assert len(cached(report)) == 1


@override_settings(TASKS=DUMMY)
@pytest.mark.parametrize("step", ["compose", "text", "plan", "finalize"])
def test_every_step_asks_for_the_files_once_it_is_saved(
    step: str,
    year: SmallYear,
    report: AnnualReport,
    as_role: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = as_role(Role.ADMINISTRATOR, year.bureau)
    posts = {
        "compose": ("report_compose", {"force": "1"}),
        "text": ("report_detail", {"version": "1", "title": "题", "organ": "局"}),
        "plan": (
            "report_plan",
            {"version": "1", "items-TOTAL_FORMS": "0", "items-INITIAL_FORMS": "0"},
        ),
        "finalize": ("report_finalize", {"version": "1"}),
    }
    name, fields = posts[step]
    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        client.post(reverse(name, args=["D00", YEAR]), fields)
    assert default_task_backend.results == []  # not before the commit
    for callback in callbacks:
        callback()
    assert [result.args for result in default_task_backend.results] == [[report.pk]]
