"""Chainable filters over activities. Rules 1, 2, 6 and 7 of counting live here."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from branches.querysets import Deed, granted_paths, stood_below, under

ACCEPTED_ONLY = ("ACCEPTED",)
ACCEPTED_AND_SUBMITTED = ("ACCEPTED", "SUBMITTED")


class OrganizationScopedQuerySet(models.QuerySet):
    """Rows that belong to one organization, named `organization`."""

    def visible_to(self, user: Any, *, on: dt.date) -> "OrganizationScopedQuerySet":
        """Rows of organizations the user may read."""
        return self.filter(under(granted_paths(user, Deed.READ, on=on), "organization__path"))

    def at_or_below(self, organization: Any) -> "OrganizationScopedQuerySet":
        """Rows of the organization and those below it today."""
        return self.filter(organization__path__startswith=organization.path)

    def stood_below(self, organization: Any, *, on: dt.date | F) -> "OrganizationScopedQuerySet":
        """Rows of those that stood at or below the organization on the day of the row."""
        return self.filter(stood_below(organization, on=on))


class ImportRunQuerySet(models.QuerySet):
    """Imports. One without an organization reaches the whole site."""

    def visible_to(self, user: Any, *, on: dt.date) -> "ImportRunQuerySet":
        """Those that reach no further than the user may read."""
        return self._within(granted_paths(user, Deed.READ, on=on))

    def editable_by(self, user: Any, *, on: dt.date, deed: Deed) -> "ImportRunQuerySet":
        """Those that reach no further than the user may do the deed."""
        return self._within(granted_paths(user, deed, on=on))

    def _within(self, paths: tuple[str, ...]) -> "ImportRunQuerySet":
        if paths == ("",):
            return self.all()
        return self.filter(under(paths, "organization__path"))


class ActivityQuerySet(models.QuerySet):
    """Activities."""

    def visible_to(self, user: Any, *, on: dt.date) -> "ActivityQuerySet":
        """Hosted by, or credited to, an organization the user may read."""
        paths = granted_paths(user, Deed.READ, on=on)
        if paths == ("",):
            return self.all()
        return self.filter(
            under(paths, "host__path") | self._has_credit(under(paths, "organization__path"))
        )

    def editable_by(
        self, user: Any, *, on: dt.date, deed: Deed = Deed.RECORD
    ) -> "ActivityQuerySet":
        """Hosted by an organization with whose records the user may do the deed.

        A branch that only took part in a joint activity reads it; the host keeps it.
        """
        return self.filter(under(granted_paths(user, deed, on=on), "host__path"))

    def in_year(self, year: int) -> "ActivityQuerySet":
        """Held within `[1 Jan, 1 Jan)` of the year, by the activity's own date (rule 7)."""
        return self.filter(held_on__gte=dt.date(year, 1, 1), held_on__lt=dt.date(year + 1, 1, 1))

    def of_festival_year(self, year: int) -> "ActivityQuerySet":
        """Marked with a holiday of that year.

        A New Year reminder held in December belongs to the year that then begins
        (formats.md §4); every other one to the year of its date.
        """
        eve = Q(holiday="new_year", held_on__month=12)
        own_year = Q(held_on__gte=dt.date(year, 1, 1), held_on__lt=dt.date(year + 1, 1, 1))
        december_before = Q(held_on__gte=dt.date(year - 1, 12, 1), held_on__lt=dt.date(year, 1, 1))
        return self.exclude(holiday="").filter(
            (own_year & ~eve) | Q(december_before, holiday="new_year")
        )

    def countable(self, statuses: tuple[str, ...] = ACCEPTED_ONLY) -> "ActivityQuerySet":
        """Accepted ones, or those of the given statuses; drafts, returned, void never (rule 6)."""
        return self.filter(status__in=set(statuses) & set(ACCEPTED_AND_SUBMITTED))

    def credited(self, kind: str | None = None, *, organization: Any = None) -> "ActivityQuerySet":
        """Counting as the kind (or any) for the organization or one below it (or anyone).

        Below it on the day of the activity: one that moved left its earlier records there.
        """
        condition = Q()
        if kind is not None:
            condition &= Q(kind=kind)
        if organization is not None:
            condition &= stood_below(organization, on=OuterRef("held_on"))
        return self.filter(self._has_credit(condition))

    def _has_credit(self, condition: Q) -> Exists:
        # EXISTS, not a join: a joint activity is one row however many credits match (rule 2).
        credit: Any = self.model._meta.get_field("credits").related_model
        return Exists(credit.objects.filter(condition, activity=OuterRef("pk")))


class AttachmentQuerySet(models.QuerySet):
    """Attached files."""

    def visible_to(self, user: Any, *, on: dt.date) -> "AttachmentQuerySet":
        """Those of records the user may read, and the user's own of a form not saved yet.

        Somebody who may record nowhere any more has no form to save.
        """
        activity: Any = self.model._meta.get_field("activity").related_model
        condition = Q(activity__in=activity.objects.visible_to(user, on=on))
        if granted_paths(user, Deed.RECORD, on=on):
            condition |= Q(activity=None, uploaded_by=user)
        return self.filter(condition, removed_at=None)
