"""What a reviewer wrote: the comments that are still to be answered, and where they stand."""

from dataclasses import dataclass

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.models import Activity, ReviewComment
from meetings.snapshots import field_label


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the label of its field ("" for the record as a whole)."""

    field: str
    label: str
    text: str


def latest_comments(activity: Activity) -> list[Said]:
    """The comments of the last return. One query, or none where they were prefetched."""
    comments = list(activity.review_comments.all())
    last = max((comment.version for comment in comments), default=0)
    return [_said(comment) for comment in comments if comment.version == last]


def show_at_fields(form: forms.Form, said: list[Said]) -> None:
    """Put each comment before the help of its field, where screen readers hear it too."""
    for comment in said:
        if comment.field in form.fields:
            field = form.fields[comment.field]
            field.help_text = format_html(
                '<strong class="review-comment">{}{}{}</strong>{}{}',
                _("To be corrected"),
                pgettext("between a label and its text", ": "),
                comment.text,
                " " if field.help_text else "",
                field.help_text,
            )


def _said(comment: ReviewComment) -> Said:
    label = field_label(comment.field) if comment.field else ""
    return Said(comment.field, label, comment.text)
