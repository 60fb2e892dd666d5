"""Excel in: reading workbooks, and the roster. All or nothing, every error by its cell."""

from branches.importers.problems import ImportRefused, Problem
from branches.importers.roster import RosterPlan, import_roster, plan_roster
from branches.importers.rows import Row, Sheets, rows_of

__all__ = [
    "ImportRefused",
    "Problem",
    "RosterPlan",
    "Row",
    "Sheets",
    "import_roster",
    "plan_roster",
    "rows_of",
]
