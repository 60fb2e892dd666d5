"""The check of one record, for whoever reads it."""

import datetime as dt
from typing import Any

from meetings.check_facts import facts_of
from meetings.check_words import Line, in_words
from meetings.checks import check
from meetings.models import Activity


def check_lines(activity: Activity, *, user: Any, today: dt.date) -> list[Line]:
    """What the check finds in a record from `with_rows`, in words. Queries as in `facts_of`;
    other records are named as far as the user may see them."""
    visible = Activity.objects.visible_to(user, on=today)
    return in_words(check(facts_of(activity, today=today, visible=visible)))
