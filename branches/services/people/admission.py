"""Admission, conversion, probation: what gives a member their standing."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import Effects
from branches.models import Member, MemberEvent, MemberEventKind, Membership, Organization, Standing
from branches.pinyin import sort_key_of
from branches.probation import longest_probation, probation_over_on
from branches.roster import standing_on
from branches.services.people.entry import Deed, deed_on, home_of, refusal
from branches.services.people.life import Life
from branches.services.people.places import require_place


def admit(
    *,
    organization: Organization,
    happened_on: dt.date,
    name: str,
    user: Any,
    note: str = "",
    **particulars: Any,
) -> MemberEvent:
    """A new probationary member, admitted by the branch on the day (Party Constitution §7).

    `particulars`: birth_month, gender, ethnicity, sort_key. Refused when the organization takes
    no members or was not open, or when name and month of birth are on the roster already.
    """
    require_place(organization, on=happened_on)
    with act("member.admit", organization=organization, user=user) as audit:
        effects = Effects()
        member = write_person(effects, name=name, joined_on=happened_on, **particulars)
        effects.create(Membership(member=member, organization=organization, started_on=happened_on))
        return Deed(Life(member), effects, audit, user).write(
            MemberEventKind.ADMITTED,
            happened_on=happened_on,
            organization=organization,
            note=note,
        )


def write_person(effects: Effects, *, name: str, sort_key: str = "", **values: Any) -> Member:
    """A new row of a person. Refused when name and month of birth are on the roster already."""
    if Member.objects.filter(name=name, birth_month=values.get("birth_month", "")).exists():
        raise refusal(
            "name",
            _(
                "A member of this name and month of birth is on the roster already. If this is "
                "somebody else, enter the month of birth."
            ),
        )
    return effects.create(Member(name=name, sort_key=sort_key or sort_key_of(name), **values))


def convert(
    member: Member, *, happened_on: dt.date, user: Any, reason: str = "", note: str = ""
) -> MemberEvent:
    """Full member from the day on. Refused before probation is over (Party Constitution §7)."""
    with deed_on("member.convert", member, user=user) as deed:
        organization = _home_in_probation(deed.life, happened_on)
        over_on = probation_over_on(deed.member)
        if happened_on < over_on:
            raise refusal(
                "happened_on",
                _("Probation runs until %(day)s; nobody is converted before that day."),
                day=date_format(over_on),
            )
        deed.effects.change(deed.member, converted_on=happened_on)
        return deed.write(
            MemberEventKind.CONVERTED,
            happened_on=happened_on,
            organization=organization,
            reason=reason,
            note=note,
        )


def extend_probation(
    member: Member,
    *,
    happened_on: dt.date,
    ends_on: dt.date,
    user: Any,
    reason: str,
    note: str = "",
) -> MemberEvent:
    """Probation runs until `ends_on`, one year longer than the first at most (Party
    Constitution §7); `happened_on` is the day of the decision."""
    with deed_on("member.extend", member, user=user) as deed:
        organization = _home_in_probation(deed.life, happened_on)
        earliest, latest = probation_over_on(deed.member), longest_probation(deed.member)
        if not earliest < ends_on <= latest:
            raise refusal(
                "ends_on",
                _(
                    "Probation runs until %(earliest)s now and may be extended until %(latest)s at "
                    "most. Choose a day after the first and not after the second."
                ),
                earliest=date_format(earliest),
                latest=date_format(latest),
            )
        deed.effects.change(deed.member, probation_ends_on=ends_on)
        return deed.write(
            MemberEventKind.PROBATION_EXTENDED,
            happened_on=happened_on,
            organization=organization,
            reason=reason,
            note=note,
        )


def _home_in_probation(life: Life, happened_on: dt.date) -> Organization:
    member = life.member
    if member.converted_on or member.is_conversion_date_unknown:
        raise refusal("happened_on", _("This is a full member already."))
    if standing_on(member, happened_on) != Standing.PROBATIONARY:
        raise refusal(
            "happened_on",
            _("The member was admitted on %(day)s; the day cannot be earlier."),
            day=date_format(member.joined_on),
        )
    return home_of(life, happened_on)
