"""What is typed when something happens to an organization."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.fields import (
    CleanCharField,
    DayField,
    OrganizationChoiceField,
    OrganizationsChoiceField,
    WholeNumberField,
)
from branches.models import Member, Organization, OrganizationKind, Post
from branches.placing import MAY_STAND_BELOW
from branches.querysets import OrganizationQuerySet


class _MembersField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, member: Any) -> str:
        return member.name


class _PostsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, post: Any) -> str:
        return f"{post.get_title_display()} {post.member.name}"


class DatedForm(forms.Form):
    """The day and the grounds of an entry; nothing is entered ahead of its day."""

    on = DayField(
        label=_("Takes effect on"),
        help_text=_("Records before this day stay where they were."),
        error_messages={"required": _("Say on which day.")},
    )
    reason = CleanCharField(
        label=_("Document or reason"),
        required=False,
        max_length=200,
        help_text=_("For example the number of the approval."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        # Day and grounds come last, as on paper.
        self.order_fields([name for name in self.fields if name not in ("on", "reason")])

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > self._today:
            raise forms.ValidationError(_("This day is still to come: enter it when it is here."))
        return day


class _NamesForm(DatedForm):
    name = CleanCharField(
        label=_("Name of the organization"),
        max_length=200,
        error_messages={"required": _("Give the name.")},
    )
    short_name = CleanCharField(label=_("Short name"), required=False, max_length=60)


def _code_field() -> CleanCharField:
    return CleanCharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Letters, digits, - and _ only; it never changes."),
        error_messages={"required": _("Give a code that no other organization has.")},
    )


class _CodedForm(_NamesForm):
    code = _code_field()

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not code.replace("-", "").replace("_", "").replace(".", "").isalnum():
            raise forms.ValidationError(_("Use letters, digits, - and _ only."))
        return code


class FoundForm(_CodedForm):
    """A new organization below a superior."""

    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, *args: Any, superior: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label)
            for kind in OrganizationKind
            if superior.kind in MAY_STAND_BELOW[kind]
        ]
        self.order_fields(["kind", "code"])


class RenameForm(_NamesForm):
    """Another name."""


class MoveForm(DatedForm):
    """Another superior."""

    superior = OrganizationChoiceField(
        label=_("New superior"),
        queryset=Organization.objects.none(),
        error_messages={"required": _("Choose the new superior.")},
    )

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        organizations: OrganizationQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [one for one in MAY_STAND_BELOW[OrganizationKind(organization.kind)] if one]
        self.fields["superior"].queryset = organizations.filter(  # type: ignore[attr-defined]
            kind__in=kinds, closed_on=None
        ).exclude(path__startswith=organization.path)
        self.order_fields(["superior"])


class MergeForm(DatedForm):
    """Which organization takes over, and which posts go on in it."""

    into = OrganizationChoiceField(
        label=_("Taken over by"),
        queryset=Organization.objects.none(),
        error_messages={"required": _("Choose the organization that takes over.")},
    )
    posts = _PostsField(
        label=_("Posts that go on there"),
        queryset=Post.objects.none(),
        required=False,
        help_text=_("The others end on the day."),
    )

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        organizations: OrganizationQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = organizations.filter(  # type: ignore[attr-defined]
            kind=organization.kind, closed_on=None
        ).exclude(pk=organization.pk)
        self.fields["posts"].queryset = Post.objects.filter(  # type: ignore[attr-defined]
            organization=organization, ended_on=None
        ).select_related("member")
        self.order_fields(["into", "posts"])


class SplitForm(_CodedForm):
    """A new organization beside this one, and who goes to it."""

    members = _MembersField(
        label=_("Members who go there"), queryset=Member.objects.none(), required=False
    )
    groups = OrganizationsChoiceField(
        label=_("Party groups that go there"), queryset=Organization.objects.none(), required=False
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = Member.objects.filter(  # type: ignore[attr-defined]
            memberships__organization=organization,
            memberships__ended_on=None,
            memberships__is_void=False,
        )
        groups = Organization.objects.get_children(organization).filter(closed_on=None)
        self.fields["groups"].queryset = groups  # type: ignore[attr-defined]
        if not groups:
            del self.fields["groups"]
        self.order_fields(["code", "name", "short_name", "members", "groups"])


class DissolveForm(DatedForm):
    """The day of dissolution."""


class BeginTermForm(DatedForm):
    """A committee was elected."""

    number = WholeNumberField(
        label=_("Number of the term"),
        min_value=1,
        max_value=999,
        error_messages={"required": _("Say which term it is.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Elected on")
        self.fields["on"].help_text = ""
        self.order_fields(["number"])


class ExtendTermForm(DatedForm):
    """A re-election put off with an approval."""

    due_on = DayField(
        label=_("New day of the re-election"),
        error_messages={"required": _("Say until when it is put off.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Approved on")
        self.fields["on"].help_text = ""
        self.fields["reason"].required = True
        self.fields["reason"].label = _("Approval")
        self.fields["reason"].error_messages["required"] = _("Name the approval.")
        self.order_fields(["due_on"])


class EndTermForm(DatedForm):
    """A committee was given up."""


class UndoForm(forms.Form):
    """Why an entry is undone."""

    reason = CleanCharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Say why the entry is undone.")},
    )
