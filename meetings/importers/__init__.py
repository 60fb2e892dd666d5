"""Excel in: activities with their agenda, rectifications and appraisals."""

from meetings.importers.activities import (
    LAYOUTS,
    ActivityPlan,
    import_activities,
    plan_activities,
    preview_activities,
    undo_activities,
    write_activities,
)

__all__ = [
    "LAYOUTS",
    "ActivityPlan",
    "import_activities",
    "plan_activities",
    "preview_activities",
    "undo_activities",
    "write_activities",
]
