"""The audit log as people read it: which entries, and each in words."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.acts import ACTS
from branches.audit_words import name_label, places_of, subject_label, value_label
from branches.models import AuditEntry, Organization
from branches.xlsx import Cell


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one thing, in words; "" where there was or is none."""

    subject: str
    name: str
    before: str
    after: str


def entries_for(wanted: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """The entries that the filter asks for (cleaned values of AuditFilterForm), latest first."""
    entries = AuditEntry.objects.select_related("organization").order_by("-number")
    if since := wanted.get("since"):
        entries = entries.filter(at__gte=_midnight(since))
    if until := wanted.get("until"):
        entries = entries.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    if name := wanted.get("who"):
        entries = entries.filter(actor__icontains=name)
    for field in ("act", "outcome"):
        if value := wanted.get(field):
            entries = entries.filter(**{field: value})
    if name := wanted.get("organization"):
        named = Organization.objects.filter(
            Q(code=name) | Q(name__icontains=name) | Q(short_name__icontains=name)
        )
        entries = entries.filter(organization__in=named.order_by().values("pk"))
    if text := wanted.get("q"):
        entries = entries.filter(_mentions(text))
    return entries


def act_label(entry: AuditEntry) -> str:
    """What was done, in words; the code where a later site has dropped the act."""
    return str(ACTS.get(entry.act, entry.act))


def changes_of(entry: AuditEntry) -> list[Change]:
    """Everything that the entry tells, in words. One query for the names of organizations."""
    told = [
        (subject, name, before, after)
        for subject, names in entry.changed.items()
        for name, (before, after) in names.items()
    ]
    places = places_of(told)
    return [
        Change(
            subject_label(subject),
            name_label(subject, name),
            value_label(subject, name, before, places),
            value_label(subject, name, after, places),
        )
        for subject, name, before, after in told
    ]


COLUMNS = (
    (lambda: _("No."), 8),
    (lambda: _("Date and time"), 20),
    (lambda: _("Who"), 18),
    (lambda: _("Act"), 20),
    (lambda: _("Outcome"), 10),
    (lambda: _("Done to"), 20),
    (lambda: _("Party organization"), 20),
    (lambda: _("From address"), 16),
    (lambda: _("Page"), 30),
    (lambda: _("Changes"), 60),
    (lambda: _("Check value"), 66),
)


def sheet_rows(entries: Iterable[AuditEntry]) -> Iterator[list[Cell]]:
    """The entries as rows under COLUMNS; what changed stands there as it is stored."""
    for entry in entries:
        yield [
            entry.number,
            timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor,
            act_label(entry),
            str(entry.get_outcome_display()),
            subject_label(entry.subject),
            entry.organization.label if entry.organization else "",
            entry.address,
            f"{entry.method} {entry.path}".strip(),
            entry.changes,
            entry.hash,
        ]


def _mentions(text: str) -> Q:
    found = Q(subject__icontains=text) | Q(path__icontains=text) | Q(address__icontains=text)
    if text.isascii() and text.isdigit() and len(text) < 10:  # the number of a record
        return found | Q(subject__endswith=f":{text}") | Q(changes__contains=f':{text}":')
    return found | Q(changes__icontains=text)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
