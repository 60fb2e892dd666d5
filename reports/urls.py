"""Addresses of figures and annual reports."""

from django.urls import path

from reports import views

_YEAR = "organizations/<str:code>/reports/<int:year>/"

urlpatterns = [
    path("definitions/", views.definitions, name="definitions"),
    path("figures/", views.figure_index, name="figure_index"),
    path("organizations/<str:code>/figures/<int:year>/", views.figures, name="figures"),
    path(
        "organizations/<str:code>/figures/<int:year>/<str:key>/",
        views.figure_records,
        name="figure_records",
    ),
    path("organizations/<str:code>/handover/", views.handover, name="handover"),
    path("organizations/<str:code>/handover/pdf/", views.handover_pdf, name="handover_pdf"),
    path("reports/", views.report_list, name="report_list"),
    path(_YEAR, views.report_detail, name="report_detail"),
    path(f"{_YEAR}compose/", views.report_compose, name="report_compose"),
    path(f"{_YEAR}preview/", views.report_preview, name="report_preview"),
    path(f"{_YEAR}plan/", views.report_plan, name="report_plan"),
    path(f"{_YEAR}finalize/", views.report_finalize, name="report_finalize"),
    # Last: what is no step is a format.
    path(f"{_YEAR}<str:file_format>/", views.report_download, name="report_download"),
]
