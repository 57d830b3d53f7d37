"""Which of the attributions that several finders propose are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.pipeline.annotations import Attribution, Range


def join(candidates: Sequence[Attribution]) -> list[Attribution]:
    """Resolve overlaps: earlier candidates win; what stands inside a kept content is nested in it.

    Args:
        candidates: in order of trust, the most trusted first.

    Returns:
        The kept ones in text order, `parent` set where one stands inside another's content.
    """
    kept: list[Attribution] = []
    for candidate in candidates:
        if not any(_clash(candidate, other) for other in kept):
            kept.append(candidate)
    kept.sort(key=lambda a: (a.contents[0][0], -a.contents[-1][1], a.cue or (0, 0)))
    return [replace(a, parent=_parent(i, kept)) for i, a in enumerate(kept)]


def _clash(new: Attribution, old: Attribution) -> bool:
    if new.cue is not None and old.cue is not None and _touch(new.cue, old.cue):
        return True
    shared = sum(_overlap(a, b) for a in new.contents for b in old.contents)
    if not shared:
        return False
    mine = sum(e - s for s, e in new.contents)
    theirs = sum(e - s for s, e in old.contents)
    if new.cue is not None and any(_touch(new.cue, c) for c in old.contents):
        return shared < mine
    if old.cue is not None and any(_touch(old.cue, c) for c in new.contents):
        return shared < theirs
    return True


def _parent(index: int, kept: Sequence[Attribution]) -> int | None:
    """The innermost attribution whose content holds this one's cue and content."""
    own = kept[index]
    if own.cue is None:
        return None
    best: int | None = None
    best_size = 0
    for i, other in enumerate(kept):
        if i == index:
            continue
        for span in other.contents:
            inside = _within(own.cue, span) and all(
                any(_within(c, s) for s in other.contents) for c in own.contents
            )
            size = span[1] - span[0]
            if inside and (best is None or size < best_size):
                best, best_size = i, size
    return best


def _touch(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _within(a: Range, b: Range) -> bool:
    return b[0] <= a[0] and a[1] <= b[1]


def _overlap(a: Range, b: Range) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
