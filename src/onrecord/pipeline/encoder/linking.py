"""Which spans belong together: a small network over pairs of spans; pure NumPy.

It reads what the encoder's arcs say and where the spans stand: order, distance, sentences and
paragraphs between them, quotation marks, and what competes for the same place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FEATURES = 34
NEVER = -30.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Where rows stand: quotation-mark states, sentence and paragraph numbers."""

    states: Ints
    sentences: Ints
    paragraphs: Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Spans that ask (`a`) and spans that may answer (`b`), each (n, 2) in rows.

    Attributes:
        a: the dependents.
        b: the candidates.
        others: spans of the third kind.
        mass: (a, b) log probability, by the arcs, that the head of `a` is in `b`.
        none: (a,) log probability that there is none.
        sure_a: (a,) mean log probability of the tags of each `a`.
        sure_b: the same for `b`.
    """

    a: Ints
    b: Ints
    others: Ints
    mass: Floats
    none: Floats
    sure_a: Floats
    sure_b: Floats


@dataclass(frozen=True, slots=True)
class Linker:
    """Weights of one hidden layer, and of the score of no head."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    none: Floats

    def __call__(self, features: Floats, none: Floats) -> tuple[Floats, Floats]:
        """Probability of each candidate (a, b), and of none of them (a,)."""
        hidden = np.maximum(features @ self.inner + self.inner_bias, 0)
        scores = np.concatenate([hidden @ self.outer, (none * self.none[0] + self.none[1])[:, None]], 1)
        scores = np.where(np.isfinite(scores), scores, NEVER)
        scores = np.exp(scores - scores.max(1, keepdims=True))
        p = scores / scores.sum(1, keepdims=True)
        return p[:, :-1].astype(np.float32), p[:, -1].astype(np.float32)


def layout_of(states: NDArray[np.int32], cuts: NDArray[np.int32]) -> Layout:
    """Number sentences and paragraphs by the window borders found while encoding."""
    return Layout(states.astype(np.int64), np.cumsum(cuts > 0), np.cumsum(cuts > 1))


def pair_features(pairs: Pairs, layout: Layout) -> Floats:
    """(a, b, `FEATURES`)."""
    a, b = pairs.a, pairs.b
    if not len(a) or not len(b):
        return np.zeros((len(a), len(b), FEATURES), dtype=np.float32)
    rows = len(layout.states)
    before = (b[None, :, 1] <= a[:, None, 0]).astype(np.float32)
    after = (b[None, :, 0] >= a[:, None, 1]).astype(np.float32)
    low = np.where(before > 0, b[None, :, 1], np.where(after > 0, a[:, None, 1], 0))
    high = np.where(before > 0, a[:, None, 0], np.where(after > 0, b[None, :, 0], 0))
    gap = np.maximum(high - low, 0)

    def number(of: Ints) -> Ints:
        # Numbers of the two rows whose gap it is; inside one another counts as no step.
        left, right = np.clip(low - 1, 0, rows - 1), np.clip(high, 0, rows - 1)
        return np.asarray(np.where(high > 0, of[right] - of[left], 0))

    def between(spans: Ints) -> Floats:
        starts = np.sort(spans[:, 0])
        inside = np.searchsorted(starts, high) - np.searchsorted(starts, low)
        counts: Floats = np.log1p(np.maximum(inside, 0)).astype(np.float32)
        return counts

    sentence, paragraph = number(layout.sentences), number(layout.paragraphs)
    mark = np.concatenate([[0], np.cumsum((layout.states == 2) | (layout.states == 3))])
    marks = mark[np.clip(high, 0, rows)] - mark[np.clip(low, 0, rows)]
    together = (sentence == 0).astype(np.float32)
    before_gap = np.where(before > 0, gap, 10**6)
    after_gap = np.where(after > 0, gap, 10**6)
    marked = layout.states > 0
    quoted_a = np.asarray([np.count_nonzero(marked[s:e]) / (e - s) for s, e in a.tolist()])[:, None]
    quoted_b = marked[b[:, 0]][None, :]
    opens_a = (layout.states[np.maximum(a[:, 0] - 1, 0)] == 2)[:, None]
    closes_a = (layout.states[np.minimum(a[:, 1], rows - 1)] == 3)[:, None]
    starts = np.concatenate([[True], np.diff(layout.sentences) > 0])
    lead = starts[a[:, 0]] | (starts[np.maximum(a[:, 0] - 1, 0)] & opens_a[:, 0])
    mass = np.maximum(pairs.mass, -9)
    distance, between_a, between_b = np.log1p(gap) / 2, between(a), between(b)
    columns: tuple[NDArray[Any], ...] = (
        mass / 3,
        mass - mass.max(1, keepdims=True),
        mass - mass.max(0, keepdims=True),
        np.exp(pairs.mass),
        np.maximum(pairs.none, -9)[:, None] / 3,
        before,
        after,
        distance,
        distance * before,
        np.minimum(sentence, 4),
        np.minimum(sentence, 4) * before,
        np.minimum(paragraph, 3),
        np.minimum(paragraph, 3) * before,
        between_b * before,
        between_b * after,
        between_a * before,
        between_a * after,
        between(pairs.others),
        gap == 0,
        gap <= 2,
        together * before,
        together * after,
        (before_gap == before_gap.min(1, keepdims=True)) & (before > 0),
        (after_gap == after_gap.min(1, keepdims=True)) & (after > 0),
        (before_gap == before_gap.min(0, keepdims=True)) & (before > 0),
        (after_gap == after_gap.min(0, keepdims=True)) & (after > 0),
        quoted_a,
        quoted_b,
        opens_a,
        closes_a,
        lead[:, None],
        np.log1p(marks),
        np.log(a[:, 1] - a[:, 0])[:, None] / 2,
        np.maximum(pairs.sure_b, -3)[None, :] + np.maximum(pairs.sure_a, -3)[:, None],
    )
    out = np.empty((len(a), len(b), len(columns)), dtype=np.float32)
    for i, column in enumerate(columns):
        out[:, :, i] = column
    return out
