"""Whether an organization held what a rule asks for, period by period, and why. Pure.

Rules, records and the organization's own dates come in (`facts`); a year asks for something in
stretches of the calendar (`stretches`); these are judged (`judging`) and verdicts go out
(`verdicts`). Nothing is scored and nobody ranked: a verdict says what was held, what was asked, by
which rule, and what did not count.
"""

from meetings.requirements.facts import HOLIDAY, Exemption, Held, Life, Occasion, Rule
from meetings.requirements.judging import judged, verdicts_of
from meetings.requirements.stretches import MONTHS, Stretch, period_of, stretches_of
from meetings.requirements.verdicts import Reason, State, Verdict

__all__ = [
    "HOLIDAY",
    "MONTHS",
    "Exemption",
    "Held",
    "Life",
    "Occasion",
    "Reason",
    "Rule",
    "State",
    "Stretch",
    "Verdict",
    "judged",
    "period_of",
    "stretches_of",
    "verdicts_of",
]
