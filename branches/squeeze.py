"""Pages leave compressed, whatever stands in front of the site."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

SQUEEZED = ("text/html", "application/json")


class SqueezePagesMiddleware(GZipMiddleware):
    """A form for sixty people is 120 KB of repeating mark-up, a tenth of that compressed.

    Style sheets and scripts are compressed once, by collectstatic; photos, PDF, Word and Excel are
    so already. Django adds random bytes to each answer, and its CSRF token differs each time, so
    that the length of a page tells nothing about it (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponse | HttpResponseBase:
        if response.get("Content-Type", "").startswith(SQUEEZED):
            return super().process_response(request, response)
        return response
