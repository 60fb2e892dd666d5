"""Forms of the steps of review: the version that was looked at, and what is said about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms import CleanCharField, CleanTextField


class StepForm(forms.Form):
    """A step without words."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    next = forms.ChoiceField(choices=[("home", "home")], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Several of these forms stand on one page: one id each cannot be promised.
        self.auto_id = f"id_{self.__class__.__name__.lower()}_%s"


class ReturnForm(StepForm):
    """Sending back, with what to correct."""

    comment = CleanTextField(
        label=_("What to correct"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what has to be corrected.")},
    )


class VoidForm(StepForm):
    """Voiding, with the reason."""

    reason = CleanCharField(
        label=_("Reason for voiding"),
        max_length=300,
        error_messages={"required": _("Give the reason for voiding the record.")},
    )
