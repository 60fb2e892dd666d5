"""Founding an organization 设立, and splitting one off from another 分设."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import Effects
from branches.models import (
    Member,
    Membership,
    Organization,
    OrganizationEvent,
    OrganizationEventKind,
    OrganizationKind,
    OrganizationName,
)
from branches.placing import place_new, replace, settle
from branches.services.organizations.carrying import carry_memberships, end_posts
from branches.services.organizations.rules import check_place, check_stands, locked


def plant(superior: Organization | None, **values: Any) -> Organization:
    """The rows of an organization that is new to the register: itself, its name, its places.

    Every organization comes into being here, whether by a form, a workbook or a test. `values`
    are the columns of Organization. Nothing is checked but the constraints of the database.
    """
    if superior is None:
        organization = Organization.objects.add_root(create_kwargs=values)
    else:
        organization = Organization.objects.add_child(superior, create_kwargs=values)
    OrganizationName.objects.create(
        organization=organization, name=organization.name, short_name=organization.short_name
    )
    place_new(organization, superior)
    return organization


def found(
    superior: Organization,
    *,
    kind: OrganizationKind,
    code: str,
    name: str,
    short_name: str,
    on: dt.date,
    user: Any,
    reason: str = "",
) -> Organization:
    """Found an organization below another one on a day.

    Raises ValidationError when the superior did not stand that day, the kind has no place below
    it, or the code is taken.
    """
    with act("organization.found", user=user) as entry:
        superior = locked(superior)
        check_stands(superior, on=on)
        organization = _new(superior, kind=kind, code=code, name=name, short_name=short_name, on=on)
        OrganizationEvent.objects.create(
            kind=OrganizationEventKind.FOUNDED,
            organization=organization,
            other_organization=superior,
            happened_on=on,
            reason=reason,
            recorded_by=user,
        )
        entry.concerns(organization, organization)
        entry.created(organization, code=code, name=name, kind=kind, founded_on=on)
    return organization


def split(
    organization: Organization,
    *,
    code: str,
    name: str,
    short_name: str,
    members: Iterable[Member],
    groups: Iterable[Organization] = (),
    on: dt.date,
    user: Any,
    reason: str = "",
) -> Organization:
    """Found one of the same kind beside the organization and move members and groups to it.

    Posts that those members hold in the organization end on the day. Records stay where they
    were. Raises ValidationError as `found` does, when nobody is chosen, and when someone chosen
    did not belong to the organization that day.
    """
    members, groups = list(members), list(groups)
    with act("organization.split", user=user) as entry:
        organization = locked(organization)
        check_stands(organization, on=on)
        superior = Organization.objects.get_parent(organization)
        if superior is None:
            raise ValidationError(_("Nothing splits off from an organization without a superior."))
        if not members and not groups:
            raise ValidationError({"members": _("Choose who goes to the new organization.")})
        belonging = list(
            Membership.objects.in_force(on).filter(organization=organization, member__in=members)
        )
        if len(belonging) != len(members):
            raise ValidationError(
                {"members": _("Someone chosen did not belong to the organization on that day.")}
            )
        new = _new(
            superior,
            kind=OrganizationKind(organization.kind),
            code=code,
            name=name,
            short_name=short_name,
            on=on,
        )
        effects = Effects()
        end_posts(organization, on=on, effects=effects, members=members)
        carry_memberships(belonging, new, on=on, effects=effects)
        for group in groups:
            check_place(OrganizationKind(group.kind), new)
            replace(group, new, since=on, effects=effects)
        settle(group.pk for group in groups)
        event = OrganizationEvent.objects.create(
            kind=OrganizationEventKind.SPLIT,
            organization=new,
            other_organization=organization,
            happened_on=on,
            reason=reason,
            effects=effects.as_json(),
            recorded_by=user,
        )
        event.members.set(members)
        entry.concerns(new, organization)
        entry.created(
            new, code=code, name=name, founded_on=on, members=len(members), groups=len(groups)
        )
    return new


def _new(
    superior: Organization,
    *,
    kind: OrganizationKind,
    code: str,
    name: str,
    short_name: str,
    on: dt.date,
) -> Organization:
    check_place(kind, superior)
    if Organization.objects.filter(code=code).exists():
        raise ValidationError({"code": _("Another organization has this code already.")})
    return plant(superior, kind=kind, code=code, name=name, short_name=short_name, founded_on=on)
