"""What a reviewer wrote to single fields of a record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.activity import Activity


class ReviewComment(models.Model):
    """A comment on one field of the version that was under review.

    `field` is a field name of the form, or empty for the record as a whole.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="review_comments")
    version = models.PositiveIntegerField()
    field = models.CharField(_("field"), max_length=40, blank=True)
    text = models.TextField(_("comment"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("review comment")
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                name="review_comment_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write the comment."),
            ),
        ]
