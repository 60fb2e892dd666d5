"""Between organizations: within the register in one act, and in from outside."""

import copy
import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import Effects
from branches.models import Member, MemberEvent, MemberEventKind, Membership, Organization
from branches.services.people.admission import write_person
from branches.services.people.endings import carry_exceptions, end_membership
from branches.services.people.entry import Deed, deed_on, refusal
from branches.services.people.life import Life
from branches.services.people.places import require_place

# After these nobody comes back by a transfer.
FINAL_KINDS = (MemberEventKind.LEFT, MemberEventKind.DECEASED)


def transfer(
    member: Member, *, organization: Organization, happened_on: dt.date, user: Any, note: str = ""
) -> MemberEvent:
    """From where the member belongs to another branch or Party group, both ends in one act.

    Posts held in organizations to which the member no longer belongs end. Without voting right
    goes along; not expected goes along within the branch.
    """
    require_place(organization, on=happened_on)
    with deed_on("member.transfer", member, user=user) as deed:
        life, effects = deed.life, deed.effects
        if life.last and life.last.organization_id == organization.pk:
            raise refusal("organization", _("The member belongs to this organization already."))
        before = copy.deepcopy(life.exceptions)
        old = end_membership(effects, life, on=happened_on, moving_to=organization)
        new = effects.create(
            Membership(member=life.member, organization=organization, started_on=happened_on)
        )
        carry_exceptions(effects, before, to=new, on=happened_on)
        return deed.write(
            MemberEventKind.TRANSFERRED,
            happened_on=happened_on,
            organization=organization,
            other_organization=old.organization,
            note=note,
        )


def transfer_in(
    member: Member,
    *,
    organization: Organization,
    happened_on: dt.date,
    outside_unit: str,
    user: Any,
    note: str = "",
) -> MemberEvent:
    """Back from outside: somebody on the roster who belongs to no organization now."""
    require_place(organization, on=happened_on)
    with deed_on("member.transfer_in", member, user=user) as deed:
        last = deed.life.last
        if last and last.ended_on is None:
            raise refusal(
                "organization", _("The member belongs to an organization. Record a transfer.")
            )
        if final := deed.member.events.filter(
            kind__in=FINAL_KINDS, correction__isnull=True
        ).first():
            raise refusal(
                "happened_on",
                _("“%(kind)s” is on record for %(day)s. Undo that entry first if it is wrong."),
                kind=final.get_kind_display(),
                day=date_format(final.happened_on),
            )
        earliest = deed.member.joined_on
        if last and last.ended_on:
            earliest = max(earliest, last.ended_on + dt.timedelta(days=1))
        if happened_on < earliest:
            raise refusal(
                "happened_on",
                _("The day cannot be earlier than %(day)s."),
                day=date_format(earliest),
            )
        return _arrive(deed, organization, happened_on, outside_unit=outside_unit, note=note)


def take_in(
    *,
    organization: Organization,
    happened_on: dt.date,
    outside_unit: str,
    name: str,
    joined_on: dt.date,
    converted_on: dt.date | None,
    user: Any,
    note: str = "",
    **particulars: Any,
) -> MemberEvent:
    """From outside: somebody who is not on the roster yet, with their standing.

    `particulars`: birth_month, gender, ethnicity, sort_key, is_conversion_date_unknown.
    """
    require_place(organization, on=happened_on)
    if happened_on < joined_on:
        raise refusal("happened_on", _("A transfer is not earlier than the admission."))
    if converted_on and converted_on < joined_on:
        raise refusal("converted_on", _("A member is converted after admission."))
    if converted_on and converted_on > happened_on:
        raise refusal(
            "converted_on",
            _("The conversion is later than the transfer: leave it empty and record it here."),
        )
    with act("member.take_in", organization=organization, user=user) as audit:
        effects = Effects()
        member = write_person(
            effects, name=name, joined_on=joined_on, converted_on=converted_on, **particulars
        )
        deed = Deed(Life(member), effects, audit, user)
        return _arrive(deed, organization, happened_on, outside_unit=outside_unit, note=note)


def _arrive(
    deed: Deed, organization: Organization, happened_on: dt.date, **more: str
) -> MemberEvent:
    deed.effects.create(
        Membership(member=deed.member, organization=organization, started_on=happened_on)
    )
    return deed.write(
        MemberEventKind.TRANSFERRED_IN, happened_on=happened_on, organization=organization, **more
    )
