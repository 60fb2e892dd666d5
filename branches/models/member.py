"""Members, where they belonged, and the posts they held: all dated, read as of a day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models.organization import Organization
from branches.querysets import MemberQuerySet, PeriodQuerySet, StandingRows

MemberManager = StandingRows.from_queryset(MemberQuerySet)
PeriodManager = StandingRows.from_queryset(PeriodQuerySet)


class Standing(models.TextChoices):
    """Standing of a member on a day."""

    FULL = "FULL", _("Full member")
    PROBATIONARY = "PROBATIONARY", _("Probationary member")


class PostTitle(models.TextChoices):
    """Posts in the customary order: secretary first (机关条例 §9)."""

    SECRETARY = "SECRETARY", _("Secretary")
    DEPUTY_SECRETARY = "DEPUTY_SECRETARY", _("Deputy secretary")
    ORGANIZATION_OFFICER = "ORGANIZATION_OFFICER", _("Organization officer")
    PUBLICITY_OFFICER = "PUBLICITY_OFFICER", _("Publicity officer")
    DISCIPLINE_OFFICER = "DISCIPLINE_OFFICER", _("Discipline officer")
    COMMITTEE_MEMBER = "COMMITTEE_MEMBER", _("Committee member")
    GROUP_LEADER = "GROUP_LEADER", _("Group leader")


# Whoever holds one of these sits on the committee of the organization.
COMMITTEE_TITLES = frozenset(set(PostTitle.values) - {PostTitle.GROUP_LEADER.value})


class Member(models.Model):
    """A person. Two people of one name are told apart by `birth_month`."""

    name = models.CharField(_("name"), max_length=100)
    birth_month = models.CharField(_("born in"), max_length=7, blank=True)  # "1980-05" or ""
    gender = models.CharField(_("gender"), max_length=10, blank=True)
    ethnicity = models.CharField(_("ethnic group"), max_length=40, blank=True)
    joined_on = models.DateField(_("admitted on"))
    converted_on = models.DateField(_("converted on"), null=True, blank=True)
    # A full member whose day of conversion is not on file counts as full on every day.
    is_conversion_date_unknown = models.BooleanField(
        _("full member, day of conversion not on file"), default=False
    )
    # The day on which probation is over, when it was extended; null = one year after admission
    # (Party Constitution §7).
    probation_ends_on = models.DateField(_("probation ends on"), null=True, blank=True)
    # Pinyin of the name; editable, since pinyin of surnames is often misread (单 仇 解 查 …).
    sort_key = models.CharField(_("sort key"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = MemberManager()
    with_void = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("Party member")
        verbose_name_plural = _("Party members")
        ordering = ["sort_key", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "birth_month"],
                condition=Q(is_void=False),
                name="member_name_and_birth_unique",
                violation_error_message=_(
                    "A member of this name and month of birth is on the roster already."
                ),
            ),
            models.CheckConstraint(
                name="member_converted_after_joined",
                condition=Q(converted_on__isnull=True) | Q(converted_on__gte=F("joined_on")),
                violation_error_message=_("A member is converted after admission."),
            ),
            models.CheckConstraint(
                name="member_probation_ends_after_joined",
                condition=Q(probation_ends_on__isnull=True)
                | Q(probation_ends_on__gt=F("joined_on")),
                violation_error_message=_("Probation ends after admission."),
            ),
            models.CheckConstraint(
                name="member_conversion_known_or_not",
                condition=Q(is_conversion_date_unknown=False) | Q(converted_on__isnull=True),
                violation_error_message=_("The day of conversion is either known or not on file."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A period in which a member belonged to an organization: `[started_on, ended_on)`."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until (not including)"), null=True, blank=True)

    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = PeriodManager()
    with_void = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        ordering = ["started_on", "pk"]
        indexes = [models.Index(fields=["organization", "started_on", "ended_on"])]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=_("A membership ends after it starts."),
            ),
            # A member belongs to one organization at a time. Overlap of closed periods is
            # checked where they are written: SQLite has no exclusion constraint.
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_on__isnull=True, is_void=False),
                name="membership_one_open_per_member",
                violation_error_message=_("This member belongs to another organization already."),
            ),
        ]


class StandingException(models.Model):
    """A period in which a member is not expected, or does not vote, with the reason."""

    class Effect(models.TextChoices):
        NOT_EXPECTED = "NOT_EXPECTED", _("Not expected to attend")
        NOT_VOTING = "NOT_VOTING", _("Without voting right")

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="exceptions")
    effect = models.CharField(_("effect"), max_length=16, choices=Effect)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until (not including)"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)

    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = PeriodManager()
    with_void = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception to standing")
        constraints = [
            models.CheckConstraint(
                name="standing_exception_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=_("An exception ends after it starts."),
            ),
            models.CheckConstraint(
                name="standing_exception_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Give the reason."),
            ),
        ]


class Post(models.Model):
    """A post held in an organization: `[started_on, ended_on)`."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    title = models.CharField(_("post"), max_length=24, choices=PostTitle)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until (not including)"), null=True, blank=True)

    is_void = models.BooleanField(_("entered by mistake"), default=False)

    objects = PeriodManager()
    with_void = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        ordering = ["started_on", "pk"]
        indexes = [models.Index(fields=["organization", "title", "started_on"])]
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message=_("A post ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["member", "organization", "title", "started_on"],
                condition=Q(is_void=False),
                name="post_unique",
                violation_error_message=_("This post is on record already."),
            ),
        ]
