"""Contents moved to the edges that quotation marks give them; pure NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

INSIDE, OPENING, CLOSING, NESTED = 1, 2, 3, 4


def marked_stretches(states: Ints) -> list[tuple[int, int]]:
    """Rows between an opening mark and its closing one, without the marks; unclosed ones left out."""
    found = []
    start = -1
    for i in np.flatnonzero((states == OPENING) | (states == CLOSING)):
        if states[i] == OPENING:
            start = int(i) + 1
        elif start >= 0:
            if i > start:
                found.append((start, int(i)))
            start = -1
    return found


def snap_contents(contents: Ints, states: Ints, blocked: NDArray[np.bool_], share: float) -> Ints:
    """Stretch contents that fill most of a quotation to all of it, and join those within one.

    Args:
        contents: (n, 2) rows, in text order.
        states: quotation-mark state of each row.
        blocked: rows that belong to cues and sources.
        share: least part of the quotation's rows that its contents cover.
    """
    spans = [(int(s), int(e)) for s, e in contents]
    for low, high in marked_stretches(states):
        touching = [k for k, (s, e) in enumerate(spans) if s < high and e > low]
        if not touching or blocked[low:high].any():
            continue
        covered = sum(min(e, high) - max(s, low) for s, e in (spans[k] for k in touching))
        if covered < share * (high - low):
            continue
        start = min(low, spans[touching[0]][0])
        end = max(high, spans[touching[-1]][1])
        spans[touching[0] : touching[-1] + 1] = [(start, end)]
    return np.asarray(spans, dtype=np.int64).reshape(-1, 2)
