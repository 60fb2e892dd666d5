"""The PDF as a file: text, fonts, metadata, sameness, the fence and the cache."""

import ctypes
import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium
import pytest
from django.test import override_settings

from reports.exporters import FORMATS, export, pdf
from reports.exporters.pdf import export_pdf, render_pdf
from tests.reports.exporters.documents import make_annex, make_document, make_paragraph
from tests.reports.exporters.printed_pages import glyphs_of, open_pdf, whole_text

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(DATA_DIR=tmp_path):
        yield


def test_the_text_can_be_copied_whole_and_in_order() -> None:
    document = make_document()
    text = whole_text(export_pdf(document).content)
    expected = document.title + "".join(block.text for block in document.blocks)
    assert text == expected + document.organ + "2027年1月5日"


def drawn(content: bytes, kind: int) -> list[Any]:
    """The objects of one kind on all pages."""
    book = open_pdf(content)
    return [thing for page in book for thing in page.get_objects(filter=[kind])]


def is_embedded(text: Any) -> bool:
    return pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text)) == 1


def test_all_fonts_are_ours_and_embedded() -> None:
    content = export_pdf(make_document(annexes=(make_annex(),))).content
    fonts = {
        glyph.font for page in range(len(open_pdf(content))) for glyph in glyphs_of(content, page)
    }
    assert {font.split("-")[1] for font in fonts} == {"Fang", "Kai", "Hei", "Title", "Song"}
    assert all(font.startswith("Recordbook-") for font in fonts)
    assert all(is_embedded(font) for font in drawn(content, pdfium.FPDF_PAGEOBJ_TEXT))


def test_the_file_is_named_after_the_title_and_carries_its_metadata() -> None:
    document = make_document(title="关于2026年工作的总结/报告")
    file = export_pdf(document)
    assert (file.filename, file.content_type) == (
        "关于2026年工作的总结 报告.pdf",
        "application/pdf",
    )
    metadata = open_pdf(file.content).get_metadata_dict()
    assert metadata["Title"] == document.title
    assert metadata["Author"] == document.organ
    assert metadata["CreationDate"].startswith("D:20270105")
    language = (ctypes.c_ushort * 10)()
    pdfium.FPDFCatalog_GetLanguage(open_pdf(file.content), language, 20)
    assert bytes(language).decode("utf-16-le").rstrip("\0") == "zh-CN"


def test_headings_become_bookmarks_and_the_text_is_tagged() -> None:
    book = open_pdf(export_pdf(make_document(annexes=(make_annex(),))).content)
    marks = [(mark.level, mark.get_title()) for mark in book.get_toc()]
    assert marks == [
        (0, "云岭市水务局2026年党建工作总结及2027年工作计划"),
        (1, "一、强化理论武装"),
        (2, "（一）抓实学习"),
        (0, "附件 组织生活开展情况统计表"),
    ]
    assert pdfium.FPDFCatalog_IsTagged(book)


def test_the_same_document_gives_the_same_bytes_here_and_in_another_process(
    tmp_path: Path,
) -> None:
    document = make_document(annexes=(make_annex(),))
    first, second = (export_pdf(document, use_cache=False).content for _ in range(2))
    assert first == second
    program = (
        "import django, hashlib; django.setup();"
        "from reports.exporters.pdf import export_pdf;"
        "from tests.reports.exporters.documents import make_annex, make_document;"
        "document = make_document(annexes=(make_annex(),));"
        "print(hashlib.sha256(export_pdf(document, use_cache=False).content).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == hashlib.sha256(first).hexdigest()


def test_a_document_printed_before_comes_from_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document()
    first = export_pdf(document).content
    monkeypatch.setattr(pdf, "render_pdf", lambda html: b"printed anew")
    assert export_pdf(document).content == first
    assert export_pdf(make_document(organ="水务局")).content == b"printed anew"
    assert export_pdf(document, use_cache=False).content == b"printed anew"


def test_another_layout_does_not_use_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document()
    export_pdf(document)
    monkeypatch.setattr(pdf, "layout_version", lambda: "later")
    monkeypatch.setattr(pdf, "render_pdf", lambda html: b"printed anew")
    assert export_pdf(document).content == b"printed anew"


def test_a_damaged_file_in_the_cache_is_printed_again(tmp_path: Path) -> None:
    document = make_document()
    content = export_pdf(document).content
    (stored,) = (tmp_path / pdf.FOLDER).glob("*.pdf")
    stored.write_bytes(content[:1000])
    assert export_pdf(document).content == content
    assert stored.read_bytes() == content


def test_many_threads_print_the_same_bytes() -> None:
    document = make_document()
    expected = export_pdf(document, use_cache=False).content
    printed: list[bytes] = []

    def work() -> None:
        printed.append(export_pdf(document, use_cache=False).content)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert printed == [expected] * 4


@pytest.fixture
def sink() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes what is fetched from it."""
    fetched: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fetched.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", fetched
    server.shutdown()
    server.server_close()


HOSTILE = """
<link rel="stylesheet" href="{url}/style.css"><link rel="attachment" href="{url}/attached">
<style>@import "{url}/imported.css"; @font-face {{ font-family: x; src: url({url}/font.ttf) }}
p {{ background: url({url}/background.png); font-family: x; content: url({url}/content.png) }}
li {{ list-style-image: url({url}/bullet.png) }}</style>
<p>text</p><img src="{url}/picture.png"><object data="{url}/object.svg"></object>
<embed src="{url}/embed.svg"><ul><li>item</ul>
<a rel="attachment" href="{url}/linked">a</a>
<svg><image href="{url}/inner.png"/><use href="{url}/use.svg#x"/></svg>
"""


def test_a_hostile_page_fetches_nothing_from_the_network(sink: tuple[str, list[str]]) -> None:
    url, fetched = sink
    content = render_pdf(HOSTILE.format(url=url))
    assert content.startswith(b"%PDF")
    assert fetched == []


def test_the_sink_notices_an_unfenced_renderer(sink: tuple[str, list[str]]) -> None:
    """Plants what the fence keeps out: without this the test above could find nothing."""
    import weasyprint

    url, fetched = sink
    weasyprint.HTML(string=HOSTILE.format(url=url)).write_pdf()
    assert len(fetched) >= 5


def test_a_hostile_page_reads_no_file_of_the_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret-of-the-machine" * 10)
    for name in ("style.css", "attached", "picture.png", "linked", "object.svg"):
        (tmp_path / name).write_bytes((ROOT / "static/fonts/CHANGES.txt").read_bytes())
    content = render_pdf(
        HOSTILE.format(url=tmp_path.as_uri())
        + f'<link rel="attachment" href="{secret.as_uri()}"><img src="{secret.as_uri()}">'
    )
    assert open_pdf(content).count_attachments() == 0
    assert drawn(content, pdfium.FPDF_PAGEOBJ_IMAGE) == []


def test_markup_in_the_text_is_printed_as_typed() -> None:
    text = '<img src="file:///etc/passwd">&amp;<script>alert(1)</script>'
    document = make_document(
        title="总结<b>",
        blocks=(make_paragraph(text), make_paragraph(text, style="heading1")),
        organ="<i>局</i>",
        recipient="<u>会",
        annexes=(make_annex(title="表<b>", header=("<b>",), rows=((text,),), widths=(1,)),),
    )
    printed = whole_text(export_pdf(document).content)
    assert printed.count(text) == 3
    assert "总结<b>" in printed
    assert "<i>局</i>" in printed
    assert "<u>会：" in printed


def test_an_almost_empty_document_prints() -> None:
    document = make_document(title="", blocks=(), organ="", dated_on=None)
    assert whole_text(export_pdf(document).content) == "【待填：成文日期】"
    assert export_pdf(document).filename == "document.pdf"


def test_a_pasted_speech_of_20000_characters_prints_in_seconds() -> None:
    document = make_document(
        blocks=(make_paragraph("党" * 20_000),),
        annexes=(make_annex(header=("发言",), rows=(("党" * 600,),), widths=(1,)),),
        title="年度总结",
        organ="水务局",
    )
    assert whole_text(export_pdf(document).content).count("党") == 20_000 + 600


@pytest.mark.parametrize("file_format", sorted(FORMATS))
def test_every_format_gives_a_file_named_after_the_title(file_format: str) -> None:
    file = export(make_document(title="年度总结"), file_format)
    assert file.filename == f"年度总结.{file_format}"
    assert len(file.content) > 1000


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        export(make_document(), "odt")
