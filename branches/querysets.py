"""Chainable filters, named in the words of the domain, and who may see what.

Permission is decided here and in `access.py`, nowhere else: form choices, lists, exports,
counts and bulk ids all go through `visible_to` and `editable_by`.
"""

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q
from treebeard.mp_tree import MP_NodeQuerySet


class Deed(Enum):
    """What one may do with an organization's records. Each value is the roles that may."""

    READ = frozenset({"RECORDER", "SECRETARY", "ADMINISTRATOR", "INSPECTOR"})
    RECORD = frozenset({"RECORDER", "SECRETARY", "ADMINISTRATOR"})
    SUBMIT = frozenset({"SECRETARY", "ADMINISTRATOR"})
    REVIEW = frozenset({"ADMINISTRATOR"})
    SENSITIVE = frozenset({"ADMINISTRATOR"})
    IMPORT = frozenset({"ADMINISTRATOR"})
    APPOINT = frozenset({"ADMINISTRATOR"})
    # Who belongs where, in what standing, with which post: the administrator keeps the roster.
    # What is for the branch itself to say (who is not expected for a time) is SUBMIT.
    ROSTER = frozenset({"ADMINISTRATOR"})
    ORGANIZE = frozenset({"ADMINISTRATOR"})


def granted_paths(user: Any, deed: Deed, *, on: dt.date) -> tuple[str, ...]:
    """Tree paths below (and including) which the user may do the deed on that day.

    A superuser gets the empty path, the root of everything; a user without an appointment
    gets nothing. One query a user, day and request.
    """
    if not user.is_authenticated or not user.is_active:
        return ()
    if user.is_superuser:
        return ("",)
    paths = sorted({path for role, path in _grants(user, on) if path and role in deed.value})
    return tuple(
        path for path in paths if not any(path != top and path.startswith(top) for top in paths)
    )


def is_auditor_of_site(user: Any, *, on: dt.date) -> bool:
    """Whether the user is appointed auditor, the one role without an organization. The same query
    as `granted_paths`."""
    if not user.is_authenticated or not user.is_active:
        return False
    return any(role == "AUDITOR" for role, _path in _grants(user, on))


def _grants(user: Any, on: dt.date) -> list[tuple[str, str | None]]:
    """(role, path of its organization) of the appointments in force on that day."""
    kept: dict[dt.date, list[tuple[str, str | None]]] = user.__dict__.setdefault("_grants", {})
    if on not in kept:
        kept[on] = list(user.appointments.in_force(on).values_list("role", "organization__path"))
    return kept[on]


def under(paths: Iterable[str], field: str = "path") -> Q:
    """The condition that `field` (a tree path) is one of `paths` or below one of them."""
    condition = Q(pk__in=[])  # without a path: nothing
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


class PeriodQuerySet(models.QuerySet):
    """Rows with a period `[started_on, ended_on)`."""

    def in_force(self, on: dt.date) -> "PeriodQuerySet":
        """Rows whose period includes the day."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on),
            started_on__lte=on,
        )


class StandingRows(models.Manager):
    """The rows that stand: those entered by mistake are kept, and left out wherever people read.

    It is the default manager of models with `is_void`, so that related rows, form choices and
    unique checks follow it; `with_void` beside it reads everything.
    """

    def get_queryset(self) -> models.QuerySet:
        """All but the void rows."""
        return super().get_queryset().filter(is_void=False)


def stood_below(ancestor: Any, *, on: dt.date | F | OuterRef, field: str = "organization") -> Q:
    """The condition that the organization `field` stood at or below `ancestor` on the day.

    `on` is a day, or `F` of the column with the day of each row: a branch that moved takes its
    later records with it and leaves the earlier ones where they were. Joins at most one row, if
    `ancestor` is one organization; put it into a filter as it is, never negated.
    """
    return _placed(field, on=on, ancestor=ancestor)


def stood_below_one_of(
    ancestors: Iterable[Any], *, on: dt.date | F, field: str = "organization"
) -> Q:
    """As `stood_below`, with a row for each of the ancestors that it stood at or below."""
    return _placed(field, on=on, ancestor__in=list(ancestors))


def _placed(field: str, *, on: dt.date | F | OuterRef, **ancestor: Any) -> Q:
    place = f"{field}__placements"
    return Q(
        Q(**{f"{place}__ended_on__isnull": True}) | Q(**{f"{place}__ended_on__gt": on}),
        **{f"{place}__{name}": value for name, value in ancestor.items()},
        **{f"{place}__started_on__lte": on, f"{place}__is_void": False},
    )


class PlacementQuerySet(PeriodQuerySet):
    """Places in the tree."""

    def below(self, organizations: Iterable[Any], *, on: dt.date) -> models.QuerySet:
        """Keys of the organizations that on the day stood at or below one of these: for `IN`."""
        return self.in_force(on).filter(ancestor__in=list(organizations)).values("organization")

    def overlapping(self, first: dt.date, last: dt.date) -> "PlacementQuerySet":
        """Those in force on a day of `[first, last]`."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first), started_on__lte=last)


class OrganizationQuerySet(MP_NodeQuerySet):
    """Organizations."""

    def visible_to(self, user: Any, *, on: dt.date) -> "OrganizationQuerySet":
        """Those the user may read."""
        return self.filter(under(granted_paths(user, Deed.READ, on=on)))

    def editable_by(
        self, user: Any, *, on: dt.date, deed: Deed = Deed.RECORD
    ) -> "OrganizationQuerySet":
        """Those with whose records the user may do the deed."""
        return self.filter(under(granted_paths(user, deed, on=on)))

    def tops_for(self, user: Any, *, on: dt.date, deed: Deed) -> "OrganizationQuerySet":
        """The highest ones with which the user may do the deed. None for whoever may do it with
        the whole site."""
        return self.filter(path__in=[path for path in granted_paths(user, deed, on=on) if path])

    def with_code(self, code: str) -> "OrganizationQuerySet":
        """The one with the code as it came in an address; PostgreSQL refuses to look for a NUL."""
        return self.none() if "\x00" in code else self.filter(code=code)

    def at_or_below(self, organization: Any) -> "OrganizationQuerySet":
        """The organization and all below it today."""
        return self.filter(path__startswith=organization.path)

    def named_on(self, day: dt.date) -> "OrganizationQuerySet":
        """With the name borne on the day as `name_then` and `short_name_then`."""
        return self.filter(
            Q(names__ended_on__isnull=True) | Q(names__ended_on__gt=day),
            names__started_on__lte=day,
            names__is_void=False,
        ).annotate(name_then=F("names__name"), short_name_then=F("names__short_name"))

    def open_on(self, day: dt.date) -> "OrganizationQuerySet":
        """Founded (as far as known) and not closed on the day."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day),
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        )


class MemberEventQuerySet(models.QuerySet):
    """Entries about members."""

    def visible_to(self, user: Any, *, on: dt.date) -> "MemberEventQuerySet":
        """Those of organizations the user may read; of a transfer one end is enough."""
        paths = granted_paths(user, Deed.READ, on=on)
        return self.filter(
            under(paths, "organization__path") | under(paths, "other_organization__path")
        )


class MemberQuerySet(models.QuerySet):
    """Members."""

    def visible_to(self, user: Any, *, on: dt.date) -> "MemberQuerySet":
        """Those who belonged, or held a post, in an organization the user may read.

        Somebody entered by mistake has void memberships alone, and shows to whoever could see
        those (only through `Member.with_void`).
        """
        return self.seen_from(granted_paths(user, Deed.READ, on=on))

    def seen_from(self, paths: Iterable[str]) -> "MemberQuerySet":
        """Those who belonged, or held a post, at or below one of the tree paths."""
        here = under(tuple(paths), "organization__path")
        membership: Any = self.model._meta.get_field("memberships").related_model
        post: Any = self.model._meta.get_field("posts").related_model
        return self.filter(
            Q(pk__in=membership.objects.filter(here).values("member"))
            | Q(pk__in=post.objects.filter(here).values("member"))
            | Q(is_void=True, pk__in=membership.with_void.filter(here).values("member"))
        )

    def belonging_to(self, organization: Any, *, on: dt.date) -> "MemberQuerySet":
        """Those who on the day belonged to the organization or to one below it."""
        membership: Any = self.model._meta.get_field("memberships").related_model
        return self.filter(
            joined_on__lte=on,
            pk__in=membership.objects.in_force(on)
            .filter(stood_below(organization, on=on))
            .values("member"),
        )

    def full_on(self, day: dt.date) -> "MemberQuerySet":
        """Full members as of the day (Party Constitution §7: from conversion on)."""
        return self.filter(Q(is_conversion_date_unknown=True) | Q(converted_on__lte=day))

    def probationary_on(self, day: dt.date) -> "MemberQuerySet":
        """Admitted but not converted as of the day."""
        return self.filter(
            Q(converted_on__isnull=True) | Q(converted_on__gt=day),
            joined_on__lte=day,
            is_conversion_date_unknown=False,
        )


class AppointmentQuerySet(PeriodQuerySet):
    """Appointments."""

    def visible_to(self, user: Any, *, on: dt.date) -> "AppointmentQuerySet":
        """Those the user could have made: in organizations where they appoint; all of them for
        a superuser, the auditors' (of the site) among them."""
        paths = granted_paths(user, Deed.APPOINT, on=on)
        return self.all() if paths == ("",) else self.filter(under(paths, "organization__path"))

    def not_over(self, on: dt.date) -> "AppointmentQuerySet":
        """In force on the day, or to come."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on) & Q(ended_on__gt=F("started_on"))
        )


class UserQuerySet(models.QuerySet):
    """Users, as those see them who look after accounts (docs/accounts.md)."""

    def visible_to(self, user: Any, *, on: dt.date) -> "UserQuerySet":
        """Those with an appointment, of whatever time, in an organization where the user
        appoints, and those the user created."""
        paths = granted_paths(user, Deed.APPOINT, on=on)
        if not paths or paths == ("",):
            return self.all() if paths else self.none()
        return self.filter(
            Q(pk__in=self._appointments().filter(under(paths, "organization__path")).values("user"))
            | Q(created_by=user)
        )

    def looked_after_by(self, user: Any, *, on: dt.date) -> "UserQuerySet":
        """Those whose account the user may open and close: no appointment in force or to come
        reaches beyond the user's own. Whoever sets another's password can act as them, so
        anything more would be a way up."""
        paths = granted_paths(user, Deed.APPOINT, on=on)
        seen = self.visible_to(user, on=on).exclude(pk=user.pk)
        if paths == ("",):
            return seen
        beyond = self._appointments().not_over(on).exclude(pk__in=self._within(paths))
        return seen.filter(is_superuser=False).exclude(pk__in=beyond.values("user"))

    def _within(self, paths: Iterable[str]) -> Any:
        return self._appointments().filter(under(paths, "organization__path")).values("pk")

    def _appointments(self) -> Any:
        appointment: Any = self.model._meta.get_field("appointments").related_model
        return appointment.objects.all()
