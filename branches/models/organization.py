"""The tree of Party organizations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager

from branches.querysets import OrganizationQuerySet


class OrganizationKind(models.TextChoices):
    """Kinds of Party organization, from the top down (domain.md §2)."""

    COMMITTEE = "COMMITTEE", _("Party committee")
    GENERAL_BRANCH = "GENERAL_BRANCH", _("General Party branch")
    BRANCH = "BRANCH", _("Party branch")
    GROUP = "GROUP", _("Party group")


class OrganizationManager(MP_NodeManager.from_queryset(OrganizationQuerySet)):  # type: ignore[misc]
    """Treebeard's manager with our queryset, always in tree order."""

    def get_queryset(self) -> OrganizationQuerySet:
        return OrganizationQuerySet(self.model, using=self._db).order_by("path")


class Organization(MP_Node):
    """A committee, general branch, branch or group. Closed, never deleted."""

    kind = models.CharField(_("kind"), max_length=16, choices=OrganizationKind)
    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("Another organization has this code already.")},
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = OrganizationManager()

    class Meta:
        verbose_name = _("Party organization")
        verbose_name_plural = _("Party organizations")
        constraints = [
            models.CheckConstraint(
                name="organization_closed_after_founded",
                condition=Q(closed_on__isnull=True)
                | Q(founded_on__isnull=True)
                # Equal for one that was entered by mistake: it stood on no day.
                | Q(closed_on__gte=F("founded_on")),
                violation_error_message=_("An organization closes after the day it was founded."),
            ),
            models.CheckConstraint(
                name="organization_code_not_empty",
                condition=~Q(code=""),
                violation_error_message=_("An organization needs a code."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name
