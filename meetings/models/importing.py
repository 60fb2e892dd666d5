"""Imports in a browser: a file as it was read, row by row, until it is written or given up."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.importers.tables import LeftOut
from branches.models import Organization
from meetings.querysets import ImportRunQuerySet


class ImportKind(models.TextChoices):
    """What a file brings; told by its sheets."""

    ROSTER = "ROSTER", _("Organizations and members")
    ACTIVITIES = "ACTIVITIES", _("Activities")


class ImportState(models.TextChoices):
    """From the upload on. QUEUED waits for the background worker, or is being written by it."""

    OPEN = "OPEN", _("Under check")
    QUEUED = "QUEUED", _("Being written")
    COMMITTED = "COMMITTED", _("Imported")
    UNDONE = "UNDONE", _("Taken back")
    ABANDONED = "ABANDONED", _("Given up")


class ImportRun(models.Model):
    """One file or pasted table on its way into the records.

    `sheets` lists the sheets of the file: {"name", "layout" ("" = not read), "headings",
    "columns" (what each heading is read as, "" = ignored), "offset" (added to the numbers of its
    rows where an earlier sheet has the same layout)}. `problems` are those that belong to no row:
    {"sheet", "column", "reason"}. `counts` are (what, new, changed, unchanged).
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ImportKind)
    state = models.CharField(
        _("status"), max_length=10, choices=ImportState, default=ImportState.OPEN
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The top of what the import may reach; null is the whole site.
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name=_("Party organization"),
    )
    file_name = models.CharField(_("file"), max_length=255)
    digest = models.CharField(max_length=64)  # sha256 of the file, to know it again
    as_draft = models.BooleanField(_("as drafts"), default=False)
    sheets = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    # What the last check found, as one value: the import writes that and nothing else.
    preview_digest = models.CharField(max_length=64, blank=True)
    # Counts checks; a page that shows an older one is refused.
    version = models.PositiveIntegerField(default=0)
    # What was written, so that it can be taken back: as `write_roster` or `write_activities` tell.
    effects = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_committed_has_moment",
                condition=~Q(state__in=["COMMITTED", "UNDONE"]) | Q(committed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_undone_has_moment",
                condition=~Q(state="UNDONE") | Q(undone_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of the file: its cells as read or corrected, and what the last check found.

    `cells` are as `branches.importers.workbook.cell_as_json` has them, one for each heading of
    the sheet. `remarks` is {"problems": {column: [reasons]}, "before": {column: text}}; problems
    of the row as a whole stand under "".
    """

    class State(models.TextChoices):
        ERROR = "ERROR", _("Error")
        NEW = "NEW", _("New")
        CHANGED = "CHANGED", _("Changed")
        UNCHANGED = "UNCHANGED", _("Unchanged")
        LEFT_OUT = "LEFT_OUT", _("Left out")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField()  # place in the run's `sheets`
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    state = models.CharField(max_length=10, choices=State)
    left_out = models.CharField(
        max_length=10, blank=True, choices=[(one.value, one.value) for one in LeftOut]
    )
    remarks = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of an import")
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "sheet", "number"], name="import_row_number_unique"
            )
        ]
        indexes = [models.Index(fields=["run", "state"])]
