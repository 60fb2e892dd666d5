"""A Document as a file: self-contained HTML, PDF in the layout of GB/T 9704, Word."""

from collections.abc import Callable

from reports.composer.document import Document
from reports.exporters.exported_file import ExportedFile
from reports.exporters.html import export_html
from reports.exporters.pdf import export_pdf

__all__ = ["FORMATS", "ExportedFile", "export", "export_html", "export_pdf"]


def _export_docx(document: Document) -> ExportedFile:
    # Word is asked for rarely; its package costs every other process a tenth of a second.
    from reports.exporters.docx import export_docx

    return export_docx(document)


FORMATS: dict[str, Callable[[Document], ExportedFile]] = {
    "html": export_html,
    "pdf": export_pdf,
    "docx": _export_docx,
}


def export(document: Document, file_format: str) -> ExportedFile:
    """The document in one of FORMATS. KeyError on any other format."""
    return FORMATS[file_format](document)
