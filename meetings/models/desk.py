"""What lies on the desk while a record is being written: typed drafts and saved templates."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Organization
from meetings.models.activity import Activity
from meetings.querysets import OrganizationScopedQuerySet


class TypedDraft(models.Model):
    """What a user typed and has not saved yet, so that nothing is lost with a session.

    `typed` is the form as a browser sends it: field name → list of values. It is thrown away
    once the record is saved: it is not something that happened.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The form of a new record has its key, the form of a stored one the record.
    entry_key = models.UUIDField(null=True, blank=True)
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="+")
    base_version = models.PositiveIntegerField(default=0)
    typed = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("typed draft")
        ordering = ["-updated_at"]
        constraints = [
            models.CheckConstraint(
                name="typed_draft_of_one_form",
                condition=Q(entry_key__isnull=False, activity__isnull=True)
                | Q(entry_key__isnull=True, activity__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "entry_key"],
                condition=Q(entry_key__isnull=False),
                name="typed_draft_once_per_new_form",
            ),
            models.UniqueConstraint(
                fields=["user", "activity"],
                condition=Q(activity__isnull=False),
                name="typed_draft_once_per_record",
            ),
        ]


class EntryTemplate(models.Model):
    """A form that an organization fills in again and again: never day, minutes or absences."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="entry_templates")
    name = models.CharField(_("name"), max_length=100)
    typed = models.JSONField()  # as in TypedDraft
    is_retired = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        ordering = ["organization", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(is_retired=False),
                name="entry_template_name_unique",
                violation_error_message=_("There is a template of this name already."),
            ),
        ]
