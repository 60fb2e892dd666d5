"""Every request that could change something leaves one entry in the audit log.

What a service did it has written itself (`branches.audit.act`). For a request in which none was
written, the entry is made here: it was denied, or it had no effect.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from branches.acts import ACTS
from branches.address import client_address
from branches.audit import Outcome, Situation, note, situated
from branches.clean import clean_line

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
DENIED = (401, 403, 404, 429)
# Sent as POST, but no act: nothing is done by them, and some come every few seconds. Where one is
# denied, it is an entry like any other.
NO_ACT = {
    "typed_draft_keep": "what is being typed, every five seconds; saving it is the act",
    "activity_match": "a pasted list read against the people expected; nothing is kept",
    "report_preview": "how a text would read; nothing is kept",
    "set_language": "a cookie of the browser",
}
# Reads that are acts: what leaves the site as a file. What was given out the page itself notes;
# that it was denied is noted here.
GIVEN_OUT = (
    "audit_export",
    "activity_export",
    "attachment_file",
    "report_download",
    "handover_pdf",
    "member_export",
)


class AuditMiddleware:
    """Tells the services who asks and from where, and writes what they did not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        situation = Situation(
            request=request,
            address=client_address(request),
            method=(request.method or "")[:10],
            path=clean_line(request.path)[:300],
        )
        with situated(situation):
            response = self.get_response(request)
            if not situation.entries and (outcome := _outcome(request, response)):
                note(_act_of(request), outcome=outcome, status=response.status_code)
        return response


def _outcome(request: HttpRequest, response: HttpResponse) -> Outcome | None:
    """What is to be written of a request that wrote nothing itself; None for nothing."""
    if request.resolver_match is None:  # no page of the site
        return None
    name = request.resolver_match.url_name
    is_denied = response.status_code in DENIED
    if request.method in SAFE:
        return Outcome.DENIED if is_denied and name in GIVEN_OUT else None
    if is_denied:
        return Outcome.DENIED
    if name in NO_ACT:
        return None
    return Outcome.DENIED if _is_sent_to_login(response) else Outcome.REFUSED


def _is_sent_to_login(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/login/?next=")


def _act_of(request: HttpRequest) -> str:
    """activity_void → activity.void, where there is such an act."""
    match = request.resolver_match
    name = ((match and match.url_name) or "").replace("_", ".", 1)
    return name if name in ACTS else "request"
