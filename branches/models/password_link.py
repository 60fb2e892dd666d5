"""One-time links by which people set their password."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models.user import User


class PasswordLink(models.Model):
    """Opens the page to set a password, once, for a while. A newer link ends it.

    Only a hash of what stands in the link is kept: who reads the database cannot use it.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="password_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("one-time link")
        constraints = [
            models.UniqueConstraint(
                name="password_link_one_open_for_a_user",
                fields=["user"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                violation_error_message=_("The user has an open link already."),
            ),
            models.CheckConstraint(
                name="password_link_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("A link expires after it was made."),
            ),
            models.CheckConstraint(
                name="password_link_is_used_or_ended",
                condition=Q(used_at__isnull=True) | Q(ended_at__isnull=True),
                violation_error_message=_("A link is either used or ended."),
            ),
        ]
