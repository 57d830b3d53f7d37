"""Decoding of the encoder's outputs into attributions; pure NumPy.

The encoder gives each token scores for seven role tags and vectors for two kinds of arcs: to the
first token of the cue, and to the first token of the source, that a token belongs to. Tags say
which spans there are, arcs which of them make one attribution.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Range = tuple[int, int]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
SOURCE, CUE, CONTENT = 0, 1, 2
ARC = 128
ARC_COLUMNS = 4 * ARC + 4


@dataclass(frozen=True, slots=True)
class Settings:
    """Knobs of the decoder, set on dev.

    Attributes:
        reach: how many rows away a cue or source may be.
        cue_boost: added to the scores of cue tags, for contents are rarely without a cue.
        link: least probability that ties a content to a cue.
        source: least probability that ties a source to an attribution.
        threshold: attributions below this confidence are dropped.
    """

    reach: int = 200
    cue_boost: float = 0.0
    link: float = 0.1
    source: float = 0.2
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Heads:
    """Small weights that the decoder needs beside the encoder's outputs.

    Attributes:
        move: (7, 7) scores of going from one tag to another.
        distance: (2, 33) scores of head minus dependent by bucket, for cue and source arcs.
        weights: of the confidence, over `FEATURES`; the intercept is last.
    """

    move: Floats
    distance: Floats
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in rows of the encoded document.

    `features` are the evidence that the confidence is computed from.
    """

    contents: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    confidence: float
    features: tuple[float, ...] = field(default=(), repr=False)


FEATURES = (
    "content_mean",
    "content_least",
    "content_edges",
    "cue",
    "cue_arc",
    "source",
    "source_arc",
    "length",
)


def decode(tags: Floats, arcs: Floats, heads: Heads, settings: Settings) -> list[Found]:
    """Attributions of one document, in text order.

    Args:
        tags: (rows, 7) tag scores.
        arcs: (rows, `ARC_COLUMNS`): dependent and head vectors, score of no head and head bias,
            for cues and then for sources.
        heads: the decoder's weights.
        settings: its knobs.
    """
    if not len(tags):
        return []
    if settings.cue_boost:
        tags = tags.copy()
        tags[:, 3:5] += settings.cue_boost
    spans = spans_of(viterbi(tags, heads.move))
    logp = tags - _logsumexp(tags)
    cues = [s[1:] for s in spans if s[0] == CUE]
    sources = [s[1:] for s in spans if s[0] == SOURCE]
    contents = [s[1:] for s in spans if s[0] == CONTENT]

    groups: dict[int, list[tuple[Range, float]]] = {}
    loose: list[tuple[Range, float]] = []
    for content in contents:
        place, p = _best(content, cues, arcs, heads, 0, settings.reach)
        if place >= 0 and p >= settings.link:
            groups.setdefault(place, []).append((content, p))
        else:
            loose.append((content, p))
    found = []
    for place, members in groups.items():
        ranges = tuple(r for r, _ in members)
        arc = sum(p * (r[1] - r[0]) for r, p in members) / sum(r[1] - r[0] for r in ranges)
        found.append(_assemble(ranges, cues[place], arc, sources, logp, arcs, heads, settings))
    for content, p in loose:
        found.append(_assemble((content,), None, p, sources, logp, arcs, heads, settings))
    return sorted((f for f in found if f.confidence >= settings.threshold), key=lambda f: f.contents[0])


def _assemble(
    contents: tuple[Range, ...],
    cue: Range | None,
    cue_arc: float,
    sources: list[Range],
    logp: Floats,
    arcs: Floats,
    heads: Heads,
    settings: Settings,
) -> Found:
    members = ((cue,) if cue else ()) + contents
    votes = [(_scores(m, sources, arcs, heads, 1, settings.reach), m) for m in members]
    source, source_arc = None, 0.0
    total = np.zeros(len(sources) + 1)
    weight = 0.0
    for (p, near), m in votes:
        # The cue is the surest witness of its source; long contents should not outvote it.
        w = 2.0 if m is cue else min(1.0, (m[1] - m[0]) / 10)
        weight += w
        total[near] += w * p[:-1]
        total[-1] += w * p[-1]
    total /= weight
    if len(sources) and (best := int(total[:-1].argmax())) >= 0 and total[best] >= settings.source:
        source, source_arc = sources[best], float(total[best])
    else:
        source_arc = float(total[-1])
    in_content = np.logaddexp(logp[:, 5], logp[:, 6])
    mean = np.concatenate([in_content[low:high] for low, high in contents])
    edges = [logp[low, 5] for low, _ in contents] + [
        np.log1p(-min(0.999999, np.exp(logp[high, 6]))) if high < len(logp) else 0.0 for _, high in contents
    ]
    features = (
        float(mean.mean()),
        float(mean.min()),
        float(np.mean(edges)),
        float(np.logaddexp(logp[cue[0] : cue[1], 3], logp[cue[0] : cue[1], 4]).mean()) if cue else -3.0,
        float(np.log(max(cue_arc, 1e-4))),
        float(np.logaddexp(logp[source[0] : source[1], 1], logp[source[0] : source[1], 2]).mean())
        if source
        else -1.0,
        float(np.log(max(source_arc, 1e-4))),
        float(np.log(len(mean))),
    )
    if heads.weights:
        z = float(np.dot(heads.weights[:-1], features) + heads.weights[-1])
        confidence = 1 / (1 + np.exp(-z))
    else:
        confidence = float(np.exp(np.mean(features[:5])))
    return Found(contents, cue, source, float(confidence), features)


def viterbi(tags: Floats, move: Floats) -> NDArray[np.int64]:
    """Best tag sequence. A document cannot start inside a span."""
    n, k = tags.shape
    back = np.zeros((n, k), dtype=np.int64)
    score = tags[0].copy()
    score[2::2] -= 1e4
    columns = np.arange(k)
    for t in range(1, n):
        ways = score[:, None] + move
        back[t] = ways.argmax(0)
        score = ways[back[t], columns] + tags[t]
    best = np.zeros(n, dtype=np.int64)
    best[-1] = score.argmax()
    for t in range(n - 1, 0, -1):
        best[t - 1] = back[t, best[t]]
    return best


def spans_of(labels: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """(role, start, end) of each labelled stretch."""
    spans = []
    start = -1
    for i, label in enumerate([*labels.tolist(), 0]):
        if start >= 0 and (label == 0 or label % 2 == 1):
            spans.append(((int(labels[start]) - 1) // 2, start, i))
            start = -1
        if label % 2 == 1:
            start = i
    return spans


def _best(
    span: Range, candidates: list[Range], arcs: Floats, heads: Heads, kind: int, reach: int
) -> tuple[int, float]:
    p, near = _scores(span, candidates, arcs, heads, kind, reach)
    if not len(near):
        return -1, float(p[-1])
    best = int(p[:-1].argmax())
    return int(near[best]), float(p[best])


def _scores(
    span: Range, candidates: list[Range], arcs: Floats, heads: Heads, kind: int, reach: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Probability of each near candidate to be the head of a span, and last that of none."""
    low, high = max(0, span[0] - reach), min(len(arcs), span[1] + reach)
    o = kind * (2 * ARC + 2)
    dependents = arcs[span[0] : span[1], o : o + ARC]
    vectors = arcs[low:high, o + ARC : o + 2 * ARC]
    scores = dependents @ vectors.T * ARC**-0.5 + arcs[low:high, o + 2 * ARC + 1]
    gap = np.arange(low, high)[None, :] - np.arange(*span)[:, None]
    scores += heads.distance[kind][buckets(gap)]
    scores = np.concatenate([scores, arcs[span[0] : span[1], o + 2 * ARC, None]], 1)
    p = np.exp(scores - _logsumexp(scores)).mean(0)
    near = [i for i, c in enumerate(candidates) if c[1] > low and c[0] < high]
    mass = [p[max(0, candidates[i][0] - low) : candidates[i][1] - low].sum() for i in near]
    return np.asarray([*mass, p[-1]], dtype=np.float64), np.asarray(near, dtype=np.int64)


def buckets(gap: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distance bucket, finer near zero."""
    size = np.round(np.log2(np.abs(gap) + 1.0) * 2).clip(max=16)
    return (size * np.sign(gap) + 16).astype(np.int64)


def _logsumexp(x: Floats) -> Floats:
    top = x.max(1, keepdims=True)
    return np.asarray(top + np.log(np.exp(x - top).sum(1, keepdims=True)), dtype=np.float32)
