"""What the records add up to: every number with one definition and the records behind it."""

from reports.figures.compute import compute_figures
from reports.figures.registry import DEFINITIONS, Definition, definition
from reports.figures.values import BranchRow, Figure, Listing, YearFigures

__all__ = [
    "DEFINITIONS",
    "BranchRow",
    "Definition",
    "Figure",
    "Listing",
    "YearFigures",
    "compute_figures",
    "definition",
]
