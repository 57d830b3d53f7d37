"""Where the head of a span may be, by the encoder's arcs; pure NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.encoder.types import ARC, REACH, TINY, WITNESSES, Floats, Heads, Ints

Shares = tuple[Floats, Floats, Ints]
"""What `arc_shares` returns."""


class Arcs:
    """The encoder's arcs of one block.

    A block whose missed spans are opened is linked twice, most of its spans unchanged; what was read once
    is remembered.

    Args:
        arcs: (rows, `ARC_COLUMNS`), see `decoding.decode`.
        heads: the decoder's weights.
    """

    def __init__(self, arcs: Floats, heads: Heads) -> None:
        self._arcs, self._heads = arcs, heads
        self._read: dict[tuple[int, bytes], Shares] = {}

    def shares(self, a: Ints, kind: int) -> Shares:
        """As `arc_shares`; not to be written to."""
        key = kind, a.tobytes()
        if key not in self._read:
            self._read[key] = arc_shares(a, self._arcs, self._heads, kind)
        return self._read[key]


def arc_mass(a: Ints, b: Ints, arcs: Arcs, kind: int) -> tuple[Floats, Floats]:
    """Log probability that the head of each `a` is in each `b`, and that it has none."""
    share, none, low = arcs.shares(a, kind)
    total = np.concatenate([np.zeros((len(a), 1), dtype=np.float32), np.cumsum(share, 1)], 1)
    width = share.shape[1]
    starts = np.clip(b[None, :, 0] - low[:, None], 0, width)
    ends = np.clip(b[None, :, 1] - low[:, None], 0, width)
    mass = np.take_along_axis(total, ends, 1) - np.take_along_axis(total, starts, 1)
    return np.log(np.maximum(mass, 0) + TINY).astype(np.float32), np.log(none + TINY).astype(np.float32)


def arc_shares(a: Ints, arcs: Floats, heads: Heads, kind: int) -> Shares:
    """Where the head of each `a` may be.

    At most `WITNESSES` rows of an `a` are asked: its first and last and some between. They look
    `REACH` rows around, for training knew windows only.

    Returns:
        Probability of each row of a band, (a, width); that there is no head, (a,); and the row at
        which each band starts, which can lie before the first.
    """
    if not len(a):
        return np.zeros((0, 0), dtype=np.float32), np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
    n, o = len(arcs), kind * (2 * ARC + 2)
    asked = [_witnesses(s, e) for s, e in a.tolist()]
    sizes = np.asarray([len(r) for r in asked])
    rows = np.asarray([row for r in asked for row in r])
    firsts = np.cumsum(sizes) - sizes
    low = a[:, 0] - REACH
    width = int((a[:, 1] - a[:, 0]).max()) + 2 * REACH
    dependents = arcs[rows, o : o + ARC] * np.float32(ARC**-0.5)
    vectors = arcs[:, o + ARC : o + 2 * ARC]
    scores = np.zeros((len(rows), width), dtype=np.float32)
    for first, size, start in zip(firsts.tolist(), sizes.tolist(), low.tolist(), strict=True):
        left, right = max(start, 0), min(start + width, n)
        part = dependents[first : first + size] @ vectors[left:right].T
        scores[first : first + size, left - start : right - start] = part
    column = np.repeat(low, sizes)[:, None] + np.arange(width)
    gap = column - rows[:, None]
    bias = heads.distance[kind][_band()]
    scores += bias[np.clip(gap, -REACH, REACH) + REACH]
    scores += arcs[np.clip(column, 0, n - 1), o + 2 * ARC + 1]
    scores[(np.abs(gap) > REACH) | (column < 0) | (column >= n)] = -1e4
    none = arcs[rows, o + 2 * ARC]
    top = np.maximum(scores.max(1), none)
    p = np.exp(scores - top[:, None])
    p_none = np.exp(none - top)
    total = p.sum(1) + p_none
    share = np.add.reduceat(p / total[:, None], firsts, axis=0) / sizes[:, None]
    none_share = np.add.reduceat(p_none / total, firsts) / sizes
    return share.astype(np.float32), none_share.astype(np.float32), low


def _witnesses(start: int, end: int) -> Sequence[int]:
    if end - start <= WITNESSES:
        return range(start, end)
    step = (end - 1 - start) / (WITNESSES - 1)
    return [*(int(k * step + start) for k in range(WITNESSES - 1)), end - 1]


@cache
def _band() -> NDArray[np.int64]:
    """The bucket of each distance in reach."""
    return buckets(np.arange(-REACH, REACH + 1))


def buckets(gap: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distance bucket, finer near zero."""
    size = np.round(np.log2(np.abs(gap) + 1.0) * 2).clip(max=16)
    return (size * np.sign(gap) + 16).astype(np.int64)
