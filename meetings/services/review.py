"""The states of a record: submitted, returned, accepted, void, restored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from branches.audit import Outcome, act
from meetings.models import Activity, ReviewComment, Revision, Status
from meetings.services.record import StaleVersion, lock
from meetings.services.revision import told_of, write_revision


class WrongStatus(Exception):
    """The record is not in a state from which the step is possible. Its text is for people."""


def submit_activity(activity: Activity, *, user: Any, expected_version: int) -> Activity:
    """Hand a draft or returned record in for review."""
    return _move(
        activity,
        "activity.submit",
        user=user,
        expected_version=expected_version,
        allowed=(Status.DRAFT, Status.RETURNED),
        to=Status.SUBMITTED,
        action=Revision.Action.SUBMITTED,
        return_comment="",
    )


def return_activity(
    activity: Activity,
    *,
    user: Any,
    expected_version: int,
    comment: str = "",
    on_fields: Mapping[str, str] | None = None,
) -> Activity:
    """Send a submitted record back with what to correct: overall, or field by field.

    `on_fields` maps field names of the form to what is said about them. The comments belong to
    the version that was read. ValueError without a word.
    """
    said = {name: text for name, text in {"": comment, **(on_fields or {})}.items() if text}
    if not said:
        raise ValueError("a return says what to correct")
    with act("activity.return", subject=activity, user=user):
        returned = _move(
            activity,
            "activity.return",
            user=user,
            expected_version=expected_version,
            allowed=(Status.SUBMITTED,),
            to=Status.RETURNED,
            action=Revision.Action.RETURNED,
            note=comment,
            return_comment=comment,
        )
        ReviewComment.objects.bulk_create(
            ReviewComment(
                activity=returned, version=expected_version, field=name, text=text, user=user
            )
            for name, text in said.items()
        )
    return returned


def accept_activity(activity: Activity, *, user: Any, expected_version: int) -> Activity:
    """Accept a submitted record: from now on it counts in final figures (rule 6)."""
    return _move(
        activity,
        "activity.accept",
        user=user,
        expected_version=expected_version,
        allowed=(Status.SUBMITTED,),
        to=Status.ACCEPTED,
        action=Revision.Action.ACCEPTED,
    )


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of records chosen together, by title."""

    accepted: tuple[str, ...]
    changed: tuple[str, ...]
    refused: tuple[str, ...]


def accept_activities(chosen: Iterable[tuple[Activity, int]], *, user: Any) -> Accepted:
    """Accept each record that is still at the version that was read; the others are reported.

    One transaction and one entry of the audit log for all of them.
    """
    accepted, changed, refused = [], [], []
    with act("activity.accept", user=user) as told:
        for activity, version in chosen:
            try:
                accept_activity(activity, user=user, expected_version=version)
            except StaleVersion:
                changed.append(activity.title)
            except WrongStatus:
                refused.append(activity.title)
            else:
                accepted.append(activity.title)
        if not accepted:
            told.outcome = Outcome.REFUSED
    return Accepted(tuple(accepted), tuple(changed), tuple(refused))


def void_activity(activity: Activity, *, user: Any, expected_version: int, reason: str) -> Activity:
    """Void a record with the reason. It stays readable and never counts."""
    return _move(
        activity,
        "activity.void",
        user=user,
        expected_version=expected_version,
        allowed=(Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED),
        to=Status.VOID,
        action=Revision.Action.VOIDED,
        note=reason,
        void_reason=reason,
    )


def restore_activity(activity: Activity, *, user: Any, expected_version: int) -> Activity:
    """Bring a void record back as a draft."""
    return _move(
        activity,
        "activity.restore",
        user=user,
        expected_version=expected_version,
        allowed=(Status.VOID,),
        to=Status.DRAFT,
        action=Revision.Action.RESTORED,
        void_reason="",
    )


def _move(
    activity: Activity,
    name: str,
    *,
    user: Any,
    expected_version: int,
    allowed: tuple[Status, ...],
    to: Status,
    action: str,
    note: str = "",
    **changes: str,
) -> Activity:
    with act(name, subject=activity, organization=activity.host, user=user) as told:
        current = lock(activity.pk, expected_version=expected_version)
        if current.status not in allowed:
            raise WrongStatus(
                _("This cannot be done with a record that is “%(status)s”.")
                % {"status": current.get_status_display()}
            )
        before = told_of(current)
        current.status = to
        for name, value in changes.items():
            setattr(current, name, value)
        current.version += 1
        current.full_clean()
        current.save()
        write_revision(current, told, before=before, action=action, user=user, note=note)
    return current
