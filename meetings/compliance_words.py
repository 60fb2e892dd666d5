"""Verdicts in words: states, reasons, rules and periods as people read them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from meetings.models import Holiday, Kind, Period
from meetings.requirements import HOLIDAY, MONTHS, Reason, Rule, State, Verdict

STATES = {
    State.DONE: gettext_lazy("done"),
    State.DUE: gettext_lazy("due"),
    State.LATE: gettext_lazy("missing"),
    State.EXEMPT: gettext_lazy("exempt"),
    State.NOT_APPLICABLE: gettext_lazy("not applicable"),
}
REASONS = {
    Reason.NO_COMMITTEE: gettext_lazy("no branch committee throughout the period"),
    Reason.FOUNDED_WITHIN: gettext_lazy("founded within the period"),
    Reason.DISSOLVED_WITHIN: gettext_lazy("closed within the period"),
    Reason.NAMED: gettext_lazy("exempted by the administrator"),
    Reason.NOT_YET_FOUNDED: gettext_lazy("not yet founded"),
    Reason.DISSOLVED: gettext_lazy("closed before"),
    Reason.DRAFT: gettext_lazy("still a draft"),
    Reason.RETURNED: gettext_lazy("returned for correction"),
    Reason.VOID: gettext_lazy("void"),
    Reason.NOT_YET_ACCEPTED: gettext_lazy("not yet accepted"),
    Reason.COMBINED: gettext_lazy("counts for another kind that may not be combined with this one"),
}
# From what presses most to what asks nothing.
_GRAVITY = (State.LATE, State.DUE, State.DONE, State.EXEMPT, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Tally:
    """The verdicts of one kind and year in one cell. `held` of `asked` periods were met.

    Periods that ask nothing are in neither.
    """

    state: State
    held: int
    asked: int


def tally_of(verdicts: Sequence[Verdict]) -> Tally | None:
    """One cell for several verdicts: the gravest state. None where no rule asks anything."""
    if not verdicts:
        return None
    asked = [one for one in verdicts if one.state in (State.LATE, State.DUE, State.DONE)]
    state = min((one.state for one in verdicts), key=_GRAVITY.index)
    return Tally(state, sum(one.state == State.DONE for one in asked), len(asked))


def period_label(first: dt.date, period: str, holidays: Iterable[str] = ()) -> str:
    """`3月`, `第1季度`, `上半年`, `全年`, or the holidays of a break."""
    if period == HOLIDAY:
        return "、".join(str(Holiday(one).label) for one in holidays)
    if period == Period.MONTH:
        return date_format(first, "F")
    number = (first.month - 1) // MONTHS[period] + 1
    if period == Period.QUARTER:
        return _("Quarter %(number)s") % {"number": number}
    if period == Period.HALF_YEAR:
        return _("First half-year") if number == 1 else _("Second half-year")
    return _("Whole year")


def rule_label(rule: Rule) -> str:
    """`支部党员大会：每季度至少 1 次`."""
    return ngettext(
        "%(kind)s: %(period)s at least %(times)s time",
        "%(kind)s: %(period)s at least %(times)s times",
        rule.times,
    ) % {
        "kind": Kind(rule.kind).label,
        "period": Period(rule.period).label,
        "times": rule.times,
    }


def period_words(rule: Any) -> str:
    """`每月至少 1 次` of a Requirement, with the months or holidays that it is limited to."""
    words = ngettext(
        "%(period)s at least %(times)s time", "%(period)s at least %(times)s times", rule.times
    ) % {"period": Period(rule.period).label, "times": rule.times}
    limits = [date_format(dt.date(2000, month, 1), "F") for month in rule.months]
    limits += [str(Holiday(one).label) for one in rule.holidays]
    return f"{words}（{'、'.join(limits)}）" if limits else words


def why(verdict: Verdict) -> str:
    """The reason of an exempt verdict or one that does not apply; "" for the others."""
    if verdict.reason is None:
        return ""
    if verdict.words:
        return pgettext("reason: words", "%(reason)s: %(words)s") % {
            "reason": REASONS[verdict.reason],
            "words": verdict.words,
        }
    return str(REASONS[verdict.reason])
