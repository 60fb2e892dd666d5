"""The tree of the demo bureau. The place does not exist."""

import datetime as dt

from reports.demo.calendar import working_day

BUREAU = "云川市数据资源管理局"

COMMITTEE, GENERAL_BRANCH = "YC", "YC-05"

# Code, name, short name, kind, code of the organization above.
ORGANIZATIONS = (
    ("YC", f"{BUREAU}机关党委", "局机关党委", "党委", ""),
    ("YC-01", f"{BUREAU}综合党支部", "综合党支部", "党支部", "YC"),
    ("YC-01-1", "综合党支部第一党小组", "综合一组", "党小组", "YC-01"),
    ("YC-01-2", "综合党支部第二党小组", "综合二组", "党小组", "YC-01"),
    ("YC-02", f"{BUREAU}政策标准党支部", "政策标准党支部", "党支部", "YC"),
    ("YC-03", f"{BUREAU}政务服务党支部", "政务服务党支部", "党支部", "YC"),
    ("YC-04", f"{BUREAU}安全监管党支部", "安全监管党支部", "党支部", "YC"),
    ("YC-05", "云川市大数据中心党总支", "大数据中心党总支", "党总支", "YC"),
    ("YC-05-01", "云川市大数据中心运行党支部", "运行党支部", "党支部", "YC-05"),
    ("YC-05-01-1", "运行党支部第一党小组", "运行一组", "党小组", "YC-05-01"),
    ("YC-05-01-2", "运行党支部第二党小组", "运行二组", "党小组", "YC-05-01"),
    ("YC-05-02", "云川市大数据中心应用党支部", "应用党支部", "党支部", "YC-05"),
    ("YC-05-02-1", "应用党支部第一党小组", "应用一组", "党小组", "YC-05-02"),
    ("YC-05-02-2", "应用党支部第二党小组", "应用二组", "党小组", "YC-05-02"),
)

BRANCHES = tuple(code for code, _, _, kind, _ in ORGANIZATIONS if kind == "党支部")
GROUPS = tuple(code for code, _, _, kind, _ in ORGANIZATIONS if kind == "党小组")
SHORT_NAMES = {code: short for code, _, short, _, _ in ORGANIZATIONS}

# The branch with fewer than seven full members: a secretary and a deputy, no committee.
SMALL_BRANCH = "YC-04"


def is_within(code: str, above: str) -> bool:
    """Whether the organization is `above` itself or one below it."""
    return above in (COMMITTEE, code) or code.startswith(f"{above}-")


def branch_of(code: str) -> str:
    """The branch of a group; any other organization is returned as it is."""
    return code.rsplit("-", 1)[0] if code in GROUPS else code


def founded_on(year: int, code: str) -> dt.date:
    """The bureau was set up seven years before; the centre moved under it three years later."""
    return dt.date(year - 4, 3, 1) if is_within(code, GENERAL_BRANCH) else dt.date(year - 7, 3, 1)


def general_meeting_on(year: int, branch: str, quarter: int) -> dt.date:
    """Day of the quarter's general meeting: in its last month, each branch on a day of its own.

    Members are admitted and converted by these meetings, so the roster asks for them too.
    """
    first = {1: 9, 2: 5, 3: 8, 4: 4}[quarter]
    return working_day(year, quarter * 3, first + BRANCHES.index(branch))
