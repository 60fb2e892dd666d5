"""What happened to people: dated entries, each with the rows it wrote and changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models.member import Member
from branches.models.organization import Organization
from branches.models.user import User
from branches.querysets import MemberEventQuerySet


class MemberEventKind(models.TextChoices):
    """What can happen to a member of the Party."""

    ADMITTED = "ADMITTED", _("Admitted")
    CONVERTED = "CONVERTED", _("Converted to full member")
    PROBATION_EXTENDED = "PROBATION_EXTENDED", _("Probation extended")
    TRANSFERRED = "TRANSFERRED", _("Transferred")
    TRANSFERRED_IN = "TRANSFERRED_IN", _("Transferred in from outside")
    TRANSFERRED_OUT = "TRANSFERRED_OUT", _("Transferred out")
    POST_BEGAN = "POST_BEGAN", _("Post began")
    POST_ENDED = "POST_ENDED", _("Post ended")
    NOT_EXPECTED = "NOT_EXPECTED", _("Not expected to attend")
    NOT_VOTING = "NOT_VOTING", _("Without voting right")
    EXCEPTION_ENDED = "EXCEPTION_ENDED", _("Exception ended")
    LEFT = "LEFT", _("Left the Party")
    DECEASED = "DECEASED", _("Deceased")
    PARTICULARS_CHANGED = "PARTICULARS_CHANGED", _("Particulars changed")
    CORRECTED = "CORRECTED", _("Entry undone")


class MemberEvent(models.Model):
    """One entry about a member. Never edited: a mistake is undone by an entry that corrects it."""

    kind = models.CharField(_("what happened"), max_length=20, choices=MemberEventKind)
    member = models.ForeignKey(Member, models.PROTECT, related_name="events")
    happened_on = models.DateField(_("on"))
    # Where it happened: of a transfer the organization that received the member.
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="member_events")
    # Of a transfer the organization that the member came from.
    other_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="member_departures"
    )
    outside_unit = models.CharField(_("outside organization"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    # What it wrote, as `branches.effects` keeps it.
    effects = models.JSONField(default=list)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction"
    )

    objects = MemberEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry about a member")
        ordering = ["happened_on", "pk"]
        indexes = [models.Index(fields=["organization", "kind", "happened_on"])]
        constraints = [
            models.CheckConstraint(
                name="member_event_corrects_another",
                condition=Q(kind="CORRECTED", corrects__isnull=False)
                | (~Q(kind="CORRECTED") & Q(corrects__isnull=True)),
                violation_error_message=_("A correcting entry names the entry it undoes."),
            ),
        ]
