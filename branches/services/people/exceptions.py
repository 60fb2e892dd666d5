"""For a time not expected, or without voting right, with the reason."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.models import Member, MemberEvent, MemberEventKind, StandingException
from branches.services.people.endings import goes_along
from branches.services.people.entry import deed_on, refusal
from branches.services.people.life import NEVER, Life, end_of, overlap

_ACTS = {
    StandingException.Effect.NOT_EXPECTED: "member.not_expected",
    StandingException.Effect.NOT_VOTING: "member.not_voting",
}


def mark_exception(
    member: Member,
    *,
    effect: StandingException.Effect,
    happened_on: dt.date,
    until: dt.date | None,
    reason: str,
    user: Any,
    note: str = "",
) -> MemberEvent:
    """From the day up to, not including, `until`; open without it.

    Of a time that is past it follows the member's moves as it would have done then.
    """
    if until is not None and until <= happened_on:
        raise refusal("until", _("The end is later than the beginning."))
    with deed_on(_ACTS[effect], member, user=user) as deed:
        life = deed.life
        first = life.membership_on(happened_on)
        if first is None:
            raise refusal("happened_on", _("The member belongs to no organization on that day."))
        end = until or NEVER
        for other in life.exceptions:
            if other.effect == effect and overlap(other, happened_on, end):
                raise refusal(
                    "happened_on",
                    _("“%(effect)s” is on record from %(day)s on. Two of them cannot overlap."),
                    effect=other.get_effect_display(),
                    day=date_format(other.started_on),
                )
        before, covered = first, happened_on
        for membership in life.from_membership(first):
            if membership.started_on >= end:
                break
            if not goes_along(effect, before.organization, membership.organization):
                break
            before, covered = membership, min(end_of(membership), end)
            if covered == end_of(membership):
                deed.effects.lean_on(membership, "ended_on")
            deed.effects.create(
                StandingException(
                    membership=membership,
                    effect=effect,
                    started_on=max(happened_on, membership.started_on),
                    ended_on=None if covered == NEVER else covered,
                    reason=reason,
                )
            )
        if until is not None and covered < until:
            raise refusal(
                "until",
                _("The member belongs here until %(day)s. The end cannot be later."),
                day=date_format(covered),
            )
        return deed.write(
            MemberEventKind(effect),
            happened_on=happened_on,
            organization=first.organization,
            reason=reason,
            note=note,
        )


def end_exception(
    exception: StandingException,
    *,
    happened_on: dt.date,
    user: Any,
    reason: str = "",
    note: str = "",
) -> MemberEvent:
    """From the day on the member counts again; also where the exception went on after a move."""
    with deed_on("member.end_exception", exception.membership.member, user=user) as deed:
        chain = _chain(deed.life, exception)
        first, last = chain[0], chain[-1]
        if happened_on <= first.started_on:
            raise refusal(
                "happened_on",
                _("It began on %(day)s. Choose a later day, or undo the entry."),
                day=date_format(first.started_on),
            )
        if happened_on >= end_of(last):
            raise refusal(
                "happened_on",
                _("It ended on %(day)s already. Choose an earlier day."),
                day=date_format(end_of(last)),
            )
        organization = first.membership.organization
        for one in chain:
            if one.started_on >= happened_on:
                deed.effects.change(one, is_void=True)
            elif end_of(one) > happened_on:
                deed.effects.change(one, ended_on=happened_on)
                organization = one.membership.organization
        return deed.write(
            MemberEventKind.EXCEPTION_ENDED,
            happened_on=happened_on,
            organization=organization,
            reason=reason,
            note=note,
        )


def _chain(life: Life, exception: StandingException) -> list[StandingException]:
    """The exception with those that it went on as, membership after membership."""
    same = [one for one in life.exceptions if one.effect == exception.effect]
    found = [one for one in same if one.pk == exception.pk]
    if not found:
        raise refusal("happened_on", _("This entry was undone in the meantime."))
    for one in same:
        if one.started_on == end_of(found[-1]) and one.membership_id != found[-1].membership_id:
            found.append(one)
    for one in reversed(same):
        if end_of(one) == found[0].started_on and one.membership_id != found[0].membership_id:
            found.insert(0, one)
    return found
