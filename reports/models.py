"""The year-end document: its text, its plan, and what it was when it became final."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organization
from meetings.models import Kind
from meetings.querysets import OrganizationScopedQuerySet


class ReportStatus(models.TextChoices):
    """Where an annual report stands."""

    DRAFT = "DRAFT", _("Draft")
    IN_REVIEW = "IN_REVIEW", _("In review")
    RETURNED = "RETURNED", _("Returned")
    APPROVED = "APPROVED", _("Approved")
    FINAL = "FINAL", _("Final")


class AnnualReport(models.Model):
    """Summary of one organization's year and plan for the next.

    A draft is rebuilt from sections and figures each time it is shown; a final one is printed
    from its snapshot alone (the whole Document, the figures and the ids behind them).
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(
        _("status"), max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    title = models.CharField(_("title"), max_length=200)
    organ = models.CharField(_("issuing organ"), max_length=200)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    # Rule 6: the page says which records its figures count.
    includes_submitted = models.BooleanField(_("count submitted records too"), default=False)
    # Somebody changed the words: composing again needs to be asked for.
    is_edited = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    composed_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finalized_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.JSONField(null=True, blank=True)
    snapshot_checksum = models.CharField(max_length=64, blank=True)

    objects = OrganizationScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        ordering = ["-year", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                name="annual_report_once_a_year",
                violation_error_message=_("This year's report exists already."),
            ),
            models.CheckConstraint(
                name="annual_report_final_has_snapshot",
                condition=~Q(status="FINAL")
                | (Q(snapshot__isnull=False) & ~Q(snapshot_checksum="")),
                violation_error_message=_("A final report keeps its snapshot."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReportSection(models.Model):
    """One section: a heading and a body in which {tokens} stand for bound figures."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    is_edited = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("section")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="report_section_unique")
        ]


class PlanItem(models.Model):
    """Something planned for the next year, in one of the threads 一是 二是 三是."""

    class Thread(models.IntegerChoices):
        FIRST = 1, _("First thread")
        SECOND = 2, _("Second thread")
        THIRD = 3, _("Third thread")

    class Quarter(models.IntegerChoices):
        FIRST = 1, _("First quarter")
        SECOND = 2, _("Second quarter")
        THIRD = 3, _("Third quarter")
        FOURTH = 4, _("Fourth quarter")

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="plan_items")
    thread = models.PositiveSmallIntegerField(_("thread"), choices=Thread)
    position = models.PositiveSmallIntegerField(_("number"), default=0)
    text = models.CharField(_("what is planned"), max_length=300)
    kind = models.CharField(_("kind"), max_length=32, choices=Kind, blank=True)
    target = models.PositiveSmallIntegerField(_("how many times"), null=True, blank=True)
    quarter = models.PositiveSmallIntegerField(
        _("by quarter"), choices=Quarter, null=True, blank=True
    )
    owner = models.CharField(_("responsible"), max_length=100, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )

    class Meta:
        verbose_name = _("plan item")
        ordering = ["thread", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_item_thread_and_quarter",
                condition=Q(thread__in=[1, 2, 3])
                & (Q(quarter__isnull=True) | Q(quarter__in=[1, 2, 3, 4])),
                violation_error_message=_("There are three threads and four quarters."),
            ),
            models.CheckConstraint(
                name="plan_item_has_text",
                condition=~Q(text=""),
                violation_error_message=_("Say what is planned."),
            ),
        ]
