"""Renaming an organization 更名 and standing it below another one 调整隶属.

A workbook has no day for either: what it says corrects the name and the place on record.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import Effects
from branches.models import (
    SINCE_EVER,
    Organization,
    OrganizationEvent,
    OrganizationEventKind,
    OrganizationKind,
    OrganizationName,
    Placement,
)
from branches.placing import replace, settle
from branches.services.organizations.rules import check_place, check_stands, locked


def rename(
    organization: Organization,
    *,
    name: str,
    short_name: str,
    on: dt.date,
    user: Any,
    reason: str = "",
) -> OrganizationEvent:
    """Bear another name from the day on; documents of earlier days keep the earlier one.

    Raises ValidationError when the name is the same, or one that began on that day or later is
    on record.
    """
    with act(
        "organization.rename", subject=organization, organization=organization, user=user
    ) as entry:
        organization = locked(organization)
        check_stands(organization, on=on)
        before = {"name": organization.name, "short_name": organization.short_name}
        after = {"name": name, "short_name": short_name}
        if before == after:
            raise ValidationError({"name": _("It bears this name already.")})
        borne = organization.names.get(ended_on__isnull=True)
        if borne.started_on >= on:
            raise ValidationError(
                {
                    "on": _(
                        "It bears its name since %(day)s: choose a later day, or undo that entry."
                    )
                    % {"day": date_format(borne.started_on)}
                }
            )
        effects = Effects()
        effects.change(borne, ended_on=on)
        effects.create(OrganizationName(organization=organization, started_on=on, **after))
        effects.change(organization, **after)
        entry.changed(organization, before, after)
        return OrganizationEvent.objects.create(
            kind=OrganizationEventKind.RENAMED,
            organization=organization,
            happened_on=on,
            reason=reason,
            effects=effects.as_json(),
            recorded_by=user,
        )


def move(
    organization: Organization,
    superior: Organization,
    *,
    on: dt.date,
    user: Any,
    reason: str = "",
) -> OrganizationEvent:
    """Stand below another superior from the day on, with everything below.

    What was recorded before the day stays in the totals of the superior of that time. Raises
    ValidationError when the place does not fit, or a move on that day or later is on record.
    """
    with act(
        "organization.move", subject=organization, organization=organization, user=user
    ) as entry:
        organization, superior = locked(organization), locked(superior)
        check_stands(organization, on=on)
        check_stands(superior, on=on)
        check_place(OrganizationKind(organization.kind), superior)
        if superior.path.startswith(organization.path):
            raise ValidationError(
                {"superior": _("An organization does not stand below itself or one below it.")}
            )
        current = (
            Placement.objects.filter(organization=organization, distance=1, ended_on=None)
            .select_related("ancestor")
            .first()
        )
        if current is None:
            raise ValidationError(_("The topmost organization has no superior to change."))
        if current.ancestor_id == superior.pk:
            raise ValidationError({"superior": _("It stands below this one already.")})
        if current.started_on >= on:
            raise ValidationError(
                {
                    "on": _(
                        "It stands there since %(day)s: choose a later day, or undo that entry."
                    )
                    % {"day": date_format(current.started_on)}
                }
            )
        effects = Effects()
        replace(organization, superior, since=on, effects=effects)
        settle([organization.pk])
        entry.changed(organization, {"superior": current.ancestor}, {"superior": superior})
        return OrganizationEvent.objects.create(
            kind=OrganizationEventKind.MOVED,
            organization=organization,
            other_organization=superior,
            happened_on=on,
            reason=reason,
            effects=effects.as_json(),
            recorded_by=user,
        )


def correct_particulars(organization: Organization, **values: Any) -> None:
    """Correct columns of an organization (name, short name, founded, closed) as a workbook has
    them; a name also where it stands as the one borne now."""
    Organization.objects.filter(pk=organization.pk).update(**values)
    if named := {name: values[name] for name in ("name", "short_name") if name in values}:
        organization.names.filter(ended_on=None).update(**named)


def correct_place(organization: Organization, superior: Organization) -> None:
    """Stand below another superior from the day on which it stands below the present one."""
    current = Placement.objects.filter(organization=organization, distance=1, ended_on=None).first()
    since = current.started_on if current else SINCE_EVER
    replace(organization, superior, since=since, effects=Effects())
    settle([organization.pk])
