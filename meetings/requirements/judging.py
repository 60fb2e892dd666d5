"""Judging an organization's records by what a year asks of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from meetings.requirements.facts import Held, Life, Occasion, Rule
from meetings.requirements.stretches import Stretch, rules_for, stretches_of
from meetings.requirements.verdicts import Reason, State, Verdict

COMMITTEE_MEETING = "COMMITTEE_MEETING"


def verdicts_of(
    rules: Iterable[Rule],
    life: Life,
    held: Iterable[Held],
    *,
    year: int,
    on: dt.date,
    counting: frozenset[str],
    occasions: Iterable[Occasion] = (),
    apart: Collection[tuple[str, str]] = (),
) -> list[Verdict]:
    """The verdicts of one organization's year: its stretches, judged (`judged`)."""
    asked = stretches_of(rules_for(rules, life), year=year, occasions=occasions)
    return judged(asked, life, held, on=on, counting=counting, apart=apart)


def judged(
    asked: Iterable[Stretch],
    life: Life,
    held: Iterable[Held],
    *,
    on: dt.date,
    counting: frozenset[str],
    apart: Collection[tuple[str, str]] = (),
) -> list[Verdict]:
    """A verdict for each stretch that has begun by the day, in their order.

    `counting` are the statuses that count (rule 6 of the counting rules). `apart` are pairs of
    kinds that one activity may not satisfy together in this bureau: it then counts for the first
    of the two.
    """
    of_kind: dict[str, list[Held]] = defaultdict(list)
    for record in sorted(held, key=lambda one: (one.held_on, one.pk)):
        for kind in record.kinds:
            of_kind[kind].append(record)
    rivals: dict[str, set[str]] = defaultdict(set)
    for kind, other in apart:
        rivals[other].add(kind)
    return [
        _judged(
            stretch,
            life,
            _within(stretch, of_kind[stretch.rule.kind]),
            on=on,
            counting=counting,
            rivals=rivals[stretch.rule.kind],
        )
        for stretch in asked
        if stretch.asked_from <= on
    ]


def _within(stretch: Stretch, records: Iterable[Held]) -> list[Held]:
    if stretch.occasion is not None:
        return [one for one in records if stretch.occasion.is_marked(one)]
    first, after = stretch.first, stretch.after
    return [one for one in records if first <= one.held_on < after]


def _judged(
    stretch: Stretch,
    life: Life,
    within: Sequence[Held],
    *,
    on: dt.date,
    counting: frozenset[str],
    rivals: set[str],
) -> Verdict:
    counted, others = [], []
    for one in within:
        why_not = _why_not(one, counting, rivals)
        if why_not is None:
            counted.append(one.pk)
        else:
            others.append((one.pk, why_not))
    reason, words = None, ""
    if len(counted) >= stretch.rule.times:
        state = State.DONE
    elif (outside := _outside(stretch, life)) is not None:
        state, reason = State.NOT_APPLICABLE, outside
    elif (exempt := _exempt(stretch, life)) is not None:
        state, (reason, words) = State.EXEMPT, exempt
    else:
        state = State.LATE if on > stretch.due_on else State.DUE
    return Verdict(
        stretch.rule,
        stretch.first,
        stretch.after,
        stretch.due_on,
        state,
        tuple(counted),
        tuple(others),
        reason,
        words,
        stretch.occasion.holidays if stretch.occasion else (),
    )


def _why_not(record: Held, counting: frozenset[str], rivals: set[str]) -> Reason | None:
    if record.status not in counting:
        return Reason.NOT_YET_ACCEPTED if record.status == "SUBMITTED" else Reason(record.status)
    return Reason.COMBINED if not rivals.isdisjoint(record.kinds) else None


def _outside(stretch: Stretch, life: Life) -> Reason | None:
    """The organization was not there in any part of the period."""
    if life.founded_on is not None and life.founded_on >= stretch.after:
        return Reason.NOT_YET_FOUNDED
    if life.closed_on is not None and life.closed_on <= stretch.first:
        return Reason.DISSOLVED
    return None


def _exempt(stretch: Stretch, life: Life) -> tuple[Reason, str] | None:
    """A part of a period is not asked for what the whole of it would have to hold."""
    for one in life.exemptions:
        if one.kind in ("", stretch.rule.kind) and _overlap(
            one.started_on, one.ended_on, stretch.first, stretch.after
        ):
            return Reason.NAMED, one.words
    if life.founded_on is not None and life.founded_on > stretch.first:
        return Reason.FOUNDED_WITHIN, ""
    if life.closed_on is not None and life.closed_on < stretch.after:
        return Reason.DISSOLVED_WITHIN, ""
    if stretch.rule.kind == COMMITTEE_MEETING and not any(
        begun <= stretch.first and (ended is None or ended >= stretch.after)
        for begun, ended in life.committee
    ):
        return Reason.NO_COMMITTEE, ""
    return None


def _overlap(begun: dt.date, ended: dt.date | None, first: dt.date, after: dt.date) -> bool:
    return begun < after and (ended is None or ended > first)
