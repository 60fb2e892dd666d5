"""Every save of an activity, whole."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.activity import Activity


class Revision(models.Model):
    """The activity with all its rows as one save left it, by whom and why."""

    class Action(models.TextChoices):
        RECORDED = "RECORDED", _("Recorded")
        AMENDED = "AMENDED", _("Amended")
        SUBMITTED = "SUBMITTED", _("Submitted")
        RETURNED = "RETURNED", _("Returned")
        ACCEPTED = "ACCEPTED", _("Accepted")
        VOIDED = "VOIDED", _("Voided")
        RESTORED = "RESTORED", _("Restored")
        IMPORTED = "IMPORTED", _("Imported")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    action = models.CharField(_("action"), max_length=10, choices=Action)
    snapshot = models.JSONField()
    note = models.TextField(_("note"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "version"], name="revision_unique")
        ]
