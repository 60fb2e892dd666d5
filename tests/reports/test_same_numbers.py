"""One number in every place: figures, HTML, PDF and Word say the same, in the same order."""

import io
import re
from html.parser import HTMLParser

import docx
import pypdfium2
import pytest

from branches.models import Organization
from reports.composer import Document
from reports.documents import compose_unsaved, document_of
from reports.exporters import export
from reports.figures import compute_figures
from reports.models import AnnualReport
from reports.services import compose_report, finalize_report, save_text
from tests.reports.small_year import FIGURES, YEAR, SmallYear


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


class _Body(HTMLParser):
    """The words of the page's article, and its bound numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.bound: list[tuple[str, str]] = []
        self._key = ""
        self._in_article = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_article |= tag == "article"
        self._key = dict(attrs).get("data-figure") or ""

    def handle_endtag(self, tag: str) -> None:
        self._in_article &= tag != "article"
        self._key = ""

    def handle_data(self, text: str) -> None:
        if self._in_article:
            self.words.append(text)
        if self._key:
            self.bound.append((self._key, text))


def html_of(document: Document) -> _Body:
    body = _Body()
    body.feed(export(document, "html").content.decode())
    return body


def pdf_text(document: Document) -> str:
    pdf = pypdfium2.PdfDocument(export(document, "pdf").content)
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    # The page number stands between two dashes at the foot and is no part of the text.
    return squeezed("".join(re.sub(r"[—–]\s*\d+\s*[—–]", "", page) for page in pages))


def docx_text(document: Document) -> str:
    word = docx.Document(io.BytesIO(export(document, "docx").content))
    return squeezed("".join(paragraph.text for paragraph in word.paragraphs))


def digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def assert_same_everywhere(document: Document) -> None:
    whole = squeezed("".join(block.text for block in document.blocks))
    html = squeezed("".join(html_of(document).words))
    pdf, word = pdf_text(document), docx_text(document)
    for found in (html, pdf, word):
        assert whole in found
    assert digits(html) == digits(pdf) == digits(word)


def with_every_figure(report: AnnualReport) -> AnnualReport:
    """The report with a section that names every figure."""
    figures = compute_figures(report.organization, year=report.year)
    lines = [
        f"{one.definition.key}：{{{one.definition.label}}}。" for one in figures.figures.values()
    ]
    texts = {"study": ("一、全部数据", "\n".join(lines))}
    return save_text(report, own={}, texts=texts, expected_version=report.version)


@pytest.fixture
def full(report: AnnualReport) -> AnnualReport:
    return with_every_figure(report)


def test_the_document_prints_every_figure_as_it_was_counted_by_hand(full: AnnualReport) -> None:
    document = document_of(full)
    printed = dict(
        re.findall(r"([a-z_.]+)：([^。]+)。", "".join(block.text for block in document.blocks))
    )
    for key, value in printed.items():
        counted = FIGURES.get(key, 0)
        unit = "%" if key == "attendance.rate" else ""
        assert value == ("未记录" if counted is None else f"{counted}{unit}")
    assert set(FIGURES) <= set(printed)


def test_html_pdf_and_word_say_the_same_numbers(full: AnnualReport) -> None:
    assert_same_everywhere(document_of(full))


def test_they_do_so_for_the_drafted_text_too(year: SmallYear) -> None:
    for organization in (year.bureau, year.first, year.second):
        assert_same_everywhere(compose_unsaved(organization, year=YEAR))


def test_they_do_so_for_an_empty_year(year: SmallYear) -> None:
    assert_same_everywhere(compose_unsaved(year.bureau, year=1999))


def test_every_bound_number_of_the_html_is_the_figure_of_its_key(full: AnnualReport) -> None:
    figures = compute_figures(full.organization, year=full.year)
    bound = html_of(document_of(full)).bound
    numbers = [(key, text) for key, text in bound if key in figures.figures]
    assert {key for key, _ in numbers} == set(figures.figures)
    for key, text in numbers:
        assert text == figures.figures[key].text


def test_a_final_report_says_the_same_in_every_format_from_its_snapshot(
    full: AnnualReport,
) -> None:
    final = finalize_report(full, expected_version=full.version)
    assert_same_everywhere(document_of(final))


@pytest.mark.parametrize("code", ["D01", "D02"])
def test_a_branch_reports_its_own_numbers(year: SmallYear, code: str) -> None:
    organization = Organization.objects.get(code=code)
    report = with_every_figure(compose_report(organization, year=YEAR))
    assert_same_everywhere(document_of(report))
