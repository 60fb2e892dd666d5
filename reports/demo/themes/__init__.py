"""Themes of the monthly Party days: what was done, where, and sometimes a line for the summary."""

from reports.demo.themes.first_half import FIRST_HALF
from reports.demo.themes.joint import JOINT_DAYS, JOINT_THEMES, JULY_FIRST
from reports.demo.themes.second_half import SECOND_HALF
from reports.demo.themes.theme import Theme

# Month → themes in turn for the branches. Where the place is "" a branch meets in its own room.
THEMES = {**FIRST_HALF, **SECOND_HALF}

__all__ = ["JOINT_DAYS", "JOINT_THEMES", "JULY_FIRST", "THEMES", "Theme"]
