"""Sensitive fields of members: where they are on, and what a page may show of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from branches.access import Deed, may
from branches.models import (
    Member,
    Membership,
    Organization,
    SensitiveField,
    SensitiveSetting,
    SensitiveValue,
)
from branches.personal_numbers import masked
from branches.sealing import CannotOpen, unseal


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a field: the masked value, "" when none is on file.

    `is_lost`: a value is on file, but its key is not.
    """

    field: SensitiveField
    masked: str
    is_lost: bool = False


def owner_of(member_id: int, field: str) -> str:
    """Whose a sealed value is, in the words that are sealed in with it."""
    return f"{field}:{member_id}"


def place_of(member: Member, *, on: dt.date) -> Organization | None:
    """The organization the member belongs to on the day, or belonged to last. One query.

    Whoever administers it is in charge of the member's sensitive values.
    """
    memberships = Membership.objects.filter(member=member, started_on__lte=on)
    last = memberships.select_related("organization").order_by("started_on").last()
    return last.organization if last else None


def fields_on(organization: Organization) -> list[SensitiveField]:
    """The fields turned on for the bureau of the organization, in their order. One query."""
    turned_on = set(
        SensitiveSetting.objects.filter(
            organization__path=organization.path[: Organization.steplen], is_on=True
        ).values_list("field", flat=True)
    )
    return [field for field in SensitiveField if field in turned_on]


def shown_to(user: Any, member: Member, *, on: dt.date) -> list[Shown]:
    """What the user's page of the member shows: nothing to those who may not handle it."""
    organization = place_of(member, on=on)
    if organization is None or not may(user, Deed.SENSITIVE, organization, on=on):
        return []
    fields = fields_on(organization)
    return shown_of(member, fields) if fields else []


def shown_of(member: Member, fields: Iterable[SensitiveField]) -> list[Shown]:
    """The fields with their masked values. One query."""
    kept = dict(SensitiveValue.objects.filter(member=member).values_list("field", "sealed"))
    return [_shown(member.pk, field, kept.get(field, "")) for field in fields]


def opened(
    members: Sequence[int], fields: Sequence[SensitiveField]
) -> dict[tuple[int, str], str | None]:
    """The values in clear by (member id, field); None where the key is gone. One query.

    For services that write into the audit log who asked, and for nobody else.
    """
    found: dict[tuple[int, str], str | None] = {}
    rows = SensitiveValue.objects.filter(member__in=members, field__in=fields)
    for member_id, field, sealed in rows.values_list("member_id", "field", "sealed"):
        try:
            found[member_id, field] = unseal(sealed, owner=owner_of(member_id, field))
        except CannotOpen:
            found[member_id, field] = None
    return found


def _shown(member_id: int, field: SensitiveField, sealed: str) -> Shown:
    if not sealed:
        return Shown(field, "")
    try:
        return Shown(field, masked(unseal(sealed, owner=owner_of(member_id, field))))
    except CannotOpen:
        return Shown(field, "", is_lost=True)
