"""Merging an organization into another one 合并, and dissolving it 撤销."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import Effects
from branches.models import (
    Membership,
    Organization,
    OrganizationEvent,
    OrganizationEventKind,
    OrganizationKind,
    Post,
)
from branches.placing import replace, settle
from branches.services.organizations.carrying import carry_memberships, end_posts
from branches.services.organizations.rules import check_place, check_stands, locked

_MOST_NAMES = 20


def merge(
    organization: Organization,
    into: Organization,
    *,
    posts: Collection[Post] = (),
    on: dt.date,
    user: Any,
    reason: str = "",
) -> OrganizationEvent:
    """Carry the members over on the day, stand what is below under the other one, and close it.

    Of the posts held in the organization those in `posts` go on in the other one, the rest end.
    Records stay where they were. Raises ValidationError when the two are not of one kind.
    """
    with act(
        "organization.merge", subject=organization, organization=organization, user=user
    ) as entry:
        organization, into = locked(organization), locked(into)
        for one in (organization, into):
            check_stands(one, on=on)
        if into.pk == organization.pk or into.kind != organization.kind:
            raise ValidationError(
                {"into": _("Choose another organization of the same kind to take over.")}
            )
        effects = Effects()
        belonging = list(_belonging(organization, on=on))
        carry_memberships(belonging, into, on=on, effects=effects)
        end_posts(organization, on=on, effects=effects, carried=posts, to=into)
        below = list(Organization.objects.get_children(organization).filter(closed_on=None))
        for one in below:
            check_place(OrganizationKind(one.kind), into)
            replace(one, into, since=on, effects=effects)
        settle(one.pk for one in below)
        organization.refresh_from_db()
        _close(organization, on=on, effects=effects)
        event = OrganizationEvent.objects.create(
            kind=OrganizationEventKind.MERGED,
            organization=organization,
            other_organization=into,
            happened_on=on,
            reason=reason,
            effects=effects.as_json(),
            recorded_by=user,
        )
        event.members.set({membership.member_id for membership in belonging})
        entry.changed(
            organization,
            {"closed_on": None},
            {"closed_on": on, "into": into, "members": len(belonging)},
        )
        return event


def dissolve(
    organization: Organization, *, on: dt.date, user: Any, reason: str = ""
) -> OrganizationEvent:
    """Close the organization on the day; posts held in it and its term of office end.

    Raises ValidationError with the names while members belong to it on the day or later, or
    while an organization below it is open.
    """
    with act(
        "organization.dissolve", subject=organization, organization=organization, user=user
    ) as entry:
        organization = locked(organization)
        check_stands(organization, on=on)
        below = [
            str(one)
            for one in Organization.objects.get_children(organization).filter(closed_on=None)
        ]
        if below:
            raise ValidationError(
                _("Move, merge or dissolve those below it first: %(names)s.")
                % {"names": _listed(below)}
            )
        members = list(
            _belonging(organization, on=on)
            .order_by("member__sort_key", "member")
            .values_list("member__name", flat=True)
        )
        if members:
            raise ValidationError(
                _("Transfer the members first, or choose the day after they left: %(names)s.")
                % {"names": _listed(members)}
            )
        effects = Effects()
        end_posts(organization, on=on, effects=effects)
        _close(organization, on=on, effects=effects)
        entry.changed(organization, {"closed_on": None}, {"closed_on": on})
        return OrganizationEvent.objects.create(
            kind=OrganizationEventKind.DISSOLVED,
            organization=organization,
            happened_on=on,
            reason=reason,
            effects=effects.as_json(),
            recorded_by=user,
        )


def _belonging(organization: Organization, *, on: dt.date) -> Any:
    """Memberships that go beyond the day."""
    return Membership.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), organization=organization
    )


def _close(organization: Organization, *, on: dt.date, effects: Effects) -> None:
    for term in organization.terms.filter(ended_on=None):
        effects.change(term, **({"is_void": True} if term.started_on >= on else {"ended_on": on}))
    effects.change(organization, closed_on=on)


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown}……"
