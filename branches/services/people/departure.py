"""Leaving the register: to an organization outside, out of the Party, by death."""

import datetime as dt
from typing import Any

from branches.models import Member, MemberEvent, MemberEventKind
from branches.services.people.endings import end_membership
from branches.services.people.entry import deed_on

_ACTS = {
    MemberEventKind.TRANSFERRED_OUT: "member.transfer_out",
    MemberEventKind.LEFT: "member.leave",
    MemberEventKind.DECEASED: "member.decease",
}


def transfer_out(
    member: Member, *, happened_on: dt.date, outside_unit: str, user: Any, note: str = ""
) -> MemberEvent:
    """To an organization that is not in this register. Posts and exceptions end with it."""
    return _depart(
        MemberEventKind.TRANSFERRED_OUT,
        member,
        happened_on=happened_on,
        user=user,
        outside_unit=outside_unit,
        note=note,
    )


def leave(
    member: Member, *, happened_on: dt.date, reason: str, user: Any, note: str = ""
) -> MemberEvent:
    """Out of the Party, with the reason (resigned, removed from the rolls, expelled)."""
    return _depart(
        MemberEventKind.LEFT,
        member,
        happened_on=happened_on,
        user=user,
        reason=reason,
        note=note,
    )


def decease(member: Member, *, happened_on: dt.date, user: Any, note: str = "") -> MemberEvent:
    """The member died; from the day on nobody expects them."""
    return _depart(MemberEventKind.DECEASED, member, happened_on=happened_on, user=user, note=note)


def _depart(
    kind: MemberEventKind, member: Member, *, happened_on: dt.date, user: Any, **more: Any
) -> MemberEvent:
    with deed_on(_ACTS[kind], member, user=user) as deed:
        membership = end_membership(deed.effects, deed.life, on=happened_on)
        return deed.write(
            kind, happened_on=happened_on, organization=membership.organization, **more
        )
