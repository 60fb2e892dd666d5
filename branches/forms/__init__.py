"""Forms of organizations, people and accounts, and the fields that every form builds on."""

from branches.forms.audit import AuditFilterForm
from branches.forms.fields import (
    CleanCharField,
    CleanTextField,
    DayField,
    MonthField,
    OrganizationChoiceField,
    OrganizationsChoiceField,
    WholeNumberField,
)
from branches.forms.filters import DayForm, MemberFilterForm

__all__ = [
    "AuditFilterForm",
    "CleanCharField",
    "CleanTextField",
    "DayField",
    "DayForm",
    "MemberFilterForm",
    "MonthField",
    "OrganizationChoiceField",
    "OrganizationsChoiceField",
    "WholeNumberField",
]
