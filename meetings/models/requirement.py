"""What is required, as data: a rule is a row with its source and its days in force."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organization, OrganizationKind
from meetings.models.activity import Kind


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
