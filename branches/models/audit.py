"""The audit log: who did what, when, from where. Rows are only ever added."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models.organization import Organization


class Outcome(models.TextChoices):
    """What came of an act."""

    DONE = "DONE", _("Done")
    DENIED = "DENIED", _("Denied")
    # A form with errors, a version that was stale, a step that was taken already.
    REFUSED = "REFUSED", _("Without effect")


class AuditEntry(models.Model):
    """One act. The triggers of `branches.audit_guard` refuse to change or remove it, and each
    entry holds the hash of the one before (`branches.audit_chain`).
    """

    # 1, 2, 3, … without a gap, so that a missing entry shows.
    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("moment"))
    # No constraint in the database on the two keys: checking one would lock the row it points to
    # while the chain is locked, and somebody who holds that row and waits for the chain would
    # wait for ever. Neither users nor organizations are ever deleted.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,  # below, with the number
        related_name="+",
        verbose_name=_("user"),
    )
    # The name at that time; a command or a task has a name and no user.
    actor = models.CharField(_("who"), max_length=260, blank=True)
    act = models.CharField(_("act"), max_length=60)
    address = models.CharField(_("address"), max_length=45, blank=True)
    method = models.CharField(_("method"), max_length=10, blank=True)
    path = models.CharField(_("page"), max_length=300, blank=True)
    # What it was done to, as "activity:12"; several stand in `changes`.
    subject = models.CharField(_("subject"), max_length=100, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,  # below, with the number
        related_name="+",
        verbose_name=_("Party organization"),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    # JSON {subject: {name: [before, after]}}, kept as the text that was hashed: a JSON column
    # would store it in another way on each engine.
    changes = models.TextField(_("changes"), blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry of the audit log")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["act", "number"], name="audit_entry_act"),
            models.Index(fields=["user", "number"], name="audit_entry_user"),
            models.Index(fields=["organization", "number"], name="audit_entry_organization"),
        ]
        constraints = [
            models.CheckConstraint(
                name="audit_entry_links_to_the_one_before",
                condition=(Q(number=1) & Q(previous_hash=""))
                | (Q(number__gt=1) & ~Q(previous_hash="") & ~Q(previous_hash=F("hash"))),
            ),
        ]

    @property
    def changed(self) -> dict[str, dict[str, list[Any]]]:
        """`changes` as values."""
        found: dict[str, dict[str, list[Any]]] = json.loads(self.changes) if self.changes else {}
        return found


class AuditHead(models.Model):
    """The one row that says where the chain ends. Locked while an entry is added, and the reason
    why removed last entries are missed."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_head_is_one_row", condition=Q(pk=1)),
        ]
