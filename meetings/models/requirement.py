"""What is required, as data: a rule is a row with its source and its days in force."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organization, OrganizationKind
from meetings.models.activity import Holiday, Kind


class Period(models.TextChoices):
    """The period within which a requirement asks for its number of times."""

    MONTH = "MONTH", _("every month")
    QUARTER = "QUARTER", _("every quarter")
    HALF_YEAR = "HALF_YEAR", _("every half-year")
    YEAR = "YEAR", _("every year")
    HOLIDAY = "HOLIDAY", _("before each holiday")


class Requirement(models.Model):
    """So many activities of a kind, for a kind of organization, within each period.

    `scope` limits a bureau's own rule to its tree; without it the rule holds everywhere.
    """

    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    organization_kind = models.CharField(
        _("kind of organization"), max_length=16, choices=OrganizationKind
    )
    period = models.CharField(_("period"), max_length=10, choices=Period)
    times = models.PositiveSmallIntegerField(_("times"), default=1)
    # Fixed months (1–12) and chosen holidays; empty means each of them.
    months = models.JSONField(_("in these months"), default=list, blank=True)
    holidays = models.JSONField(_("before these holidays"), default=list, blank=True)
    scope = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("until (not including)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("requirement")
        ordering = ["kind", "organization_kind", "effective_from"]
        constraints = [
            models.CheckConstraint(
                name="requirement_ends_after_start",
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                violation_error_message=_("A requirement ends after it starts."),
            ),
            models.CheckConstraint(
                name="requirement_asks_for_something",
                condition=Q(times__gte=1),
                violation_error_message=_("A requirement asks for at least one activity."),
            ),
            # Two constraints, because in SQL two empty scopes are not equal.
            models.UniqueConstraint(
                fields=["kind", "organization_kind", "period", "effective_from"],
                condition=Q(scope__isnull=True),
                name="requirement_unique_everywhere",
                violation_error_message=_("This requirement is on record already."),
            ),
            models.UniqueConstraint(
                fields=["kind", "organization_kind", "period", "scope", "effective_from"],
                condition=Q(scope__isnull=False),
                name="requirement_unique_in_scope",
                violation_error_message=_("This requirement is on record already."),
            ),
        ]


class Exemption(models.Model):
    """An organization is not asked for a kind (or for anything) in a period, with the reason.

    Named by the administrator. What follows from the rules themselves (no committee, founded
    within the period) needs no row.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="exemptions")
    kind = models.CharField(_("kind"), max_length=32, choices=Kind, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until (not including)"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("exemption")
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="exemption_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=_("An exemption ends after it starts."),
            ),
            models.CheckConstraint(
                name="exemption_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Give the reason."),
            ),
        ]


class KindsApart(models.Model):
    """Two kinds that one activity may not satisfy together in a bureau, and below it."""

    scope = models.ForeignKey(Organization, models.PROTECT, related_name="kinds_apart")
    # In the order of `Kind`: an activity of both counts for the first.
    first = models.CharField(_("kind"), max_length=32, choices=Kind)
    second = models.CharField(_("kind"), max_length=32, choices=Kind)

    class Meta:
        verbose_name = _("kinds kept apart")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "first", "second"],
                name="kinds_apart_unique",
                violation_error_message=_("These two kinds are kept apart already."),
            ),
            models.CheckConstraint(
                name="kinds_apart_are_two",
                condition=~Q(first=F("second")),
                violation_error_message=_("Choose two different kinds."),
            ),
        ]


class HolidayNotice(models.Model):
    """The break of a holiday as the official notice has it, typed in or corrected.

    Without a row the break is the one that `meetings.holidays` knows. One for the whole site:
    the notice is the same for every bureau.
    """

    holiday = models.CharField(_("holiday"), max_length=20, choices=Holiday)
    year = models.PositiveSmallIntegerField(_("year"))
    first_day = models.DateField(_("first day off"))
    due_on = models.DateField(_("last working day before"))

    class Meta:
        verbose_name = _("notice of a holiday")
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["holiday", "year"],
                name="holiday_notice_unique",
                violation_error_message=_("This holiday of the year is on record already."),
            ),
            models.CheckConstraint(
                name="holiday_notice_due_before",
                condition=Q(due_on__lt=F("first_day")),
                violation_error_message=_("The last working day lies before the first day off."),
            ),
        ]
