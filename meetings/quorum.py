"""Quorum and majority. Integers only: no rounding can turn a meeting valid (rule 9)."""


def has_quorum(*, present: int, expected: int) -> bool:
    """Whether enough are present: at least half of those expected (支部条例 §11, §12).

    For a general meeting both numbers count members with voting right, for a committee its
    members. Guests and those who attend without vote never enter (rule 5). A meeting that
    expects nobody has no quorum.
    """
    return expected > 0 and 2 * present >= expected


def is_carried(*, ayes: int, expected: int) -> bool:
    """Whether a resolution passes: ayes are more than half of those **expected** with voting
    right, not of those present (支部条例 §14).
    """
    return 2 * ayes > expected


def quorum_needed(*, expected: int) -> int:
    """The smallest number present that makes a quorum."""
    return (expected + 1) // 2


def majority_needed(*, expected: int) -> int:
    """The smallest number of ayes that carries a resolution."""
    return expected // 2 + 1
