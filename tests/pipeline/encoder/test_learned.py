"""Decoding of the model's outputs."""

import itertools

import numpy as np
import pytest

from onrecord.pipeline.encoder import decoding as learned
from onrecord.pipeline.encoder.decoding import ARC, ARC_COLUMNS, LABELS, Heads, Settings
from onrecord.pipeline.encoder.linking import FEATURES, Linker, Pairs, layout_of, pair_features
from onrecord.pipeline.encoder.snapping import marked_stretches, snap_contents

COUNT = len(LABELS)


def legal_moves() -> np.ndarray:
    move = np.zeros((COUNT, COUNT), dtype=np.float32)
    for before, after in itertools.product(range(COUNT), repeat=2):
        continues = after > 0 and (after - 1) % 4 in (1, 2)
        unfinished = before > 0 and (before - 1) % 4 in (0, 1)
        same = before > 0 and after > 0 and (before - 1) // 4 == (after - 1) // 4
        if continues != unfinished or (continues and not same):
            move[before, after] = -1e4
    return move


@pytest.fixture
def heads() -> Heads:
    rng = np.random.default_rng(1)
    return Heads(legal_moves(), rng.normal(size=(2, 33)).astype(np.float32))


def slow_viterbi(tags: np.ndarray, move: np.ndarray) -> list[int]:
    score = tags[0] + move[0]
    back = []
    for row in tags[1:]:
        ways = score[:, None] + move
        back.append(ways.argmax(0))
        score = ways.max(0) + row
    best = [int((score + move[:, 0]).argmax())]
    for pointers in reversed(back):
        best.append(int(pointers[best[-1]]))
    return best[::-1]


@pytest.mark.parametrize("seed", range(8))
def test_viterbi_is_the_plain_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tags = rng.normal(size=(60, COUNT)).astype(np.float32) * 2
    tags[rng.random(60) < 0.3, 0] += 30
    assert learned.viterbi(tags, legal_moves()).tolist() == slow_viterbi(tags, legal_moves())


def test_spans_have_beginning_and_end() -> None:
    labels = [
        LABELS.index(x) for x in ("S-source", "B-cue", "E-cue", "O", "B-content", "I-content", "E-content")
    ]
    assert learned.spans_of(np.asarray(labels)) == [(0, 0, 1), (1, 1, 3), (2, 4, 7)]


def test_arcs_remember_what_they_read(heads: Heads) -> None:
    arcs = np.random.default_rng(3).normal(size=(50, ARC_COLUMNS)).astype(np.float32)
    read, spans = learned.Arcs(arcs, heads), np.asarray([[3, 6], [40, 44]])
    for kind in (0, 1):
        assert read.shares(spans.copy(), kind) is read.shares(spans, kind)
        for got, wanted in zip(
            read.shares(spans, kind), learned.arc_shares(spans, arcs, heads, kind), strict=True
        ):
            assert np.array_equal(got, wanted)


def test_arc_shares_are_the_naive_ones(heads: Heads) -> None:
    rng = np.random.default_rng(2)
    arcs = rng.normal(size=(50, ARC_COLUMNS)).astype(np.float32)
    spans = np.asarray([[3, 6], [10, 11], [40, 44]])
    share, none, low = learned.arc_shares(spans, arcs, heads, 1)
    o = 2 * ARC + 2
    for i, (start, end) in enumerate(spans):
        expected = []
        for row in range(start, end):
            scores = arcs[row, o : o + ARC] @ arcs[:, o + ARC : o + 2 * ARC].T / ARC**0.5
            scores = (
                scores + arcs[:, o + 2 * ARC + 1] + heads.distance[1][learned.buckets(np.arange(50) - row)]
            )
            p = np.exp(np.append(scores, arcs[row, o + 2 * ARC]))
            expected.append(p / p.sum())
        mean = np.mean(expected, 0)
        assert np.allclose(share[i, -low[i] : 50 - low[i]], mean[:-1], atol=1e-5)
        assert np.isclose(none[i], mean[-1], atol=1e-5)


def test_a_simple_sentence_is_decoded(heads: Heads) -> None:
    # She said that it rained .
    names = ("S-source", "S-cue", "B-content", "I-content", "E-content", "O")
    tags = np.full((6, COUNT), -5, dtype=np.float32)
    for row, name in enumerate(names):
        tags[row, LABELS.index(name)] = 5
    arcs = np.zeros((6, ARC_COLUMNS), dtype=np.float32)
    arcs[1, 2 * ARC + 1] = 9
    arcs[0, 4 * ARC + 3] = 9
    zeros, cuts = np.zeros(6, dtype=np.int32), np.asarray([2, 0, 0, 0, 0, 0], dtype=np.int32)
    (found,) = learned.decode(tags, arcs, zeros, cuts, heads, Settings())
    assert (found.contents, found.cue, found.source) == (((2, 5),), (1, 2), (0, 1))
    assert 0 < found.confidence < 1


def test_nothing_in_nothing_out(heads: Heads) -> None:
    empty = np.zeros((0, COUNT), dtype=np.float32), np.zeros((0, ARC_COLUMNS), dtype=np.float32)
    none = np.zeros(0, dtype=np.int32)
    assert learned.decode(*empty, none, none, heads, Settings()) == []


@pytest.mark.parametrize("seed", range(6))
def test_noise_never_fails(heads: Heads, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 80))
    tags = rng.normal(size=(n, COUNT)).astype(np.float32) * 3
    arcs = rng.normal(size=(n, ARC_COLUMNS)).astype(np.float32)
    states, cuts = rng.integers(0, 5, n).astype(np.int32), rng.integers(0, 3, n).astype(np.int32)
    linker = Linker(
        rng.normal(size=(FEATURES, 4)).astype(np.float32),
        np.zeros(4, dtype=np.float32),
        rng.normal(size=4).astype(np.float32),
        np.zeros(2, dtype=np.float32),
    )
    full = Heads(heads.move, heads.distance, (linker, linker))
    for h in (heads, full):
        for f in learned.decode(tags, arcs, states, cuts, h, Settings(revive=0.1, snap=0.5, block=30)):
            assert all(0 <= s < e <= n for s, e in f.contents)
            assert list(f.contents) == sorted(f.contents)


def test_blocks_are_cut_at_paragraphs() -> None:
    cuts = np.zeros(100, dtype=np.int32)
    cuts[[0, 18, 37, 80]] = 2
    assert learned.blocks_of(cuts, 40) == [(0, 37), (37, 77), (77, 100)]


def test_pair_features_are_finite() -> None:
    states = np.asarray([0, 2, 1, 1, 3, 0, 0, 0], dtype=np.int32)
    cuts = np.asarray([2, 0, 0, 0, 0, 0, 2, 0], dtype=np.int32)
    a, b, c = (np.asarray(x).reshape(-1, 2) for x in ([[2, 4]], [[5, 6], [6, 7]], []))
    mass = np.log(np.asarray([[0.7, 0.1]], dtype=np.float32))
    ones = np.ones(2, dtype=np.float32)
    features = pair_features(Pairs(a, b, c, mass, ones[:1], ones[:1], ones), layout_of(states, cuts))
    assert features.shape == (1, 2, FEATURES)
    assert np.isfinite(features).all()


def test_snapping_fills_a_quotation() -> None:
    states = np.asarray([0, 2, 1, 1, 1, 1, 3, 0])
    free = np.zeros(8, dtype=bool)
    assert marked_stretches(states) == [(2, 6)]
    assert snap_contents(np.asarray([[3, 6]]), states, free, 0.7).tolist() == [[2, 6]]
    assert snap_contents(np.asarray([[5, 6]]), states, free, 0.7).tolist() == [[5, 6]]
    assert snap_contents(np.asarray([[2, 4], [4, 6]]), states, free, 0.7).tolist() == [[2, 6]]
