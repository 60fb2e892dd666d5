"""The demo bureau: an invented bureau's year, as rows of the two Excel workbooks.

Pure and deterministic: the same year gives the same rows. They go in through the importers that
read a real bureau's workbooks, so the demo is also the importers' longest test.
"""

from reports.demo.activities import activity_rows
from reports.demo.calendar import FIRST_YEAR, LAST_YEAR
from reports.demo.roster import roster_rows

__all__ = ["FIRST_YEAR", "LAST_YEAR", "activity_rows", "roster_rows"]
