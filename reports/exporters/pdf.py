"""A Document as a PDF in the layout of GB/T 9704, by the one fenced `render_pdf`."""

import gc
import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from reports.composer.document import Document
from reports.exporters.exported_file import ExportedFile, filename_of
from reports.exporters.glyphs import FONT_FOLDER
from reports.exporters.sheet import compose_sheet

_HERE = Path(__file__).resolve().parent
_TEMPLATES = _HERE.parents[1] / "templates" / "reports" / "document"
STYLESHEET = _TEMPLATES / "document.css"
FOLDER = "generated"  # under DATA_DIR: what can be made again at any time

# Pango's font map is not made for several threads, and the collector is switched per process.
_press = threading.Lock()


def export_pdf(document: Document, *, use_cache: bool = True) -> ExportedFile:
    """The document on A4, the same bytes for the same document.

    A document printed before, by the same version of the layout, comes from DATA_DIR.
    """
    name = filename_of(document, "pdf")
    stored = settings.DATA_DIR / FOLDER / f"{document.checksum()}-{layout_version()}.pdf"
    content = _read(stored) if use_cache else b""
    if not content:
        content = render_pdf(print_html(document))
        if use_cache:
            _write(stored, content)
    return ExportedFile(name, "application/pdf", content)


def print_html(document: Document, *, css: str = "") -> str:
    """The composed document as HTML. `css` goes into its head for a printer without our own."""
    return render_to_string(
        "reports/document/print.html", {"sheet": compose_sheet(document), "css": css}
    )


def print_css(*, fonts_by_url: bool = False) -> str:
    """The stylesheet of the printed page; with @font-face rules for other engines on request."""
    css = STYLESHEET.read_text(encoding="utf-8")
    if fonts_by_url:
        css += "".join(
            f'@font-face{{font-family:"Recordbook {file.stem.removeprefix("Recordbook")}";'
            f"src:url({file.as_uri()})}}"
            for file in sorted(FONT_FOLDER.glob("*.ttf"))
        )
    return css


def render_pdf(html: str, *, stylesheet: Path = STYLESHEET) -> bytes:
    """HTML → PDF, fenced: it reads the bundled fonts and data: addresses, nothing else.

    `stylesheet` is one of the project's own.

    Whatever the text asks for (pictures, styles, attachments by file:, http: or any other
    scheme) is left out. One document at a time in a process.
    """
    with _press:
        printer = _printer()
        was_collecting = gc.isenabled()
        gc.disable()  # 5 % of a report, more of a longer text: nothing made here lives on
        try:
            page = printer.weasyprint.HTML(string=html, url_fetcher=printer.fence)
            return page.write_pdf(
                font_config=printer.fonts,
                stylesheets=[_parsed(stylesheet)],
                pdf_variant="pdf/ua-1",
            )
        finally:
            if was_collecting:
                gc.enable()


@dataclass(frozen=True)
class _Printer:
    weasyprint: Any
    fonts: Any
    fence: Any


@cache
def _printer() -> _Printer:
    """WeasyPrint, its fonts, the fence: made once, kept for the process.

    A new font configuration for each document would be slower and never give its memory back.
    """
    environment = {
        "FONTCONFIG_FILE": str(FONT_FOLDER / "fonts.conf"),
        # Where fontconfig keeps what it knows of the fonts: the home folder of a service may not
        # be writable, the data folder is.
        "XDG_CACHE_HOME": str(settings.DATA_DIR / FOLDER),
    }
    with _environment(environment):
        # Here, not above: the import costs half a second, which most processes need not pay.
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        fonts = FontConfiguration()
    fence = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    return _Printer(weasyprint, fonts, fence)


@cache
def _parsed(stylesheet: Path) -> Any:
    """Parsed once for the process: that costs more than a short document."""
    printer = _printer()
    return printer.weasyprint.CSS(
        string=stylesheet.read_text(encoding="utf-8"),
        font_config=printer.fonts,
        url_fetcher=printer.fence,
    )


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@cache
def layout_version() -> str:
    """Changes with whatever shapes a page: this package, its templates, the fonts, WeasyPrint."""
    digest = hashlib.sha256(version("weasyprint").encode())
    for file in sorted([*_HERE.glob("*.py"), *_TEMPLATES.iterdir()]):
        digest.update(file.read_bytes())
    for file in sorted(FONT_FOLDER.iterdir()):
        digest.update(f"{file.name} {file.stat().st_size}".encode())
    return digest.hexdigest()[:12]


def _read(stored: Path) -> bytes:
    try:
        content = stored.read_bytes()
    except FileNotFoundError:
        return b""
    # A file cut short by a full disk is made again.
    return content if content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF") else b""


def _write(stored: Path, content: bytes) -> None:
    """Whole or not at all: a reader beside us never sees half a file."""
    stored.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=stored.parent, suffix=".part", delete=False) as part:
        part.write(content)
    os.replace(part.name, stored)
