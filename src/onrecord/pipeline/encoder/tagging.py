"""The best tags of a document and the spans that they make; pure NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.encoder.types import Floats


def viterbi(tags: Floats, move: Floats, *, sure: float = 8.0) -> NDArray[np.int64]:
    """Best tag sequence.

    Rows that are outside by a margin of `sure` over every other tag are taken as that and cut the
    document into stretches.
    """
    # Tags stand in rows from here on: NumPy takes the best of the first axis much faster than of the last.
    tags = np.ascontiguousarray(tags.T)
    open_ = np.concatenate([[False], tags[1:].max(0) > tags[0] - sure, [False]])
    starts = np.flatnonzero(~open_[:-1] & open_[1:])
    return best_tags(tags, move, starts, np.flatnonzero(open_[:-1] & ~open_[1:]))


def best_tags(
    tags: Floats, move: Floats, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Best tag sequence inside stretches of rows that do not overlap; outside them all rows are outside.

    The stretches are solved side by side: a step per row would cost more than the encoder in plain NumPy.

    Args:
        tags: (tags, rows) scores; the first tag is outside, before and after every stretch too.
        move: (tags, tags) scores of going from one tag to another.
        starts: first row of each stretch.
        ends: row after its last.
    """
    best = np.zeros(tags.shape[1], dtype=np.int64)
    lengths = ends - starts
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    if not len(starts):
        return best
    longest = int(lengths[0])
    # How many stretches go on at each step; they are sorted, longest first.
    alive = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    steps = move[:, :, None]
    scores = [tags[:, starts] + steps[0]]
    for t in range(1, longest):
        live = alive[t]
        scores.append((scores[-1][:, None, :live] + steps).max(0) + tags[:, starts[:live] + t])
    # The way back asks only for the tags that it meets.
    last = np.zeros(len(starts), dtype=np.int64)
    for t in range(longest - 1, -1, -1):
        live, over = alive[t], alive[t + 1] if t + 1 < longest else 0
        if over < live:
            last[over:live] = (scores[t][:, over:] + steps[:, 0]).argmax(0)
        if over:
            last[:over] = (scores[t][:, :over] + move[:, last[:over]]).argmax(0)
        best[starts[:live] + t] = last[:live]
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
