"""A handover as a PDF: the lists on A4, with lines to sign on."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.exporters.exported_file import ExportedFile, named_after
from reports.exporters.glyphs import faces
from reports.exporters.pdf import render_pdf
from reports.exporters.titles import break_title
from reports.handover import Handover, remarks_of, tables_of

STYLESHEET = Path(__file__).resolve().parents[2] / "templates" / "reports" / "handover_print.css"


def export_handover(handover: Handover) -> ExportedFile:
    """The handover in the language of the bureau, whatever the reader's: it goes into a file."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Handover of %(organization)s") % {"organization": handover.organization.name}
        day = date_format(handover.on, "DATE_FORMAT")
        html = render_to_string(
            "reports/handover_print.html",
            {
                "handover": handover,
                "title": title,
                "title_lines": break_title(title, faces()["Title"]),
                "tables": tables_of(handover),
                "remarks": remarks_of(handover),
            },
        )
    return ExportedFile(
        named_after(f"{title}（{day}）", "pdf"),
        "application/pdf",
        render_pdf(html, stylesheet=STYLESHEET),
    )
