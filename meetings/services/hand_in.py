"""Handing a record in: the check first, then the step."""

import datetime as dt
from typing import Any

from meetings.check_facts import facts_of
from meetings.checks import Finding, check
from meetings.models import Activity
from meetings.querysets import ActivityQuerySet
from meetings.services.review import submit_activity


class NotReady(Exception):
    """The check found something that blocks, or that was not looked at yet."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


def hand_in(
    activity: Activity,
    *,
    user: Any,
    expected_version: int,
    today: dt.date,
    visible: ActivityQuerySet,
    despite_warnings: bool = False,
) -> Activity:
    """Check the record and submit it. `activity` comes from `with_rows`, `visible` as in
    `facts_of`.

    NotReady with what was found; warnings alone pass with `despite_warnings`. StaleVersion and
    WrongStatus as in `submit_activity`.
    """
    if activity.version == expected_version:
        findings = check(facts_of(activity, today=today, visible=visible))
        if findings and not (despite_warnings and not findings[0].is_blocking):
            raise NotReady(findings)
    return submit_activity(activity, user=user, expected_version=expected_version)
