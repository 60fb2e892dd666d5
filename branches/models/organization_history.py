"""What organizations were called and where they stood as of a day, their terms of office, and
the entries that changed it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models.member import Member
from branches.models.organization import Organization
from branches.models.user import User
from branches.querysets import PeriodQuerySet, PlacementQuerySet, StandingRows

# From when the first name and the first place of an organization hold. Its records may be older
# than the day of founding on file, and none of them may drop out of a count.
SINCE_EVER = dt.date.min

PeriodManager = StandingRows.from_queryset(PeriodQuerySet)
PlacementManager = StandingRows.from_queryset(PlacementQuerySet)


class OrganizationName(models.Model):
    """What an organization was called: `[started_on, ended_on)`. The organization itself bears
    the name of today."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    started_on = models.DateField(_("from"), default=SINCE_EVER)
    ended_on = models.DateField(_("until (not including)"), null=True, blank=True)
    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = PeriodManager()
    with_void = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of an organization")
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organization_name_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=_("A name ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ended_on__isnull=True, is_void=False),
                name="organization_name_one_open",
                violation_error_message=_("An organization bears one name at a time."),
            ),
        ]


class Placement(models.Model):
    """A period in which an organization stood at or below another one.

    `distance` is 0 for itself, 1 for its superior, and so on up to the root. The tree of
    `Organization` is that of today, and permission goes by it; what is counted goes by the day.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="placements")
    ancestor = models.ForeignKey(Organization, models.PROTECT, related_name="placements_below")
    distance = models.PositiveSmallIntegerField()
    started_on = models.DateField(_("from"), default=SINCE_EVER)
    ended_on = models.DateField(_("until (not including)"), null=True, blank=True)
    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = PlacementManager()
    with_void = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the tree")
        ordering = ["started_on", "distance", "pk"]
        indexes = [
            models.Index(
                fields=["organization", "ancestor", "started_on", "ended_on"],
                name="placement_above",
            ),
            models.Index(fields=["ancestor", "organization"], name="placement_below"),
        ]
        constraints = [
            models.CheckConstraint(
                name="placement_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=_("A place in the tree ends after it starts."),
            ),
            # Overlap of closed periods is excluded where they are written
            # (`branches.placing`): SQLite has no exclusion constraint.
            models.UniqueConstraint(
                fields=["organization", "ancestor"],
                condition=Q(ended_on__isnull=True, is_void=False),
                name="placement_one_open",
                violation_error_message=_("An organization stands in one place at a time."),
            ),
            models.CheckConstraint(
                name="placement_itself_at_distance_zero",
                condition=Q(distance=0, organization=F("ancestor"))
                | (Q(distance__gt=0) & ~Q(organization=F("ancestor"))),
                violation_error_message=_("An organization does not stand below itself."),
            ),
        ]


class Term(models.Model):
    """A term of office of an organization's committee 任期: it is due for re-election on `due_on`.

    `ended_on` is the day on which the next committee was elected; null while it lasts.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("number of the term"))
    started_on = models.DateField(_("elected on"))
    due_on = models.DateField(_("re-election due on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = PeriodManager()
    with_void = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="term_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message=_("The first term has the number 1."),
            ),
            models.CheckConstraint(
                name="term_due_after_start",
                condition=Q(due_on__gt=F("started_on")),
                violation_error_message=_("A term is due after it starts."),
            ),
            models.CheckConstraint(
                name="term_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=_("A term ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ended_on__isnull=True, is_void=False),
                name="term_one_open",
                violation_error_message=_("The term before has not ended yet."),
            ),
            models.UniqueConstraint(
                fields=["organization", "number"],
                condition=Q(is_void=False),
                name="term_number_once",
                violation_error_message=_("A term with this number is on record already."),
            ),
        ]


class OrganizationEventKind(models.TextChoices):
    """What can happen to an organization."""

    FOUNDED = "FOUNDED", _("Founded")
    RENAMED = "RENAMED", _("Renamed")
    MOVED = "MOVED", _("Placed under another organization")
    MERGED = "MERGED", _("Merged into another organization")
    SPLIT = "SPLIT", _("Split off from another organization")
    DISSOLVED = "DISSOLVED", _("Dissolved")
    TERM_BEGAN = "TERM_BEGAN", _("Term of office began")
    TERM_EXTENDED = "TERM_EXTENDED", _("Re-election put off")
    TERM_ENDED = "TERM_ENDED", _("Term of office ended")
    CORRECTED = "CORRECTED", _("Entry undone")


class OrganizationEvent(models.Model):
    """One entry about an organization. Never edited: a mistake is undone by an entry that
    corrects it."""

    kind = models.CharField(_("what happened"), max_length=20, choices=OrganizationEventKind)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="events")
    happened_on = models.DateField(_("on"))
    # Of a move the new superior, of a merger the one that took over, of a split the one before.
    other_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="events_elsewhere"
    )
    # Members whose membership passed from one to the other.
    members = models.ManyToManyField(Member, related_name="organization_events", blank=True)
    # The approval or the resolution it rests on.
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # What it wrote, as `branches.effects` keeps it.
    effects = models.JSONField(default=list)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction"
    )

    class Meta:
        verbose_name = _("entry about an organization")
        ordering = ["happened_on", "pk"]
        indexes = [
            models.Index(fields=["organization", "happened_on"], name="organization_event_day")
        ]
        constraints = [
            models.CheckConstraint(
                name="organization_event_corrects_another",
                condition=Q(kind="CORRECTED", corrects__isnull=False)
                | (~Q(kind="CORRECTED") & Q(corrects__isnull=True)),
                violation_error_message=_("A correcting entry names the entry it undoes."),
            ),
        ]
