"""Pages of figures and annual reports."""

from reports.views.download import report_download
from reports.views.figures import definitions, figure_index, figures
from reports.views.finalize import report_finalize
from reports.views.handover import handover, handover_pdf
from reports.views.list import report_compose, report_list
from reports.views.plan import report_plan
from reports.views.records import figure_records
from reports.views.text import report_detail, report_preview

__all__ = [
    "definitions",
    "figure_index",
    "figure_records",
    "figures",
    "handover",
    "handover_pdf",
    "report_compose",
    "report_detail",
    "report_download",
    "report_finalize",
    "report_list",
    "report_plan",
    "report_preview",
]
