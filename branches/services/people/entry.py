"""What all acts share: the member locked, one entry written, refusals at a field."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.audit import Act, act, checksum
from branches.effects import Effects
from branches.models import Member, MemberEvent, MemberEventKind, Organization
from branches.services.people.life import Life

# What people wrote in their own words: the log has its checksum.
TEXTS = frozenset({"note", "reason"})


@dataclass(slots=True)
class Deed:
    """An act under way: the member's periods, what it writes, and its entry in the audit log."""

    life: Life
    effects: Effects
    audit: Act
    user: Any

    @property
    def member(self) -> Member:
        return self.life.member

    def write(
        self,
        kind: MemberEventKind,
        *,
        happened_on: dt.date,
        organization: Organization,
        **more: Any,
    ) -> MemberEvent:
        """The entry of the act. `more`: other_organization, outside_unit, reason, note,
        corrects."""
        self.audit.concerns(self.member, organization)
        for effect in self.effects.as_json():
            row = f"{effect['model'].rpartition('.')[2]}:{effect['pk']}"
            changes = {
                name: [checksum(one) for one in values] if name in TEXTS else values
                for name, values in effect["fields"].items()
            }
            self.audit.changed(
                row,
                {name: values[0] for name, values in changes.items()},
                {name: values[1] for name, values in changes.items()},
            )
        return MemberEvent.objects.create(
            kind=kind,
            member=self.member,
            happened_on=happened_on,
            organization=organization,
            recorded_by=self.user,
            effects=self.effects.as_json(),
            **more,
        )


@contextmanager
def deed_on(name: str, member: Member, *, user: Any) -> Iterator[Deed]:
    """A transaction in which nobody else acts on the member, with the member read anew.

    `name` is the act of the audit log. Refused when the member was entered by mistake.
    """
    with act(name, subject=member, user=user) as audit:
        current = Member.with_void.select_for_update().get(pk=member.pk)
        if current.is_void:
            raise ValidationError(_("This member was entered by mistake. The entry is undone."))
        yield Deed(Life(current), Effects(), audit, user)


def refusal(field: str, message: str, **words: Any) -> ValidationError:
    """Why an act cannot be recorded, at the field it is about."""
    return ValidationError({field: ValidationError(message, params=words or None)})


def home_of(life: Life, on: dt.date) -> Organization:
    """The organization the member belongs to on the day, refused where there is none."""
    membership = life.membership_on(on)
    if membership is None:
        raise refusal("happened_on", _("The member belongs to no organization on that day."))
    return membership.organization
