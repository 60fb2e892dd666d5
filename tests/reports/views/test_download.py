"""The document as a file."""

import io
import re

import docx
import pypdfium2
from django.test import Client

from reports.models import AnnualReport
from reports.services import save_text
from tests.reports.views.editor import url


def test_the_files_are_attachments_with_a_chinese_name(
    report: AnnualReport, administrator: Client
) -> None:
    for file_format, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")):
        response = administrator.get(url("report_download", file_format))
        assert response.content.startswith(start)
        disposition = response["Content-Disposition"]
        assert disposition.startswith("attachment")
        assert "filename*=utf-8''%E6%B5%8B" in disposition
        assert disposition.endswith(f".{file_format}")


def test_an_unknown_format_is_not_found(report: AnnualReport, administrator: Client) -> None:
    assert administrator.get(url("report_download", "exe")).status_code == 404


def test_a_year_without_report_downloads_the_draft(administrator: Client) -> None:
    response = administrator.get(url("report_download", "docx"))
    text = "".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "全年共开展集中学习3次" in text
    assert not AnnualReport.objects.exists()


def test_the_file_carries_the_edited_words(report: AnnualReport, administrator: Client) -> None:
    save_text(
        report,
        own={},
        texts={"study": ("一、学习", "集中学习{集中学习次数}次整。")},
        expected_version=1,
    )
    pdf = pypdfium2.PdfDocument(administrator.get(url("report_download", "pdf")).content)
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "集中学习3次整。" in re.sub(r"\s", "", text)
