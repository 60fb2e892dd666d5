"""Rectification 整改: opened, corrected, closed, opened again; what was said before is kept.

Every step adds a line to `done_note`, the story of the problem. Those lines are part of the
record and stand in Chinese, whatever language the page was read in.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.audit import Outcome, act, checksum
from branches.models import Organization
from meetings.models import Activity, Rectification
from meetings.services.review import WrongStatus

# What may be corrected while a rectification is open, and the words for it in its story.
CORRECTABLE = {"problem": "问题", "measure": "整改措施", "owner": "责任人", "due_on": "期限"}


def open_rectification(
    activity: Activity, organization: Organization, *, problem: str, **more: Any
) -> Rectification:
    """A problem found in the activity, opened on its day. `more`: measure, owner, due_on.

    Entered twice, word for word and for the same organization, it is the first one again.
    """
    with act("rectification.create", organization=organization) as told:
        rectification, is_new = Rectification.objects.get_or_create(
            activity=activity,
            organization=organization,
            problem=problem,
            defaults={"opened_on": activity.held_on, **more},
        )
        if is_new:
            told.created(rectification, activity=activity, **_told_of(rectification))
        else:
            told.concerns(rectification)
            told.outcome = Outcome.REFUSED
    return rectification


def correct_rectification(
    pk: int, *, seen: Mapping[str, Any], now: Mapping[str, Any], user: Any, on: dt.date
) -> Rectification:
    """Write what differs between `seen` (what the form was opened on) and `now`.

    Both map the names of CORRECTABLE. Raises WrongStatus when it is closed, ValidationError when
    somebody changed it since it was seen.
    """
    with act("rectification.edit", user=user) as told:
        current = _locked(pk)
        told.concerns(current, current.organization)
        before = _told_of(current)
        _must_be_open(current)
        if any(getattr(current, name) != seen[name] for name in CORRECTABLE):
            raise ValidationError(
                _("Somebody changed this rectification in the meantime. Open it again.")
            )
        changes = [
            f"{word}由“{_told(seen[name])}”改为“{_told(now[name])}”"
            for name, word in CORRECTABLE.items()
            if now[name] != seen[name]
        ]
        if changes:
            for name in CORRECTABLE:
                setattr(current, name, now[name])
            _note(current, "更正", "；".join(changes), user=user, on=on)
            current.full_clean()
            current.save()
        told.changed(current, before, _told_of(current))
        if not changes:
            told.outcome = Outcome.REFUSED
    return current


def close_rectification(
    pk: int, *, done_on: dt.date, done_note: str, user: Any, on: dt.date
) -> Rectification:
    """Done, with what was done. WrongStatus when it is closed already; ValidationError for a day
    before it was opened or after `on`.
    """
    with act("rectification.close", user=user) as told:
        current = _locked(pk)
        before = _told_of(current)
        _must_be_open(current)
        if not current.opened_on <= done_on <= on:
            raise ValidationError(
                {"done_on": _("A day from the day it was opened to today is needed.")}
            )
        current.done_on = done_on
        _note(current, f"办结（完成日期{_told(done_on)}）", done_note, user=user, on=on)
        current.save()
        told.concerns(current, current.organization)
        told.changed(current, before, _told_of(current))
    return current


def reopen_rectification(pk: int, *, reason: str, user: Any, on: dt.date) -> Rectification:
    """Open again, with the reason; WrongStatus unless it is closed. What was done stays told."""
    with act("rectification.reopen", user=user) as told:
        current = _locked(pk)
        before = _told_of(current)
        if current.done_on is None:
            raise WrongStatus(_("This rectification is open already."))
        step = f"重新打开（原完成日期{_told(current.done_on)}）"
        current.done_on = None
        _note(current, step, reason, user=user, on=on)
        current.save()
        told.concerns(current, current.organization)
        told.changed(current, before, _told_of(current))
    return current


def _told_of(rectification: Rectification) -> dict[str, Any]:
    """What the audit log tells of a rectification before and after."""
    return {
        "opened_on": rectification.opened_on,
        "due_on": rectification.due_on,
        "done_on": rectification.done_on,
        "problem": checksum(rectification.problem),
        "measure": checksum(rectification.measure),
        "owner": checksum(rectification.owner),
    }


def _locked(pk: int) -> Rectification:
    return Rectification.objects.select_for_update().get(pk=pk)


def _must_be_open(rectification: Rectification) -> None:
    if rectification.done_on is not None:
        raise WrongStatus(_("This rectification is closed already."))


def _note(rectification: Rectification, step: str, words: str, *, user: Any, on: dt.date) -> None:
    line = f"〔{_told(on)} {user}〕{step}：{words}"
    rectification.done_note = "\n".join(filter(None, (rectification.done_note, line)))


def _told(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return value or "无"
