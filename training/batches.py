"""Windows of labelled documents, in batches of about equal size."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from onrecord.pipeline.encoder.wordpieces import plan_windows
from training.data import IGNORE, NONE, UNKNOWN, Labelled

PAD, CLS, SEP, MASK = 0, 101, 102, 103


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of some windows; `t` counts pieces, `n` rows.

    Attributes:
        pieces: (b, t).
        features: (b, t, 3), one more than in `Encoded`; 0 where there is no token.
        mask: (b, t), 1 for real pieces.
        first: (b, n), place of each row's first piece.
        rows: (b, n), True for real rows.
        labels: (b, n).
        cues: (b, n), row of the head in the window, n for none, or `IGNORE`.
        sources: the same for sources.
        names: (b, n), or `IGNORE`.
        worth: (b, n), or `IGNORE`.
        sentences: (b, n), a number for each sentence of the batch.
        origin: document index and first row of each window.
    """

    pieces: Tensor
    features: Tensor
    mask: Tensor
    first: Tensor
    rows: Tensor
    labels: Tensor
    cues: Tensor
    sources: Tensor
    names: Tensor
    worth: Tensor
    sentences: Tensor
    origin: tuple[tuple[int, int, int], ...]


def collate(windows: list[tuple[int, int, int]], documents: list[Labelled]) -> Batch:
    """Build one batch of (document, first row, end row) windows."""
    lengths = [
        documents[d].encoded.starts[high] - documents[d].encoded.starts[low] for d, low, high in windows
    ]
    b, t, n = len(windows), int(max(lengths)) + 2, max(high - low for _, low, high in windows)
    pieces = np.zeros((b, t), dtype=np.int64)
    features = np.zeros((b, t, 3), dtype=np.int64)
    mask = np.zeros((b, t), dtype=np.float32)
    first = np.zeros((b, n), dtype=np.int64)
    rows = np.zeros((b, n), dtype=bool)
    labels = np.zeros((b, n), dtype=np.int64)
    arcs = np.full((2, b, n), IGNORE, dtype=np.int64)
    names = np.full((b, n), IGNORE, dtype=np.int64)
    worth = np.full((b, n), IGNORE, dtype=np.int64)
    sentences = np.zeros((b, n), dtype=np.int64)
    for i, (d, low, high) in enumerate(windows):
        doc, e = documents[d], documents[d].encoded
        starts = e.starts[low : high + 1] - e.starts[low]
        size, count = int(starts[-1]), high - low
        pieces[i, 0], pieces[i, 1 : size + 1], pieces[i, size + 1] = (
            CLS,
            e.pieces[e.starts[low] : e.starts[high]],
            SEP,
        )
        mask[i, : size + 2] = 1
        features[i, 1 : size + 1] = np.repeat(e.features[low:high] + 1, np.diff(starts), axis=0)
        first[i, :count] = starts[:-1] + 1
        rows[i, :count] = True
        labels[i, :count] = doc.labels[low:high]
        names[i, :count] = doc.names[low:high]
        worth[i, :count] = doc.worth[low:high]
        sentences[i, :count] = doc.sentences[low:high] + i * 1000
        for k, gold in enumerate((doc.cues[low:high], doc.sources[low:high])):
            target = np.where(gold == NONE, n, np.where((gold >= low) & (gold < high), gold - low, IGNORE))
            arcs[k, i, :count] = np.where(gold == UNKNOWN, IGNORE, target)
    tensors = (pieces, features, mask, first, rows, labels, arcs[0], arcs[1], names, worth, sentences)
    return Batch(*(torch.from_numpy(x) for x in tensors), origin=tuple(windows))


Window = tuple[int, int, int]
"""Number of a document, its first row, the row after its last."""


def plan(
    documents: list[Labelled],
    *,
    rng: random.Random,
    limit: int = 254,
    budget: int = 4096,
    fixed: bool = False,
) -> list[list[Window]]:
    """The windows of one pass in batches, in random order; unless `fixed`, their borders differ each time."""
    windows: list[Window] = []
    for d, doc in enumerate(documents):
        first = (random.Random(doc.id) if fixed else rng).randint(limit // 3, limit)
        windows += [(d, low, high) for low, high in plan_windows(doc.encoded, limit, first=first)]
    rng.shuffle(windows)

    def size(w: Window) -> int:
        return int(documents[w[0]].encoded.starts[w[2]] - documents[w[0]].encoded.starts[w[1]]) + 2

    batches: list[list[Window]] = []
    for k in range(0, len(windows), 800):
        batch: list[Window] = []
        for window in sorted(windows[k : k + 800], key=size):
            if batch and (len(batch) + 1) * size(window) > budget:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    rng.shuffle(batches)
    return batches
