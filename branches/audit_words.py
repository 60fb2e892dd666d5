"""Names and values of the audit log's entries in the words of the pages."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.models import Organization, OrganizationEventKind, SensitiveField

_APPS = ("branches", "meetings", "reports")
# Codes that an entry notes without a row whose field would tell their words.
_CODES: dict[str, type[models.TextChoices]] = {
    "field": SensitiveField,
    "kind": OrganizationEventKind,
}
_SUBJECT = re.compile(r"[a-z]+:[0-9]+")


def subject_label(subject: str) -> str:
    """activity:12 → 活动 12; activities:1-500 → 活动 1-500."""
    name, _colon, key = subject.partition(":")
    if name == "activities":
        name = "activity"
    model = models_by_name().get(name)
    return f"{capfirst(model._meta.verbose_name)} {key}" if model else subject


def models_by_name() -> dict[str, type[models.Model]]:
    """The models of the site by the name that entries use."""
    return {
        str(model._meta.model_name): model
        for app in _APPS
        for model in apps.get_app_config(app).get_models()
    }


def field_of(subject: str, name: str) -> Any:
    """The field of the subject's model, None where there is none of that name."""
    model = models_by_name().get(subject.partition(":")[0])
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
        "by": _("Through"),
        "counts": _("Counts"),
        "ended_sessions": _("Devices logged out"),
        "expires_at": _("Valid until"),
        "field": _("Sensitive field"),
        "groups": _("Party groups"),
        "into": _("Merged into"),
        "kind": _("Kind"),
        "link": _("One-time link"),
        "members": _("Party members"),
        "people": _("People"),
        "preview": _("Checksum of the preview"),
        "purpose": _("Purpose of the file"),
        "rows": _("Rows of the file"),
        "superior": _("Belongs to"),
        "values": _("Values put back"),
    } | {field.value: str(field.label) for field in SensitiveField}


def name_label(subject: str, name: str) -> str:
    """What a changed value is called."""
    word, _space, rest = name.partition(" ")
    if word == "revision" and rest:
        return _("Version %(number)s kept (checksum)") % {"number": rest}
    if word == "section" and rest:
        return _("Section “%(name)s”") % {"name": rest}
    if not subject and name == "status":
        return _("Answer of the server")
    if known := _words().get(name):
        return known
    field = field_of(subject, name)
    if field is None:
        return name
    is_named = field.verbose_name != field.name.replace("_", " ")
    if isinstance(field, models.ForeignKey) and not is_named:
        return str(capfirst(field.related_model._meta.verbose_name))
    return str(capfirst(field.verbose_name))


def value_label(subject: str, name: str, value: Any, places: Mapping[int, str]) -> str:
    """A value as stored in the log, in words; "" for none. `places` as of `places_of`."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | dict):
        return _together(value)
    field = field_of(subject, name)
    if _is_place(field) and value in places:
        return places[value]
    choices = dict(field.flatchoices) if field is not None else {}
    if value in choices:
        return str(choices[value])
    text = str(value)
    if (codes := _CODES.get(name)) and text in codes.values:
        return str(codes(text).label)
    if text.startswith("sha256:"):
        return _("a text with the checksum %(digest)s…") % {"digest": text[7:19]}
    if _SUBJECT.fullmatch(text):
        return _referred(text, places)
    if isinstance(field, models.ForeignKey):
        return subject_label(f"{field.related_model._meta.model_name}:{text}")
    if isinstance(field, models.DateTimeField):
        return _moment(text)
    if isinstance(field, models.DateField):
        return _day(text)
    return text


def _referred(subject: str, places: Mapping[int, str]) -> str:
    """What an entry names as organization:12, by its name where the page has it."""
    model, _colon, key = subject.partition(":")
    return (model == "organization" and places.get(int(key))) or subject_label(subject)


def _together(values: list[Any] | dict[str, Any]) -> str:
    """[[1, 500], [502, 502]] → 1–500、502–502; other lists with 、 between."""
    ones = list(values.items()) if isinstance(values, dict) else values
    return "、".join(
        "–".join(str(part) for part in one) if isinstance(one, list | tuple) else _one(str(one))
        for one in ones
    )


def _one(text: str) -> str:
    if text in SensitiveField.values:
        return str(SensitiveField(text).label)
    return subject_label(text) if _SUBJECT.fullmatch(text) else text


def _day(text: str) -> str:
    try:
        return date_format(dt.date.fromisoformat(text))
    except ValueError:
        return text


def _moment(text: str) -> str:
    try:
        return date_format(timezone.localtime(dt.datetime.fromisoformat(text)), "DATETIME_FORMAT")
    except ValueError:
        return text


def _is_place(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model is Organization


def places_of(told: Iterable[tuple[str, str, Any, Any]]) -> dict[int, str]:
    """Id → label of the organizations that the (subject, name, before, after) rows name. One query
    at most."""
    keys = set()
    for subject, name, *values in told:
        is_place = _is_place(field_of(subject, name))
        for value in values:
            if is_place and isinstance(value, int):
                keys.add(value)
            elif str(value).startswith("organization:") and _SUBJECT.fullmatch(str(value)):
                keys.add(int(str(value).partition(":")[2]))
    if not keys:
        return {}
    return {one.pk: one.label for one in Organization.objects.filter(pk__in=keys)}
