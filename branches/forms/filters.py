"""What the lists and dated pages of organizations and members are asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.fields import CleanCharField, DayField, OrganizationChoiceField
from branches.models import Organization, PostTitle, Standing
from branches.querysets import OrganizationQuerySet


class DayForm(forms.Form):
    """The day as of which a page is read."""

    on = DayField(label=_("As of"), required=False)


class MemberFilterForm(forms.Form):
    """What the list of members shows."""

    class Sort:
        NAME = "name"
        POST = "post"

    ANY_POST = "any"

    q = CleanCharField(label=_("Name, pinyin or initials"), required=False, max_length=100)
    organization = OrganizationChoiceField(
        label=_("Party organization"),
        queryset=Organization.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("All")), *Standing.choices]
    )
    post = forms.ChoiceField(
        label=_("Post"),
        required=False,
        choices=[("", _("All")), (ANY_POST, _("Any post")), *PostTitle.choices],
    )
    on = DayField(label=_("As of"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(Sort.NAME, _("By name")), (Sort.POST, _("By post"))],
    )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
