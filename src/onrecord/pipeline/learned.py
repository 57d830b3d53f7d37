"""Decoding of the encoder's outputs into attributions; pure NumPy.

The encoder gives each token scores for role tags and vectors for two kinds of arcs: to the
first token of the cue, and to the first token of the source, that a token belongs to. Tags say
which spans there are, arcs which of them make one attribution.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.linking import Layout, Linker, Pairs, layout_of, pair_features
from onrecord.pipeline.snapping import snap_contents

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Range = tuple[int, int]

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))
"""Outside, and begin, inside, end or single token of each role."""
SOURCE, CUE, CONTENT = 0, 1, 2
ARC = 128
ARC_COLUMNS = 4 * ARC + 4
REACH = 220
TINY = 1e-6
WITNESSES = 4
COLUMNS = 480
FORCE = 20.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Knobs of the decoder, set on dev.

    Attributes:
        source_boost: added to the scores of source tags; one that nothing links to costs nothing.
        cue_boost: the same for cues.
        content_boost: the same for contents.
        none_cue: weight of a content's having no cue.
        none_source: weight of a cue's having no source.
        snap: contents that fill this share of a quotation are stretched to all of it; 2 for never.
        revive: where the arcs of a content without cue, or of a cue without source, put this much
            on one row outside all spans, a span is opened there; 0 for never.
        threshold: attributions below this confidence are dropped.
        block: rows decoded together; longer documents are cut at paragraphs.
    """

    source_boost: float = 0.0
    cue_boost: float = 0.0
    content_boost: float = 0.0
    none_cue: float = 1.0
    none_source: float = 1.0
    snap: float = 2.0
    revive: float = 0.0
    threshold: float = 0.0
    block: int = 3000


@dataclass(frozen=True, slots=True)
class Heads:
    """Small weights that the decoder needs beside the encoder's outputs.

    Attributes:
        move: (labels, labels) scores of going from one tag to another.
        distance: (2, 33) scores of head minus dependent by bucket, for cue and source arcs.
        linkers: content to cue, cue to source; without them the arcs alone decide.
        weights: of the confidence, over `EVIDENCE`; the intercept is last.
        knots: from what the weights say to how often that is right: x and y, rising.
    """

    move: Floats
    distance: Floats
    linkers: tuple[Linker, Linker] | None = None
    weights: tuple[float, ...] = ()
    knots: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in rows of the encoded document.

    `evidence` is what the confidence is computed from.
    """

    contents: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    confidence: float = 0.0
    evidence: tuple[float, ...] = field(default=(), repr=False)


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
    """Decoded spans of one block, each (n, 2) in rows, and the log probabilities of its tags."""

    sources: Ints
    cues: Ints
    contents: Ints
    logp: Floats


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
        links = link(spans, arcs[part], layout, heads, settings)
        if settings.revive:
            forced = _missed(spans, links, tags[part], arcs[part], heads, settings)
            if forced is not None:
                spans = find_spans(forced, layout, heads, settings)
                links = link(spans, arcs[part], layout, heads, settings)
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


def cue_pairs(spans: Spans, arcs: Floats, heads: Heads) -> Pairs:
    """Contents and the cues they may belong to."""
    mass, none = arc_mass(spans.contents, spans.cues, arcs, heads, 0)
    sure = role_scores(spans, CONTENT), role_scores(spans, CUE)
    return Pairs(spans.contents, spans.cues, spans.sources, mass, none, *sure)


def source_pairs(spans: Spans, cue_of: Ints, arcs: Floats, heads: Heads) -> Pairs:
    """Cues and the sources they may belong to; a cue's contents have a say.

    Args:
        spans: all spans.
        cue_of: number of each content's cue, -1 for none.
        arcs: the encoder's outputs.
        heads: the decoder's weights.
    """
    mass, none = arc_mass(spans.cues, spans.sources, arcs, heads, 1)
    mass, none = 2 * np.exp(mass), 2 * np.exp(none)
    weight = np.full(len(spans.cues), 2.0)
    more, less = arc_mass(spans.contents, spans.sources, arcs, heads, 1)
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
    which = (spans.sources, spans.cues, spans.contents)[role]
    logp = _logsumexp(spans.logp[:, 1 + 4 * role : 5 + 4 * role])[:, 0]
    return np.asarray([logp[s:e].mean() for s, e in which], dtype=np.float32)


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


def link(spans: Spans, arcs: Floats, layout: Layout, heads: Heads, settings: Settings) -> Links:
    """Say which spans belong together."""
    linkers = heads.linkers or (None, None)
    cue_of, cue_p = choose(cue_pairs(spans, arcs, heads), layout, linkers[0], settings.none_cue)
    pairs = source_pairs(spans, cue_of, arcs, heads)
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
        sizes = [e - s for s, e in ranges]
        evidence = (
            float(in_content[rows].mean()),
            float(in_content[rows].min()),
            float(np.mean([starts[s] + ends[e - 1] for s, e in ranges])),
            float(scores[CUE][cue]) if cue >= 0 else -3.0,
            float(np.log(np.average(cue_p[members], weights=sizes) + TINY)) if cue >= 0 else -3.0,
            float(scores[SOURCE][source]) if source >= 0 else -1.0,
            float(np.log(source_p[cue] + TINY)) if cue >= 0 else -1.0,
            float(np.log(len(rows))),
            float((layout.states[rows] > 0).mean()),
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


def _missed(
    spans: Spans, links: Links, tags: Floats, arcs: Floats, heads: Heads, settings: Settings
) -> Floats | None:
    """Tag scores that open the cues and sources to which arcs point in vain; None if there are none."""
    taken = np.zeros(len(tags), dtype=bool)
    for start, end in np.concatenate([spans.sources, spans.cues, spans.contents]):
        taken[start:end] = True
    forced = None
    for kind, lonely in enumerate((spans.contents[links.cue_of < 0], spans.cues[links.source_of < 0])):
        if not len(lonely):
            continue
        share, _, low = arc_shares(lonely, arcs, heads, kind)
        rows = low[:, None] + np.arange(share.shape[1])
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
    for t in range(1, int(lengths[0])):
        live = int(np.searchsorted(-lengths, -t, side="left"))
        ways = score[:live, :, None] + move
        back[t, :live] = ways.argmax(1)
        score[:live] = ways.max(1) + tags[starts[:live] + t]
    last = (score + move[:, 0]).argmax(1)
    for t in range(int(lengths[0]) - 1, -1, -1):
        live = int(np.searchsorted(-lengths, -t, side="left"))
        best[starts[:live] + t] = last[:live]
        last[:live] = back[t, np.arange(live), last[:live]]
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


def arc_mass(a: Ints, b: Ints, arcs: Floats, heads: Heads, kind: int) -> tuple[Floats, Floats]:
    """Log probability that the head of each `a` is in each `b`, and that it has none."""
    share, none, low = arc_shares(a, arcs, heads, kind)
    total = np.concatenate([np.zeros((len(a), 1), dtype=np.float32), np.cumsum(share, 1)], 1)
    width = share.shape[1]
    starts = np.clip(b[None, :, 0] - low[:, None], 0, width)
    ends = np.clip(b[None, :, 1] - low[:, None], 0, width)
    mass = np.take_along_axis(total, ends, 1) - np.take_along_axis(total, starts, 1)
    return np.log(np.maximum(mass, 0) + TINY).astype(np.float32), np.log(none + TINY).astype(np.float32)


def arc_shares(a: Ints, arcs: Floats, heads: Heads, kind: int) -> tuple[Floats, Floats, Ints]:
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
    asked = [np.unique(np.linspace(s, e - 1, min(WITNESSES, e - s)).astype(np.int64)) for s, e in a]
    sizes = np.asarray([len(r) for r in asked])
    rows = np.concatenate(asked)
    firsts = np.cumsum(sizes) - sizes
    low = a[:, 0] - REACH
    width = int((a[:, 1] - a[:, 0]).max()) + 2 * REACH
    dependents = arcs[rows, o : o + ARC] * np.float32(ARC**-0.5)
    vectors = arcs[:, o + ARC : o + 2 * ARC]
    scores = np.zeros((len(rows), width), dtype=np.float32)
    for first, size, start in zip(firsts.tolist(), sizes.tolist(), low.tolist(), strict=True):
        # Small products, for larger ones would wake the threads of the linear algebra library, which
        # cost more than they bring and starve the encoder.
        for left in range(max(start, 0), min(start + width, n), COLUMNS):
            right = min(left + COLUMNS, start + width, n)
            part = dependents[first : first + size] @ vectors[left:right].T
            scores[first : first + size, left - start : right - start] = part
    column = np.repeat(low, sizes)[:, None] + np.arange(width)
    gap = column - rows[:, None]
    bias = heads.distance[kind][buckets(np.arange(-REACH, REACH + 1))]
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


def buckets(gap: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distance bucket, finer near zero."""
    size = np.round(np.log2(np.abs(gap) + 1.0) * 2).clip(max=16)
    return (size * np.sign(gap) + 16).astype(np.int64)


def _logsumexp(x: Floats) -> Floats:
    top = x.max(1, keepdims=True)
    return np.asarray(top + np.log(np.exp(x - top).sum(1, keepdims=True)), dtype=np.float32)
