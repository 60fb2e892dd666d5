"""What one secretary leaves to the next: who holds the posts, what is open, what falls due.

Of a branch it covers the branch and its Party groups. Of a committee or a general branch it covers
what is its own, and sums up each organization below, which hands over by itself.
"""

from reports.handover.cells import Cell, Table
from reports.handover.gather import handover_of
from reports.handover.tables import remarks_of, tables_of
from reports.handover.values import Handover, OpenRecord

__all__ = ["Cell", "Handover", "OpenRecord", "Table", "handover_of", "remarks_of", "tables_of"]
