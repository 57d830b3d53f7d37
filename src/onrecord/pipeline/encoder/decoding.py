"""Decoding of the encoder's outputs into attributions; pure NumPy.

The encoder gives each token scores for role tags and vectors for two kinds of arcs: to the
first token of the cue, and to the first token of the source, that a token belongs to. Tags say
which spans there are, arcs which of them make one attribution.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.encoder.arcs import Arcs, arc_mass, arc_shares, buckets
from onrecord.pipeline.encoder.linking import Layout, Linker, Pairs, layout_of, pair_features
from onrecord.pipeline.encoder.snapping import snap_contents
from onrecord.pipeline.encoder.tagging import spans_of, viterbi
from onrecord.pipeline.encoder.types import (
    ARC,
    ARC_COLUMNS,
    CONTENT,
    CUE,
    FORCE,
    LABELS,
    ROLES,
    SOURCE,
    TINY,
    Floats,
    Found,
    Heads,
    Ints,
    Range,
    Settings,
)

__all__ = [
    "ARC",
    "ARC_COLUMNS",
    "CONTENT",
    "CUE",
    "EVIDENCE",
    "LABELS",
    "ROLES",
    "SOURCE",
    "Arcs",
    "Found",
    "Heads",
    "Links",
    "Range",
    "Settings",
    "Spans",
    "arc_mass",
    "arc_shares",
    "blocks_of",
    "buckets",
    "choose",
    "confidence_of",
    "cue_pairs",
    "decode",
    "find_spans",
    "link",
    "role_scores",
    "source_pairs",
    "spans_of",
    "viterbi",
]

EVIDENCE = (
    "content_mean",
    "content_least",
    "content_edges",
    "cue",
    "cue_link",
    "source",
    "source_link",
    "length",
    "marked",
)


@dataclass(frozen=True, slots=True)
class Spans:
    """Decoded spans of one block, each (n, 2) in rows, and the log probabilities of its tags.

    `scores` remembers what `role_scores` says of each role.
    """

    sources: Ints
    cues: Ints
    contents: Ints
    logp: Floats
    scores: dict[int, Floats] = field(default_factory=dict, compare=False, repr=False)


def decode(
    tags: Floats,
    arcs: Floats,
    states: NDArray[np.int32],
    cuts: NDArray[np.int32],
    heads: Heads,
    settings: Settings,
) -> list[Found]:
    """Attributions of one document, in text order.

    Args:
        tags: (rows, labels) tag scores.
        arcs: (rows, `ARC_COLUMNS`): dependent and head vectors, score of no head and head bias,
            for cues and then for sources.
        states: (rows,) quotation-mark states, see `wordpieces.STATES`.
        cuts: (rows,) sentence and paragraph starts, see `wordpieces.Encoded`.
        heads: the decoder's weights.
        settings: its knobs.
    """
    out: list[Found] = []
    for low, high in blocks_of(cuts, settings.block):
        part = slice(low, high)
        layout = layout_of(states[part], cuts[part])
        spans = find_spans(tags[part], layout, heads, settings)
        read = Arcs(arcs[part], heads)
        links = link(spans, read, layout, heads, settings)
        if settings.revive:
            forced = _missed(spans, links, tags[part], read, settings)
            if forced is not None:
                spans = find_spans(forced, layout, heads, settings)
                links = link(spans, read, layout, heads, settings)
        for f in _attribute(spans, links, layout, heads):
            out.append(
                Found(
                    tuple((s + low, e + low) for s, e in f.contents),
                    (f.cue[0] + low, f.cue[1] + low) if f.cue else None,
                    (f.source[0] + low, f.source[1] + low) if f.source else None,
                    f.confidence,
                    f.evidence,
                )
            )
    return sorted((f for f in out if f.confidence >= settings.threshold), key=lambda f: f.contents[0])


def blocks_of(cuts: NDArray[np.int32], size: int) -> list[Range]:
    """Rows to decode together, cut at paragraphs where there are any."""
    blocks = []
    low = 0
    while low < len(cuts):
        high = min(low + size, len(cuts))
        if high < len(cuts):
            paragraphs = np.flatnonzero(cuts[low + size // 2 : high + 1] > 1)
            high = low + size // 2 + int(paragraphs[-1]) if len(paragraphs) else high
        blocks.append((low, high))
        low = high
    return blocks


def find_spans(tags: Floats, layout: Layout, heads: Heads, settings: Settings) -> Spans:
    """The best consistent spans of all three roles."""
    boost = np.repeat(
        np.asarray([0, settings.source_boost, settings.cue_boost, settings.content_boost]), [1, 4, 4, 4]
    )
    boosted = tags + boost.astype(np.float32)
    found = spans_of(viterbi(boosted, heads.move))
    by_role = [
        np.asarray([s[1:] for s in found if s[0] == k], dtype=np.int64).reshape(-1, 2) for k in range(3)
    ]
    if settings.snap <= 1:
        blocked = np.zeros(len(tags), dtype=bool)
        for start, end in np.concatenate(by_role[:CONTENT]):
            blocked[start:end] = True
        by_role[CONTENT] = snap_contents(by_role[CONTENT], layout.states, blocked, settings.snap)
    return Spans(by_role[SOURCE], by_role[CUE], by_role[CONTENT], tags - _logsumexp(tags))


def cue_pairs(spans: Spans, arcs: Arcs) -> Pairs:
    """Contents and the cues they may belong to."""
    mass, none = arc_mass(spans.contents, spans.cues, arcs, 0)
    sure = role_scores(spans, CONTENT), role_scores(spans, CUE)
    return Pairs(spans.contents, spans.cues, spans.sources, mass, none, *sure)


def source_pairs(spans: Spans, cue_of: Ints, arcs: Arcs) -> Pairs:
    """Cues and the sources they may belong to; a cue's contents have a say.

    Args:
        spans: all spans.
        cue_of: number of each content's cue, -1 for none.
        arcs: of the block.
    """
    mass, none = arc_mass(spans.cues, spans.sources, arcs, 1)
    mass, none = 2 * np.exp(mass), 2 * np.exp(none)
    weight = np.full(len(spans.cues), 2.0)
    more, less = arc_mass(spans.contents, spans.sources, arcs, 1)
    for i, cue in enumerate(cue_of):
        if cue >= 0:
            # The cue is the surest witness of its source; long contents should not outvote it.
            w = min(1.0, (spans.contents[i, 1] - spans.contents[i, 0]) / 10)
            mass[cue] += w * np.exp(more[i])
            none[cue] += w * np.exp(less[i])
            weight[cue] += w
    mass, none = np.log(mass / weight[:, None] + TINY), np.log(none / weight + TINY)
    sure = role_scores(spans, CUE), role_scores(spans, SOURCE)
    return Pairs(spans.cues, spans.sources, spans.contents, mass, none, *sure)


def role_scores(spans: Spans, role: int) -> Floats:
    """Mean log probability that a span's rows have its role."""
    if role not in spans.scores:
        which = (spans.sources, spans.cues, spans.contents)[role]
        logp = _logsumexp(spans.logp[:, 1 + 4 * role : 5 + 4 * role])[:, 0]
        spans.scores[role] = np.asarray([_mean(logp[s:e]) for s, e in which], dtype=np.float32)
    return spans.scores[role]


def choose(pairs: Pairs, layout: Layout, linker: Linker | None, none_weight: float) -> tuple[Ints, Floats]:
    """The best head of each dependent, -1 for none, and its probability."""
    n = len(pairs.a)
    if not n or not len(pairs.b):
        return np.full(n, -1), np.ones(n, dtype=np.float32)
    if linker is not None:
        p, none = linker(pair_features(pairs, layout), pairs.none)
    else:
        p, none = np.exp(pairs.mass), np.exp(pairs.none)
    best = p.argmax(1)
    top = p[np.arange(n), best]
    none = none * none_weight
    return np.where(top >= none, best, -1), np.where(top >= none, top, none)


@dataclass(frozen=True, slots=True)
class Links:
    """Each content's cue and each cue's source, -1 for none, with probabilities."""

    cue_of: Ints
    cue_p: Floats
    source_of: Ints
    source_p: Floats


def link(spans: Spans, arcs: Arcs, layout: Layout, heads: Heads, settings: Settings) -> Links:
    """Say which spans belong together."""
    linkers = heads.linkers or (None, None)
    cue_of, cue_p = choose(cue_pairs(spans, arcs), layout, linkers[0], settings.none_cue)
    pairs = source_pairs(spans, cue_of, arcs)
    return Links(cue_of, cue_p, *choose(pairs, layout, linkers[1], settings.none_source))


def _attribute(spans: Spans, links: Links, layout: Layout, heads: Heads) -> list[Found]:
    cue_of, cue_p, source_of, source_p = links.cue_of, links.cue_p, links.source_of, links.source_p
    scores = [role_scores(spans, role) for role in (SOURCE, CUE, CONTENT)]
    in_content = _logsumexp(spans.logp[:, 9:13])[:, 0]
    starts = np.logaddexp(spans.logp[:, 9], spans.logp[:, 12])
    ends = np.logaddexp(spans.logp[:, 11], spans.logp[:, 12])
    groups = [[i] for i in np.flatnonzero(cue_of < 0)]
    groups += [list(np.flatnonzero(cue_of == c)) for c in sorted({int(c) for c in cue_of if c >= 0})]
    found = []
    for members in groups:
        cue = int(cue_of[members[0]])
        source = int(source_of[cue]) if cue >= 0 else -1
        ranges = tuple((int(s), int(e)) for s, e in spans.contents[members])
        rows = np.concatenate([np.arange(s, e) for s, e in ranges])
        sizes = np.asarray([e - s for s, e in ranges], dtype=np.float64)
        evidence = (
            _mean(in_content[rows]),
            float(in_content[rows].min()),
            _mean(np.asarray([starts[s] + ends[e - 1] for s, e in ranges])),
            float(scores[CUE][cue]) if cue >= 0 else -3.0,
            float(np.log((cue_p[members] * sizes).sum() / sizes.sum() + TINY)) if cue >= 0 else -3.0,
            float(scores[SOURCE][source]) if source >= 0 else -1.0,
            float(np.log(source_p[cue] + TINY)) if cue >= 0 else -1.0,
            float(np.log(len(rows))),
            np.count_nonzero(layout.states[rows] > 0) / len(rows),
        )
        found.append(
            Found(
                ranges,
                (int(spans.cues[cue, 0]), int(spans.cues[cue, 1])) if cue >= 0 else None,
                (int(spans.sources[source, 0]), int(spans.sources[source, 1])) if source >= 0 else None,
                confidence_of(evidence, heads),
                evidence,
            )
        )
    return found


def _missed(spans: Spans, links: Links, tags: Floats, arcs: Arcs, settings: Settings) -> Floats | None:
    """Tag scores that open the cues and sources to which arcs point in vain; None if there are none."""
    taken = np.zeros(len(tags), dtype=bool)
    for start, end in np.concatenate([spans.sources, spans.cues, spans.contents]):
        taken[start:end] = True
    forced = None
    for kind, lonely in enumerate((spans.contents[links.cue_of < 0], spans.cues[links.source_of < 0])):
        if not len(lonely):
            continue
        share, _, low = arcs.shares(lonely, kind)
        rows = low[:, None] + np.arange(share.shape[1])
        share = share.copy()
        share[(rows < 0) | (rows >= len(tags)) | taken[np.clip(rows, 0, len(tags) - 1)]] = 0
        role = CUE if kind == 0 else SOURCE
        best = share.argmax(1)
        hits = share[np.arange(len(share)), best] >= settings.revive
        for row in np.unique((low + best)[hits]):
            forced = tags.copy() if forced is None else forced
            forced[row, [1 + 4 * role, 4 + 4 * role]] += FORCE
    return forced


def confidence_of(evidence: tuple[float, ...], heads: Heads) -> float:
    """Probability that content and source are right."""
    if not heads.weights:
        return float(np.exp(np.mean(evidence[:5])))
    z = float(np.dot(heads.weights[:-1], evidence) + heads.weights[-1])
    p = float(1 / (1 + np.exp(-z)))
    return float(np.interp(p, *heads.knots)) if heads.knots[0] else p


def _logsumexp(x: Floats) -> Floats:
    top = x.max(1, keepdims=True)
    return np.asarray(top + np.log(np.exp(x - top).sum(1, keepdims=True)), dtype=np.float32)


def _mean(x: Floats) -> float:
    """As `x.mean()`, which takes four times as long for a few values."""
    return float(np.add.reduce(x) / np.float32(len(x)))
