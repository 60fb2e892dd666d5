"""What a new form says before anybody typed: from an earlier record, a template, or habit."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meetings.models import Activity, EntryTemplate, Holiday, Kind, Status
from meetings.services import Entry
from meetings.title_pattern import title_for

# Where, by whom and at what time of day one kind is held hardly changes.
HABITS = ("place", "chair", "recorder", "start_time", "end_time")
LOOKED_AT = 12  # records of the kind that make a habit
# Of a template: what is the same each time. Never day, minutes, decisions, votes or absences.
KEPT_IN_TEMPLATE = (
    "host",
    "kinds",
    "joint",
    "title",
    "place",
    "chair",
    "recorder",
    "lecturer",
    "form",
    "start_time",
    "end_time",
    "study_hours",
    "materials",
)
TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class Prefill:
    """Values of a form by field name, and the topics of its agenda."""

    initial: dict[str, Any] = field(default_factory=dict)
    topics: tuple[str, ...] = ()


def holiday_name(holiday: str) -> str:
    """The holiday in Chinese, short: a title is content, whatever the language of the page."""
    return {
        Holiday.NEW_YEAR: "元旦",
        Holiday.SPRING_FESTIVAL: "春节",
        Holiday.QINGMING: "清明",
        Holiday.LABOUR_DAY: "五一",
        Holiday.DRAGON_BOAT: "端午",
        Holiday.MID_AUTUMN: "中秋",
        Holiday.NATIONAL_DAY: "国庆",
    }.get(holiday, "")  # type: ignore[call-overload]


def usual(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The most frequent value of each habit; `rows` newest first, which decides a tie."""
    found = {}
    for name in HABITS:
        values = Counter(row[name] for row in rows if row[name] not in (None, ""))
        if values:
            found[name] = values.most_common(1)[0][0]
    start, end = found.get("start_time"), found.get("end_time")
    if start and end and end <= start:  # each the most frequent, but not of one meeting
        del found["end_time"]
    return found


def habits_of(host_id: int, kinds: Sequence[str], *, before: dt.date) -> dict[str, Any]:
    """How the host usually holds the first of the kinds. One query."""
    if not kinds:
        return {}
    rows = (
        Activity.objects.filter(host=host_id, held_on__lte=before)
        .exclude(status=Status.VOID)
        .credited(kinds[0])
        .order_by("-held_on", "-pk")
        .values(*HABITS)[:LOOKED_AT]
    )
    return usual(list(rows))


def suggested(
    host_id: int | None, kinds: Sequence[str], *, on: dt.date, holiday: str = ""
) -> dict[str, Any]:
    """Habits and the usual title, for a form in which a host and kinds were chosen."""
    ordered = [kind.value for kind in Kind if kind.value in kinds]
    values = habits_of(host_id, ordered, before=on) if host_id else {}
    if title := title_for(ordered, on, holiday=holiday_name(holiday)):
        values["title"] = title
    return values


def copy_of(entry: Entry, *, on: dt.date) -> Prefill:
    """「复制上次」: kinds, organizations, place, people, time of day, form and topics of a record.

    Never its day, minutes, decisions, votes, materials, guests or absences.
    """
    kinds = list(dict.fromkeys(kind for kind, _organization in entry.credits))
    organizations = dict.fromkeys(one.pk for _kind, one in entry.credits)
    names = ("place", "chair", "recorder", "start_time", "end_time", "form", "study_hours")
    initial = {name: getattr(entry, name) for name in names} | {
        "held_on": on,
        "host": entry.host.pk,
        "kinds": kinds,
        "joint": [pk for pk in organizations if pk != entry.host.pk],
        "title": title_for([kind.value for kind in Kind if kind.value in kinds], on),
    }
    return Prefill(initial, tuple(line.topic for line in entry.agenda))


def of_kind(kind: str, host_id: int | None, *, on: dt.date) -> Prefill:
    """A form for something that is still due."""
    return Prefill(
        suggested(host_id, [kind], on=on) | {"held_on": on, "host": host_id, "kinds": [kind]}
    )


def of_template(template: EntryTemplate, *, on: dt.date) -> Prefill:
    """A form as the template keeps it, for today."""
    typed: dict[str, list[str]] = template.typed
    several = ("kinds", "joint")
    initial: dict[str, Any] = {
        name: typed[name] if name in several else (typed[name] or [""])[0]
        for name in KEPT_IN_TEMPLATE
        if name in typed
    }
    return Prefill(initial | {"held_on": on}, tuple(typed.get(TOPICS, ())))


def kept_in_template(sent: Mapping[str, Any], topics: Sequence[str]) -> dict[str, list[str]]:
    """Of a form as a browser sends it (name → values) what a template keeps."""
    kept = {name: list(sent[name]) for name in KEPT_IN_TEMPLATE if any(sent.get(name, ()))}
    return kept | {TOPICS: [topic for topic in topics if topic]}
