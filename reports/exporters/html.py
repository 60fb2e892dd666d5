"""A Document as one self-contained HTML file, and what the preview in the site shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from reports.composer.document import Document, Run
from reports.exporters.exported_file import ExportedFile, filename_of
from reports.exporters.glyphs import faces
from reports.exporters.titles import break_title
from reports.exporters.wording import annex_label, attachment_notes, date_line, recipient_line

# Key of a figure → address of the records behind it ("" for none).
FigureUrl = Callable[[str], str]

STYLESHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "document.css"
_TAGS = {
    "heading1": "h2",
    "heading2": "h3",
    "heading3": "h4",
    "heading4": "h5",
    "paragraph": "p",
}


def body_context(document: Document, *, figure_url: FigureUrl | None = None) -> dict[str, Any]:
    """What the template reports/document/_body.html needs.

    With `figure_url` each bound number is a link to the records behind it.
    """

    def shown(run: Run) -> dict[str, Any]:
        url = figure_url(run.figure) if figure_url and run.figure else ""
        return {
            "text": run.text,
            "figure": run.figure,
            "is_placeholder": run.is_placeholder,
            "url": url,
        }

    title_face = faces()["Title"]
    return {
        "title_lines": break_title(document.title, title_face),
        "recipient": recipient_line(document),
        "blocks": [
            {
                "tag": _TAGS[block.style],
                "style": block.style,
                "section": block.section,
                "runs": [shown(run) for run in block.runs],
            }
            for block in document.blocks
        ],
        "attachment_notes": attachment_notes(document),
        "organ": document.organ,
        "date_line": date_line(document),
        "date_is_open": document.dated_on is None,
        "annexes": [
            {
                "label": annex_label(document, index),
                "title_lines": break_title(annex.title, title_face),
                "header": annex.header,
                "rows": annex.rows,
            }
            for index, annex in enumerate(document.annexes)
        ],
    }


def export_html(document: Document, *, figure_url: FigureUrl | None = None) -> ExportedFile:
    """One file that opens anywhere and asks nothing of the network: the style is inside."""
    html = render_to_string(
        "reports/document/document.html",
        {
            "title": document.title,
            "organ": document.organ,
            "css": STYLESHEET.read_text(encoding="utf-8"),
            **body_context(document, figure_url=figure_url),
        },
    )
    return ExportedFile(
        filename_of(document, "html"), "text/html; charset=utf-8", html.encode("utf-8")
    )
