"""Django's own texts that our pages show and our catalogue words anew.

Nothing imports this module: it is read when the texts are gathered (scripts/messages), and a
catalogue of the project goes before Django's own. Two reasons to be in it: Django's Chinese
catalogue has no translation, so that a Chinese page would show English; or its wording says
what is wrong in a programmer's words (字段, 变量, 值) and not what to do.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

# Without a translation in Django 6.1.
NOT_TRANSLATED = (_("- Select an option -"),)

# What a form says about a field.
OF_FIELDS = (
    _("This field is required."),
    _("This field cannot be blank."),
    _("This field cannot be null."),
    _("Enter a valid value."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("“%(pk)s” is not a valid value."),
    _("Enter a list of values."),
    _("Null characters are not allowed."),
)
COUNTED = (
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
        "max",
    ),
    ngettext_lazy(
        "Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "num"
    ),
)

# What the login says.
OF_LOGIN = (
    _(
        "Please enter a correct %(username)s and password. Note that both fields may be "
        "case-sensitive."
    ),
    _("This account is inactive."),
)
