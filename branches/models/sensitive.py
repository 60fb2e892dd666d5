"""What a bureau may keep of a member beyond the minimum: off unless it is turned on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models.member import Member
from branches.models.organization import Organization


class SensitiveField(models.TextChoices):
    """Fields that are sensitive personal information (domain.md §6)."""

    ID_NUMBER = "ID_NUMBER", _("ID number")
    PHONE = "PHONE", _("Phone")


class SensitiveSetting(models.Model):
    """One field turned on for a bureau (the top of a tree) and everything below it."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="sensitive_settings"
    )
    field = models.CharField(_("sensitive field"), max_length=16, choices=SensitiveField)
    is_on = models.BooleanField(_("turned on"), default=False)

    class Meta:
        verbose_name = _("setting of a sensitive field")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "field"], name="sensitive_setting_unique"
            ),
        ]


class SensitiveValue(models.Model):
    """A value as it rests in the database: encrypted, and bound to its member and field.

    A mistaken or no longer needed value is erased, not kept: the law on personal information
    goes before the rule that nothing is deleted. That it was there stays in the audit log.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="sensitive_values")
    field = models.CharField(_("sensitive field"), max_length=16, choices=SensitiveField)
    sealed = models.TextField(_("encrypted value"))

    class Meta:
        verbose_name = _("sensitive value")
        constraints = [
            models.UniqueConstraint(fields=["member", "field"], name="sensitive_value_unique"),
            models.CheckConstraint(name="sensitive_value_not_empty", condition=~Q(sealed="")),
        ]
