"""What follows from activities: rectification and the yearly appraisal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organization
from branches.querysets import StandingRows
from meetings.models.activity import Activity
from meetings.querysets import OrganizationScopedQuerySet

StandingManager = StandingRows.from_queryset(OrganizationScopedQuerySet)


class Rectification(models.Model):
    """A problem, its measure, who sees to it, and how it ended 整改."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="rectifications"
    )
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="rectifications")
    problem = models.TextField(_("problem"))
    measure = models.TextField(_("measure"), blank=True)
    owner = models.CharField(_("responsible"), max_length=100, blank=True)
    opened_on = models.DateField(_("opened on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_note = models.TextField(_("what was done"), blank=True)
    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = StandingManager()
    with_void = OrganizationScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rectification_has_problem",
                condition=~Q(problem=""),
                violation_error_message=_("Name the problem."),
            ),
        ]


# 优秀、合格、基本合格、不合格: the names of the columns, best first.
GRADES = ("excellent", "qualified", "basically_qualified", "unqualified")


class AppraisalResult(models.Model):
    """Head counts by grade of one organization's yearly appraisal (支部条例 §18).

    Of a record it is one of its rows, and counts as far as the record does; without one it came
    from a ledger (formats.md §2) and stands by itself.
    """

    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="appraisals"
    )
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="appraisals")
    year = models.PositiveSmallIntegerField(_("year"))
    excellent = models.PositiveSmallIntegerField(_("excellent"), default=0)
    qualified = models.PositiveSmallIntegerField(_("qualified"), default=0)
    basically_qualified = models.PositiveSmallIntegerField(_("basically qualified"), default=0)
    unqualified = models.PositiveSmallIntegerField(_("unqualified"), default=0)
    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = StandingManager()
    with_void = OrganizationScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("appraisal result")
        ordering = ["year", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=Q(activity__isnull=True, is_void=False),
                name="appraisal_once_a_year",
                violation_error_message=_("This organization's appraisal is on record already."),
            ),
            models.UniqueConstraint(
                fields=["activity", "organization"],
                name="appraisal_once_per_activity",
                violation_error_message=_("An activity gives each organization one result."),
            ),
        ]
