"""Undoing an entry about an organization by an entry that corrects it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import undo, values_touched
from branches.models import AuditEntry, Organization, OrganizationEvent, OrganizationEventKind
from branches.placing import settle

_FOUNDING = frozenset({OrganizationEventKind.FOUNDED, OrganizationEventKind.SPLIT})
# What an organization has from its founding; anything else means that it was used.
_FROM_FOUNDING = frozenset(
    {"names", "placements", "placements_below", "events", "events_elsewhere"}
)
_LONGEST_CODE = 40


def may_be_undone(event: OrganizationEvent) -> bool:
    """Whether nobody has undone it yet. What builds on it shows on trying."""
    return event.kind != OrganizationEventKind.CORRECTED and not hasattr(event, "correction")


def undo_event(
    event: OrganizationEvent, *, on: dt.date, user: Any, reason: str
) -> OrganizationEvent:
    """Put back what the entry changed; the entry stays on record with the one that undoes it.

    Raises ValidationError when it was undone before or something builds on it.
    """
    with act(
        "organization.undo", subject=event, organization=event.organization, user=user
    ) as entry:
        event = OrganizationEvent.objects.select_for_update().get(pk=event.pk)
        if not may_be_undone(event):
            raise ValidationError(_("This entry has been undone already."))
        undone = undo(event.effects)
        placed = {
            pk
            for model, pk, _name in values_touched(event.effects)
            if model == "branches.placement"
        }
        settle(
            Organization.objects.filter(placements__in=placed)
            .order_by("depth", "path")
            .distinct()
            .values_list("pk", flat=True)
        )
        if event.kind in _FOUNDING:
            _never_founded(event.organization_id)
        entry.noted(kind=event.kind, values=len(values_touched(undone.as_json())))
        return OrganizationEvent.objects.create(
            kind=OrganizationEventKind.CORRECTED,
            organization_id=event.organization_id,
            other_organization_id=event.other_organization_id,
            happened_on=on,
            reason=reason,
            effects=undone.as_json(),
            recorded_by=user,
            corrects=event,
        )


def _never_founded(organization_id: int) -> None:
    """Leave the row as one that stood on no day, its code free again. ValidationError when
    anything refers to it."""
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    for relation in Organization._meta.related_objects:
        model: Any = relation.related_model
        if model is AuditEntry or relation.get_accessor_name() in _FROM_FOUNDING:
            continue
        if model._default_manager.filter(**{relation.field.name: organization}).exists():
            raise ValidationError(
                _("This organization is in use already (%(what)s): dissolve it instead.")
                % {"what": model._meta.verbose_name}
            )
    if organization.numchild:
        raise ValidationError(_("Other organizations stand below this one: move them first."))
    ending = f"~{organization.pk}"
    Organization.objects.filter(pk=organization.pk).update(
        closed_on=F("founded_on"), code=organization.code[: _LONGEST_CODE - len(ending)] + ending
    )
