"""Who was there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Member, Organization, Standing
from meetings.models.activity import Activity


class AttendanceState(models.TextChoices):
    """State of an expected person."""

    PRESENT = "PRESENT", _("Present")
    ON_LEAVE = "ON_LEAVE", _("On leave")
    ABSENT = "ABSENT", _("Absent")


class Attendance(models.Model):
    """A row for every expected person, present or not (rule 4).

    Organization, standing and voting right are copied as of the day of the activity (rule 3).
    An activity without rows is "not recorded", which is not the same as nobody present.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=AttendanceState)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    standing = models.CharField(_("standing"), max_length=16, choices=Standing)
    has_vote = models.BooleanField(_("with voting right"))

    class Meta:
        verbose_name = _("attendance")
        ordering = ["member__sort_key", "member__name", "member_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "member"],
                name="attendance_once_per_activity",
                violation_error_message=_("A person is listed twice."),
            ),
        ]


class Guest(models.Model):
    """Somebody who attended without being expected; never in a quorum or a rate (rule 5)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="guests")
    position = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)
    unit = models.CharField(_("unit or post"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("guest")
        ordering = ["position", "pk"]
