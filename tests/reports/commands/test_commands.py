"""figures, compose_report, export_report: what they print, and how they refuse."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from meetings.models import Holiday, Kind
from reports.models import AnnualReport
from reports.services import compose_report, finalize_report, save_text
from tests.reports.small_year import FIGURES, YEAR, SmallYear

WHERE = ["--organization", "D00", "--year", str(YEAR)]


def run(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


# --- what is wrong is said ----------------------------------------------------------------


def arguments_of(command: str, where: list[str], folder: Path) -> list[str]:
    more = ["--format", "html", "--output", str(folder / "x.html")]
    return [command, *where, *(more if command == "export_report" else [])]


@pytest.mark.parametrize("command", ["figures", "compose_report", "export_report"])
@pytest.mark.parametrize("wrong", ["2999", "1920", "abc", "", "-1", "２０２５", "20 25"])
def test_an_unknown_year_is_refused(
    year: SmallYear, tmp_path: Path, command: str, wrong: str
) -> None:
    where = ["--organization", "D00", f"--year={wrong}"]
    with pytest.raises(CommandError) as refusal:
        run(*arguments_of(command, where, tmp_path))
    assert wrong in str(refusal.value)
    assert "1921" in str(refusal.value)
    assert not AnnualReport.objects.exists()


@pytest.mark.parametrize("command", ["figures", "compose_report", "export_report"])
def test_an_unknown_organization_is_refused(year: SmallYear, tmp_path: Path, command: str) -> None:
    where = ["--organization", "NOBODY", "--year", str(YEAR)]
    with pytest.raises(CommandError, match="NOBODY"):
        run(*arguments_of(command, where, tmp_path))


def test_an_unknown_format_is_refused_with_those_there_are(year: SmallYear, tmp_path: Path) -> None:
    target = tmp_path / "x.odt"
    with pytest.raises(CommandError) as refusal:
        run("export_report", *WHERE, "--format", "odt", "--output", str(target))
    for known in ("odt", "html", "pdf", "docx"):
        assert known in str(refusal.value)
    assert not target.exists()


def test_a_file_that_cannot_be_written_is_told(year: SmallYear, tmp_path: Path) -> None:
    target = tmp_path / "no such folder" / "x.html"
    with pytest.raises(CommandError, match="no such folder"):
        run("export_report", *WHERE, "--format", "html", "--output", str(target))


def test_a_refusal_ends_the_process_with_code_one_and_one_line(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    manage = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
    done = subprocess.run(
        [*manage, "figures", "--organization", "NOBODY", "--year", "2025"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "NOBODY" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


# --- figures ------------------------------------------------------------------------------


def test_figures_as_json_have_the_shape_that_scripts_rely_on(year: SmallYear) -> None:
    answer = json.loads(run("figures", *WHERE, "--json"))
    assert (answer["organization"], answer["year"]) == ("D00", YEAR)
    for key, figure in answer["figures"].items():
        assert set(figure) == {"label", "value", "unit"}
        assert figure["value"] == FIGURES.get(key, 0)
        assert figure["label"]
    keys = {f"{kind.value.lower()}.count" for kind in Kind}
    keys |= {f"integrity.{holiday}" for holiday in Holiday.values}
    keys |= {"attendance.expected", "attendance.present", "attendance.rate"}
    keys |= {"members.full", "members.probationary"}
    assert keys <= set(answer["figures"])


def test_a_figure_without_data_is_null(year: SmallYear) -> None:
    answer = json.loads(run("figures", "--organization", "D011", "--year", "2024", "--json"))
    assert answer["figures"]["attendance.rate"]["value"] is None


def test_figures_with_records_name_the_ids_behind_each(year: SmallYear) -> None:
    answer = json.loads(run("figures", *WHERE, "--json", "--records"))
    figure = answer["figures"]["general_meeting.count"]
    assert figure["of"] == "activity"
    assert year.triple.pk in figure["records"]
    assert len(figure["records"]) == figure["value"]


def test_figures_as_text_are_one_line_each(year: SmallYear) -> None:
    lines = run("figures", *WHERE).splitlines()
    assert "group_study.count\t集中学习次数\t3次" in lines
    assert "attendance.rate\t到会率\t88%" in lines


def test_figures_count_submitted_records_when_asked(year: SmallYear) -> None:
    answer = json.loads(run("figures", *WHERE, "--json", "--include-submitted"))
    assert answer["figures"]["group_study.count"]["value"] == 4


def test_the_current_year_is_a_year(year: SmallYear) -> None:
    today = timezone.localdate()
    answer = json.loads(
        run("figures", "--organization", "D00", "--year", str(today.year), "--json")
    )
    assert answer["year"] == today.year


# --- compose and export -------------------------------------------------------------------


def test_composing_stores_a_draft(year: SmallYear) -> None:
    assert "测试局2025年" in run("compose_report", *WHERE)
    assert AnnualReport.objects.get().sections.count() == 6


def test_an_edited_report_is_overwritten_only_with_force(report: AnnualReport) -> None:
    save_text(report, own={}, texts={"study": ("一、", "自己写的。")}, expected_version=1)
    with pytest.raises(CommandError):
        run("compose_report", *WHERE)
    assert report.sections.get(key="study").body == "自己写的。"
    run("compose_report", *WHERE, "--force")
    assert report.sections.get(key="study").body != "自己写的。"


def test_a_final_report_is_not_composed_again_even_with_force(report: AnnualReport) -> None:
    finalize_report(report, expected_version=1)
    with pytest.raises(CommandError):
        run("compose_report", *WHERE, "--force")


def text_of_file(path: Path, file_format: str) -> str:
    if file_format == "html":
        found = re.sub("<[^>]*>", "", path.read_text(encoding="utf-8").split("<body", 1)[1])
    elif file_format == "docx":
        found = "".join(one.text for one in docx.Document(str(path)).paragraphs)
    else:
        pdf: Any = pypdfium2.PdfDocument(path)
        found = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    return re.sub(r"\s", "", found)


@pytest.mark.parametrize("file_format", ["html", "pdf", "docx"])
def test_a_year_without_report_is_composed_on_the_fly(
    year: SmallYear, tmp_path: Path, file_format: str
) -> None:
    target = tmp_path / f"report.{file_format}"
    run("export_report", *WHERE, "--format", file_format, "--output", str(target))
    assert "全年共开展集中学习3次" in text_of_file(target, file_format)
    assert not AnnualReport.objects.exists()


@pytest.mark.parametrize("file_format", ["html", "pdf", "docx"])
def test_the_stored_words_are_exported(year: SmallYear, tmp_path: Path, file_format: str) -> None:
    report = compose_report(year.bureau, year=YEAR)
    texts = {"study": ("一、学习", "自己写的{集中学习次数}次。")}
    save_text(report, own={}, texts=texts, expected_version=1)
    target = tmp_path / f"report.{file_format}"
    run("export_report", *WHERE, "--format", file_format, "--output", str(target))
    assert "自己写的3次。" in text_of_file(target, file_format)
