"""Ways into a filled form, and what the form asks for on the way."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches import access
from branches.access import Deed
from meetings.due import meeting_before
from meetings.forms.agenda import MOST_ITEMS
from meetings.forms.record import ExpectedQuestion, RecordPage, choices_of
from meetings.merging import merged
from meetings.models import Activity, EntryTemplate, Holiday, Kind, Rectification
from meetings.prefill import Prefill, copy_of, of_kind, of_template, suggested
from meetings.reading import with_rows
from meetings.services import entry_of
from meetings.views.attendance import AGREED, with_marks
from meetings.views.conflict import MERGE
from meetings.views.template import KEEP_TEMPLATE, keep_template

FOLLOWUPS = "followups"
TOPIC = "上次决议落实情况"  # content of the record, whatever the language of the page


def prefill_of(request: HttpRequest, *, today: dt.date) -> Prefill | None:
    """What the address asks for: `?copy=` a record, `?template=`, `?kind=` (and `&host=` code).

    Http404 for a record or template that the user may not read.
    """
    wanted, user = request.GET, request.user
    if pk := wanted.get("copy"):
        activity = access.get_visible(with_rows(), user, on=today, pk=pk)
        return copy_of(entry_of(activity), on=today)
    if pk := wanted.get("template"):
        templates = EntryTemplate.objects.filter(is_retired=False)
        return of_template(access.get_visible(templates, user, on=today, pk=pk), on=today)
    if kind := wanted.get("kind"):
        if kind not in Kind.values:
            raise Http404
        hosts = choices_of(user, today=today, activity=None)["hosts"]
        host = hosts.with_code(wanted.get("host", "")).first()
        return of_kind(kind, host.pk if host else None, on=today)
    return None


@require_safe
def activity_suggest(request: HttpRequest) -> JsonResponse:
    """The usual title, place, chair, recorder and time of day for what is chosen so far."""
    question = _question(request)
    holiday = request.GET.get("holiday", "")
    values = suggested(
        question["host"].pk if question.get("host") else None,
        question.get("kinds") or [],
        on=question.get("held_on") or timezone.localdate(),
        holiday=holiday if holiday in Holiday.values else "",
    )
    return JsonResponse({name: _plain(value) for name, value in values.items()})


@require_safe
def activity_followups(request: HttpRequest) -> JsonResponse:
    """An agenda item on what became of the last meeting's decisions; empty when there are none."""
    topic, discussion = _followups(_question(request), request.GET.get("activity", ""))
    return JsonResponse({"topic": topic, "discussion": discussion} if discussion else {})


def sent_so_far(request: HttpRequest, activity: Activity | None) -> QueryDict | None:
    """What the browser sent, after the button that asked for something on the way."""
    action = request.POST.get("action")
    if action == KEEP_TEMPLATE:
        keep_template(request, today=timezone.localdate())
    if action == FOLLOWUPS:
        return with_followups(request, activity)
    if action in AGREED.values():
        return with_marks(request, activity)
    if action == MERGE and activity is not None:
        today = timezone.localdate()
        return merged(request.POST, RecordPage(user=request.user, today=today, activity=activity))
    return request.POST if request.method == "POST" else None


def with_followups(request: HttpRequest, activity: Activity | None) -> QueryDict:
    """What was sent, with that agenda item added at the end: the way without JavaScript."""
    sent = request.POST.copy()
    question = _question(request, sent=sent)
    topic, discussion = _followups(question, str(activity.pk) if activity else "")
    count = sent.get("agenda-TOTAL_FORMS", "")
    number = min(int(count), MOST_ITEMS) if count.isascii() and count.isdigit() else 0
    if discussion and number < MOST_ITEMS:
        sent[f"agenda-{number}-topic"] = topic
        sent[f"agenda-{number}-discussion"] = discussion
        sent["agenda-TOTAL_FORMS"] = str(number + 1)
    return sent


def _question(request: HttpRequest, *, sent: QueryDict | None = None) -> dict[str, Any]:
    today = timezone.localdate()
    access.require_somewhere(request.user, Deed.RECORD, on=today)
    choices = choices_of(request.user, today=today, activity=None)
    question = ExpectedQuestion(request.GET if sent is None else sent, today=today, **choices)
    question.is_valid()
    return question.cleaned_data


def _followups(question: dict[str, Any], besides: str) -> tuple[str, str]:
    """(topic, discussion): decisions of the last meeting of the kinds, open rectifications."""
    host, kinds = question.get("host"), question.get("kinds")
    if not host or not kinds:
        return TOPIC, ""
    day = question.get("held_on") or timezone.localdate()
    pk = int(besides) if besides.isascii() and besides.isdigit() and len(besides) < 18 else None
    parts = []
    if last := meeting_before(host.pk, kinds, before=day, besides=pk):
        decided = [
            f"{item.topic}：{item.decision}" for item in last.agenda_items.all() if item.decision
        ]
        if lines := [*decided, *([last.decision] if last.decision else [])]:
            when = f"{last.held_on.year}年{last.held_on.month}月{last.held_on.day}日"
            parts.append(f"上次会议（{when}）决议：\n{_numbered(lines)}")
    problems = [
        one.problem + (f"（{one.owner}）" if one.owner else "")
        for one in Rectification.objects.filter(
            organization=host, done_on__isnull=True, opened_on__lte=day
        )
    ]
    if problems:
        parts.append(f"尚未完成的整改：\n{_numbered(problems)}")
    return TOPIC, "\n".join(parts)


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _plain(value: Any) -> str:
    return value.strftime("%H:%M") if isinstance(value, dt.time) else str(value)
