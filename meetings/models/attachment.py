"""Sign-in sheets, photos, scans and notes. Optional, never scored (docs/domain.md §6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.activity import Activity
from meetings.querysets import AttachmentQuerySet


class AttachmentKind(models.TextChoices):
    """What an attachment shows."""

    SIGN_IN = "SIGN_IN", _("Sign-in sheet")
    PHOTO = "PHOTO", _("Photo")
    SCAN = "SCAN", _("Scan")
    NOTES = "NOTES", _("Notes")


class Attachment(models.Model):
    """One file. Removed from the record, never from the store.

    While the record is not saved yet the form's `entry_key` stands for it.
    """

    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    entry_key = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AttachmentKind)
    position = models.PositiveSmallIntegerField(_("number"), default=0)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    # A random name under DATA_DIR: what people called the file never becomes a path.
    stored_name = models.CharField(max_length=100, unique=True)
    thumbnail_name = models.CharField(max_length=100, blank=True)
    original_name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))  # bytes, as stored
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)  # pixels
    height = models.PositiveIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_somewhere",
                condition=Q(activity__isnull=False) | Q(entry_key__isnull=False),
                violation_error_message=_("An attachment belongs to a record or to a form."),
            ),
        ]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def download_name(self) -> str:
        """The name people gave, with the ending of what is stored: a HEIC photo became a JPEG."""
        stem, _dot, ending = self.original_name.rpartition(".")
        stored = self.stored_name.rpartition(".")[2]
        if ending.lower() == stored or (stored, ending.lower()) == ("jpg", "jpeg"):
            return self.original_name
        return f"{stem or self.original_name}.{stored}"
