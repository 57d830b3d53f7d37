"""Half-open ranges of tokens beside one another."""

from __future__ import annotations

from onrecord.pipeline.annotations import Range


def touch(a: Range, b: Range) -> bool:
    """Whether two ranges share a token."""
    return a[0] < b[1] and b[0] < a[1]


def within(a: Range, b: Range) -> bool:
    """Whether the first range lies in the second."""
    return b[0] <= a[0] and a[1] <= b[1]


def overlap(a: Range, b: Range) -> int:
    """How many tokens they share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
