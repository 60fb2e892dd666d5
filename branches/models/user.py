"""Users of the site and their appointments."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models.organization import Organization
from branches.pinyin import sort_key_of
from branches.querysets import AppointmentQuerySet, UserQuerySet


class AccountManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users without the e-mail address that Django's own manager insists on."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A user with this password, or one who cannot log in without one."""
        fields.setdefault("sort_key", sort_key_of(fields.get("name", "")))
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """For `manage.py createsuperuser`: whoever runs the site."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person who may log in. What they may do comes from appointments alone."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=100, blank=True)
    # Pinyin of the name, by which lists are sorted and searched.
    sort_key = models.CharField(_("sort key"), max_length=200, blank=True)
    created_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Role(models.TextChoices):
    """What an appointment allows (product.md §1)."""

    RECORDER = "RECORDER", _("Recorder")
    SECRETARY = "SECRETARY", _("Secretary")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")
    INSPECTOR = "INSPECTOR", _("Inspector")
    AUDITOR = "AUDITOR", _("Auditor")


class Appointment(models.Model):
    """A user's role in an organization and those below it: `[started_on, ended_on)`."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    # Empty for the auditor alone, whose scope is the site.
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until (not including)"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        constraints = [
            models.CheckConstraint(
                # Equal days: withdrawn before it was ever in force.
                name="appointment_ends_not_before_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("An appointment does not end before it starts."),
            ),
            models.CheckConstraint(
                name="appointment_scope_fits_role",
                condition=Q(role="AUDITOR", organization__isnull=True)
                | (~Q(role="AUDITOR") & Q(organization__isnull=False)),
                violation_error_message=_(
                    "An auditor is appointed for the site, everyone else to an organization."
                ),
            ),
        ]
