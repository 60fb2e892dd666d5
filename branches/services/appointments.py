"""Appointing users and ending appointments. Who may: `Deed.APPOINT` in the organization."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _

from branches.audit import act
from branches.models import Appointment, Organization, Role, User
from branches.services.accounts import end_links

__all__ = ["appoint", "end_appointment"]


def appoint(
    user: User,
    *,
    role: Role,
    organization: Organization | None,
    started_on: dt.date,
    ended_on: dt.date | None = None,
    by: User | None,
    at: dt.datetime,
) -> Appointment:
    """The user's role in the organization for `[started_on, ended_on)`.

    ValidationError where a period of the same role there overlaps. A one-time link that somebody
    else made for the user ends: who made it may not reach as far as the user does from now on.
    """
    with act("user.appoint", subject=user, organization=organization, user=by) as entry:
        User.objects.select_for_update().get(pk=user.pk)
        same = user.appointments.filter(role=role, organization=organization)
        later = Q() if ended_on is None else Q(started_on__lt=ended_on)
        overlapping = (
            same.filter(later)
            .exclude(ended_on__lte=started_on)
            .exclude(ended_on=F("started_on"))  # withdrawn before it began
        )
        if overlapping.exists():
            raise ValidationError(
                _("This user has that role there already in a part of the period. End it first."),
                code="overlapping",
            )
        appointment = Appointment.objects.create(
            user=user,
            role=role,
            organization=organization,
            started_on=started_on,
            ended_on=ended_on,
        )
        end_links(user, at=at, except_by=by)
        entry.created(
            appointment,
            user=user,
            role=role,
            organization=organization,
            started_on=started_on,
            ended_on=ended_on,
        )
        return appointment


def end_appointment(appointment: Appointment, *, ended_on: dt.date) -> None:
    """The first day without it. One that was to begin later is withdrawn by its own first day."""
    with act(
        "appointment.end", subject=appointment.user, organization=appointment.organization
    ) as entry:
        entry.changed(appointment, {"ended_on": appointment.ended_on}, {"ended_on": ended_on})
        appointment.ended_on = ended_on
        appointment.save(update_fields=["ended_on"])
