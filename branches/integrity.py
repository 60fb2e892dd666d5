"""Whether the tree of organizations and the audit log are as they were written."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from branches import audit_guard
from branches.audit_chain import faults_of_chain
from branches.models import AuditEntry, Organization


def faults() -> Iterator[str]:
    """A line for people for each finding. Reads the whole log, changes nothing."""
    for name in audit_guard.missing(connection):
        yield _("The trigger “%(name)s”, which guards the audit log, is missing.") % {"name": name}
    yield from faults_of_chain()
    yield from _faults_of_tree()


def faults_of_noted_head(noted: str) -> Iterator[str]:
    """Whether the log still has the entry that somebody wrote down as NUMBER:HASH."""
    number, _colon, digest = noted.strip().partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        yield _("“%(noted)s” is not a number and a hash, as in 120:5f3a….") % {"noted": noted}
        return
    entry = AuditEntry.objects.filter(number=int(number)).first()
    if entry is None or entry.hash != digest.lower():
        yield _("Entry %(number)s of the audit log is not the one that was written down.") % {
            "number": number
        }


def _faults_of_tree() -> Iterator[str]:
    """The kept depth and number of children of each organization, against its place in the tree.
    One query."""
    step = Organization.steplen
    rows = list(Organization.objects.values_list("code", "path", "depth", "numchild"))
    paths = {path for _code, path, _depth, _children in rows}
    children = Counter(path[:-step] for path in paths)
    for code, path, depth, numchild in rows:
        is_placed = len(path) == depth * step and (depth == 1 or path[:-step] in paths)
        if not is_placed or numchild != children[path]:
            yield _("The organization %(code)s does not stand in the tree as its row says.") % {
                "code": code
            }
