"""The audit log as people read it: which entries, and each in words."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.acts import ACTS
from branches.models import AuditEntry, Organization
from branches.xlsx import Cell

_APPS = ("branches", "meetings", "reports")


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


def subject_label(subject: str) -> str:
    """activity:12 → 活动 12; activities:1-500 → 活动 1-500."""
    name, _colon, key = subject.partition(":")
    if name == "activities":
        name = "activity"
    model = _models().get(name)
    return f"{capfirst(model._meta.verbose_name)} {key}" if model else subject


def changes_of(entry: AuditEntry) -> list[Change]:
    """Everything that the entry tells, in words. One query for the names of organizations."""
    told = [
        (subject, name, before, after)
        for subject, names in entry.changed.items()
        for name, (before, after) in names.items()
    ]
    places = _places(told)
    return [
        Change(
            subject_label(subject),
            _name(subject, name),
            _value(subject, name, before, places),
            _value(subject, name, after, places),
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


def _models() -> dict[str, type[models.Model]]:
    return {
        str(model._meta.model_name): model
        for app in _APPS
        for model in apps.get_app_config(app).get_models()
    }


def _field(subject: str, name: str) -> Any:
    model = _models().get(subject.partition(":")[0])
    if model is None:
        return None
    return next((one for one in model._meta.concrete_fields if one.name == name), None)


def _words() -> dict[str, str]:
    """Names in entries that are no fields with a name for people."""
    return {
        "activity": _("Record"),
        "fields": _("Fields"),
        "file": _("File"),
        "filter": _("Filter"),
        "format": _("Format"),
        "host": _("Host"),
        "is_kept": _("Kept"),
        "is_removed": _("Removed"),
        "is_retired": _("Retired"),
        "number": _("How many"),
        "plan_items": _("Plan"),
        "ranges": _("Record numbers"),
        "records": _("Records"),
        "revisions": _("Versions kept (checksum)"),
        "content_type": _("Sort of file"),
        "includes_submitted": _("Counts submitted records"),
        "sha256": _("Checksum"),
        "snapshot_checksum": _("Checksum of the final text"),
        "status": _("Status"),
        "username": _("User name"),
        "version": _("Version"),
        "year": _("Year"),
        "role": _("Role"),
        "started_on": _("From the day"),
    }


def _name(subject: str, name: str) -> str:
    word, _space, rest = name.partition(" ")
    if word == "revision" and rest:
        return _("Version %(number)s kept (checksum)") % {"number": rest}
    if word == "section" and rest:
        return _("Section “%(name)s”") % {"name": rest}
    if not subject and name == "status":
        return _("Answer of the server")
    if known := _words().get(name):
        return known
    field = _field(subject, name)
    return str(capfirst(field.verbose_name)) if field is not None else name


def _value(subject: str, name: str, value: Any, places: Mapping[int, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | dict):
        return _together(value)
    field = _field(subject, name)
    if _is_place(field) and value in places:
        return places[value]
    choices = dict(field.flatchoices) if field is not None else {}
    if value in choices:
        return str(choices[value])
    text = str(value)
    if text.startswith("sha256:"):
        return _("a text with the checksum %(digest)s…") % {"digest": text[7:19]}
    if field is not None and isinstance(field, models.DateField):
        return _day(text)
    return text


def _together(values: list[Any] | dict[str, Any]) -> str:
    """[[1, 500], [502, 502]] → 1–500、502–502; other lists with 、 between."""
    ones = list(values.items()) if isinstance(values, dict) else values
    return "、".join(
        "–".join(str(part) for part in one) if isinstance(one, list | tuple) else str(one)
        for one in ones
    )


def _day(text: str) -> str:
    try:
        return date_format(dt.date.fromisoformat(text))
    except ValueError:
        return text


def _is_place(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model is Organization


def _places(told: Iterable[tuple[str, str, Any, Any]]) -> dict[int, str]:
    keys = {
        value
        for subject, name, *values in told
        if _is_place(_field(subject, name))
        for value in values
        if isinstance(value, int)
    }
    if not keys:
        return {}
    return {one.pk: one.label for one in Organization.objects.filter(pk__in=keys)}
