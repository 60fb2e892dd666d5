"""The form of what is on file about a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.forms.fields import CleanCharField, CleanTextField, MonthField
from branches.models import Member


class ParticularsForm(forms.Form):
    """What is on file about a person. Each field remembers what it was opened on."""

    name = CleanCharField(label=_("Name"), max_length=100)
    birth_month = MonthField(
        label=_("Born in"),
        required=False,
        help_text=_("Year and month, 1980-05. By this people of one name are told apart."),
    )
    gender = CleanCharField(label=_("Gender"), required=False, max_length=10)
    ethnicity = CleanCharField(label=_("Ethnic group"), required=False, max_length=40)
    sort_key = CleanCharField(
        label=_("Sort key"),
        required=False,
        max_length=200,
        help_text=_(
            "The pinyin by which the name is sorted and found, syllables apart: "
            "<code>shan xiao hong</code>. "
            "Correct it where the surname is read otherwise; empty, it is made from the name."
        ),
    )
    note = CleanTextField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            self.initial.setdefault(name, getattr(member, name))
            self.fields[f"seen_{name}"] = forms.CharField(
                required=False,
                widget=forms.HiddenInput,
                initial=getattr(member, name),
                strip=False,
            )

    def clean_sort_key(self) -> str:
        return str(self.cleaned_data["sort_key"]).lower()

    @property
    def values(self) -> dict[str, str]:
        return {n: v for n, v in self.cleaned_data.items() if not n.startswith("seen_")}

    @property
    def seen(self) -> dict[str, str]:
        """What the form was opened on; line ends as they are stored."""
        return {
            name: self.cleaned_data[f"seen_{name}"].replace("\r\n", "\n") for name in self.values
        }
