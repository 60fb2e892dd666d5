"""The document as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from branches.audit import note
from reports.documents import document_for
from reports.exporters import FORMATS, export
from reports.views.loading import load_organization


@require_safe
def report_download(request: HttpRequest, code: str, year: int, file_format: str) -> HttpResponse:
    """The year's document as html, pdf or docx; composed on the fly where none is stored."""
    organization = load_organization(request, code, year)
    if file_format not in FORMATS:
        raise Http404
    file = export(document_for(organization, year=year), file_format)
    note("report.download", organization=organization, year=year, format=file_format)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.filename)
    return response
