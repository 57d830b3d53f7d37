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
    open_ = np.concatenate([[False], tags[:, 1:].max(1) > tags[:, 0] - sure, [False]])
    starts = np.flatnonzero(~open_[:-1] & open_[1:])
    return best_tags(tags, move, starts, np.flatnonzero(open_[:-1] & ~open_[1:]))


def best_tags(
    tags: Floats, move: Floats, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Best tag sequence inside stretches of rows that do not overlap; outside them all rows are outside.

    Args:
        tags: (rows, tags) scores; the first tag is outside, before and after every stretch too.
        move: (tags, tags) scores of going from one tag to another.
        starts: first row of each stretch.
        ends: row after its last.
    """
    best = np.zeros(len(tags), dtype=np.int64)
    # A row is so little work that what NumPy does around it counts: its sums go into one buffer, and the
    # best of the first axis takes less time than that of the last.
    scores, ways = tags.astype(np.float32), np.empty(move.shape, dtype=np.float32)
    columns, onto = scores[:, :, None], np.ascontiguousarray(move.T)
    scores[starts] += move[0]
    alone = ends - starts == 1
    best[starts[alone]] = (scores[starts[alone]] + onto[0]).argmax(1)
    for start, end in zip(starts[~alone].tolist(), ends[~alone].tolist(), strict=True):
        for before, own in zip(columns[start : end - 1], scores[start + 1 : end], strict=True):
            np.add(before, move, ways)
            own += np.maximum.reduce(ways)
        # The way back asks only for the tags that it meets.
        tag = 0
        for t in range(end - 1, start - 1, -1):
            tag = int((scores[t] + onto[tag]).argmax())
            best[t] = tag
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
