"""Activities, what they count as, their agenda and the materials studied."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Organization
from meetings.querysets import ActivityQuerySet


class Kind(models.TextChoices):
    """Kinds of activity (domain.md §1). The first four are "three meetings and one lesson"."""

    GENERAL_MEETING = "GENERAL_MEETING", _("General meeting of the branch")
    COMMITTEE_MEETING = "COMMITTEE_MEETING", _("Branch committee meeting")
    GROUP_MEETING = "GROUP_MEETING", _("Party group meeting")
    PARTY_LECTURE = "PARTY_LECTURE", _("Party lecture")
    THEMED_PARTY_DAY = "THEMED_PARTY_DAY", _("Themed Party day")
    GROUP_STUDY = "GROUP_STUDY", _("Group study")
    ORGANIZATIONAL_LIFE_MEETING = "ORGANIZATIONAL_LIFE_MEETING", _("Organizational life meeting")
    DEMOCRATIC_APPRAISAL = "DEMOCRATIC_APPRAISAL", _("Democratic appraisal of members")
    PARTY_COMMITTEE_MEETING = "PARTY_COMMITTEE_MEETING", _("Party committee meeting")
    INTEGRITY_EDUCATION = "INTEGRITY_EDUCATION", _("Integrity education")
    SPECIAL_SEMINAR = "SPECIAL_SEMINAR", _("Special seminar")
    YOUTH_ACTIVITY = "YOUTH_ACTIVITY", _("Young members' activity")
    HEART_TO_HEART_TALK = "HEART_TO_HEART_TALK", _("Heart-to-heart talk")


class Status(models.TextChoices):
    """Where a record stands in review. Only accepted ones count in a final figure (rule 6)."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    RETURNED = "RETURNED", _("Returned")
    ACCEPTED = "ACCEPTED", _("Accepted")
    VOID = "VOID", _("Void")


class Holiday(models.TextChoices):
    """Holidays that integrity education is held before; values are the figures' key parts."""

    NEW_YEAR = "new_year", _("New Year's Day")
    SPRING_FESTIVAL = "spring_festival", _("Spring Festival")
    QINGMING = "qingming", _("Qingming Festival")
    LABOUR_DAY = "labour_day", _("Labour Day")
    DRAGON_BOAT = "dragon_boat", _("Dragon Boat Festival")
    MID_AUTUMN = "mid_autumn", _("Mid-Autumn Festival")
    NATIONAL_DAY = "national_day", _("National Day")


class Activity(models.Model):
    """One record of one event, entered once; what it counts as are its credits."""

    host = models.ForeignKey(
        Organization, models.PROTECT, related_name="activities", verbose_name=_("host")
    )
    held_on = models.DateField(_("date"), db_index=True)
    start_time = models.TimeField(_("starts at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    title = models.CharField(_("subject"), max_length=300)
    chair = models.CharField(_("chair"), max_length=100, blank=True)
    recorder = models.CharField(_("recorder"), max_length=100, blank=True)
    lecturer = models.CharField(_("lecturer"), max_length=100, blank=True)
    form = models.CharField(_("form"), max_length=100, blank=True)
    holiday = models.CharField(_("before the holiday"), max_length=20, choices=Holiday, blank=True)
    study_hours = models.DecimalField(
        _("study hours"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    minutes = models.TextField(_("minutes"), blank=True)
    decision = models.TextField(_("decision"), blank=True)
    # 亮点: a line that the annual summary may quote.
    highlight = models.CharField(_("for the annual summary"), max_length=300, blank=True)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    return_comment = models.TextField(_("what to correct"), blank=True)
    void_reason = models.CharField(_("reason for voiding"), max_length=300, blank=True)
    # Counts saves; a form that was opened on an older version is refused (stale edit).
    version = models.PositiveIntegerField(default=1)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # The browser's key of a new form: sending the form twice makes one record.
    entry_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    # Where an imported record came from; the key finds it again when the file comes twice.
    import_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    import_digest = models.CharField(max_length=64, blank=True)
    imported_file = models.CharField(_("imported from"), max_length=255, blank=True)
    imported_row = models.PositiveIntegerField(_("row"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-held_on", "-start_time", "-pk"]
        indexes = [
            models.Index(fields=["status", "held_on"]),
            models.Index(fields=["host", "held_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(start_time__isnull=True)
                | Q(end_time__isnull=True)
                | Q(end_time__gt=F("start_time")),
                violation_error_message=_("An activity ends after it starts."),
            ),
            models.CheckConstraint(
                name="activity_has_title",
                condition=~Q(title=""),
                violation_error_message=_("Give the subject."),
            ),
            models.CheckConstraint(
                name="activity_void_has_reason",
                condition=~Q(status="VOID") | ~Q(void_reason=""),
                violation_error_message=_("Give the reason for voiding the record."),
            ),
            models.CheckConstraint(
                name="activity_study_hours_in_a_day",
                condition=Q(study_hours__isnull=True)
                | (Q(study_hours__gte=0) & Q(study_hours__lte=24)),
                violation_error_message=_("Study hours are between 0 and 24."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def recorded_late_by(self) -> int | None:
        """Days between the day and its entry when the entry is late 补录 (rule 10), or None.

        An imported record tells nothing about when it was first written down: None.
        """
        if self.imported_file:
            return None
        days = (timezone.localdate(self.created_at) - self.held_on).days
        return days if days > settings.LATE_ENTRY_DAYS else None


class Credit(models.Model):
    """This activity counts as KIND for ORGANIZATION: every count comes from these rows."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="credits")
    kind = models.CharField(_("kind"), max_length=32, choices=Kind)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="credits")

    class Meta:
        verbose_name = _("credit")
        ordering = ["pk"]
        indexes = [models.Index(fields=["organization", "kind"])]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "kind", "organization"],
                name="credit_unique",
                violation_error_message=_("An activity counts once as a kind for an organization."),
            )
        ]


class AgendaItem(models.Model):
    """One item of the agenda, with its decision and votes."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="agenda_items")
    position = models.PositiveSmallIntegerField(_("number"))
    topic = models.CharField(_("topic"), max_length=300)
    reporter = models.CharField(_("reporter"), max_length=100, blank=True)
    discussion = models.TextField(_("discussion"), blank=True)
    decision = models.TextField(_("resolution"), blank=True)
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "position"],
                name="agenda_item_position_unique",
                violation_error_message=_("Two agenda items have the same number."),
            )
        ]

    @property
    def is_voted(self) -> bool:
        """Whether any vote was recorded."""
        votes = (self.votes_for, self.votes_against, self.votes_abstain)
        return any(count is not None for count in votes)


class StudyMaterial(models.Model):
    """A text studied in an activity; the title without 《》."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="study_materials")
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        verbose_name = _("study material")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "title"],
                name="study_material_once_per_activity",
                violation_error_message=_("This material is listed twice."),
            )
        ]
