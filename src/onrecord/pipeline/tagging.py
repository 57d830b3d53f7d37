"""The best tags of a document and the spans that they make; pure NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.learned_types import Floats


def viterbi(tags: Floats, move: Floats, *, sure: float = 8.0) -> NDArray[np.int64]:
    """Best tag sequence.

    Rows that are outside by a margin of `sure` over every other tag are taken as that and cut the
    document into stretches, which are solved side by side: a step per row would cost more than the
    encoder in plain NumPy.
    """
    n, k = tags.shape
    best = np.zeros(n, dtype=np.int64)
    open_ = np.concatenate([[False], tags[:, 1:].max(1) > tags[:, 0] - sure, [False]])
    starts = np.flatnonzero(~open_[:-1] & open_[1:])
    lengths = np.flatnonzero(open_[:-1] & ~open_[1:]) - starts
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    if not len(starts):
        return best
    back = np.zeros((int(lengths[0]), len(starts), k), dtype=np.int64)
    score = tags[starts] + move[0]
    # How many stretches go on at each step; they are sorted, longest first.
    alive = np.searchsorted(-lengths, -np.arange(int(lengths[0])), side="left").tolist()
    into = np.ascontiguousarray(move.T)
    each = np.arange(len(starts))
    for t in range(1, int(lengths[0])):
        live = alive[t]
        ways = score[:live, None, :] + into
        back[t, :live] = ways.argmax(2)
        score[:live] = ways.max(2) + tags[starts[:live] + t]
    last = (score + move[:, 0]).argmax(1)
    for t in range(int(lengths[0]) - 1, -1, -1):
        live = alive[t]
        best[starts[:live] + t] = last[:live]
        last[:live] = back[t, each[:live], last[:live]]
    return best


def spans_of(labels: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """(role, start, end) of each labelled stretch."""
    spans = []
    start = -1
    for i, label in enumerate(labels.tolist()):
        if label == 0:
            continue
        role, place = divmod(label - 1, 4)
        if place in (0, 3):
            start = i
        if place in (2, 3):
            spans.append((role, start, i + 1))
    return spans
