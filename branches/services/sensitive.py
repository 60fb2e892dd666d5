"""Turning sensitive fields on, keeping and erasing values, and showing one in clear.

Each is one act in the audit log; the log says that a value changed or was shown, never which.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from branches.audit import act
from branches.models import (
    Member,
    Membership,
    Organization,
    SensitiveField,
    SensitiveSetting,
    SensitiveValue,
)
from branches.sealing import seal, unseal
from branches.sensitive import opened, owner_of


def turn_on_fields(bureau: Organization, fields: Collection[SensitiveField]) -> None:
    """Exactly these fields are on for the bureau from now on.

    Turning one off hides its values at once and erases none: whoever turns it off by mistake
    loses nothing. Erasing is a step of its own, per person.
    """
    with act("sensitive.settings", subject=bureau, organization=bureau) as entry:
        for field in SensitiveField:
            setting, _made = SensitiveSetting.objects.get_or_create(
                organization=bureau, field=field
            )
            if setting.is_on != (field in fields):
                before, setting.is_on = setting.is_on, field in fields
                setting.save()
                entry.changed(bureau, {field.value: before}, {field.value: setting.is_on})


def keep_values(
    member: Member, values: Mapping[SensitiveField, str], *, organization: Organization
) -> None:
    """Keep these values of the member, each encrypted; an empty one erases what was kept."""
    with act("member.sensitive", subject=member, organization=organization) as entry:
        for field, value in values.items():
            kept = SensitiveValue.objects.filter(member=member, field=field)
            was_there = kept.exists()
            if value:
                SensitiveValue.objects.update_or_create(
                    member=member,
                    field=field,
                    defaults={"sealed": seal(value, owner=owner_of(member.pk, field))},
                )
            elif was_there:
                kept.delete()
            else:
                continue
            entry.changed(
                member,
                {field.value: "on file" if was_there else "none"},
                {field.value: "on file" if value else "erased"},
            )


def reveal_value(
    member: Member, field: SensitiveField, *, organization: Organization
) -> str | None:
    """One value in clear, and the entry that says who asked. None when none is on file.

    CannotOpen when the key it was sealed with is gone; asking is in the log all the same.
    """
    with act("sensitive.reveal", subject=member, organization=organization) as entry:
        entry.noted(field=field)
        kept = SensitiveValue.objects.filter(member=member, field=field).first()
    return unseal(kept.sealed, owner=owner_of(member.pk, field)) if kept else None


def rows_in_clear(
    organization: Organization, fields: Sequence[SensitiveField], *, purpose: str, on: dt.date
) -> list[tuple[str, str, list[str]]]:
    """(name, organization, values) of everybody who belongs on the day, for an export.

    The entry names the purpose given. "" where nothing is on file or the key is gone.
    """
    memberships = list(
        Membership.objects.in_force(on)
        .filter(organization__path__startswith=organization.path)
        .select_related("member", "organization")
        .order_by("organization__path", "member__sort_key", "member_id")
    )
    with act("sensitive.export", subject=organization, organization=organization) as entry:
        entry.noted(purpose=purpose, fields=list(fields), people=len(memberships))
    values = opened([one.member_id for one in memberships], fields)
    return [
        (
            one.member.name,
            one.organization.name,
            [values.get((one.member_id, field)) or "" for field in fields],
        )
        for one in memberships
    ]
