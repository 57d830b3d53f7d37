"""Fit the linkers: which cue a content belongs to, and which source a cue."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from onrecord.pipeline.encoder import decoding as learned
from onrecord.pipeline.encoder.component import LINKER_PARTS
from onrecord.pipeline.encoder.linking import FEATURES, Linker, layout_of, pair_features
from training.data import NONE, UNKNOWN, Labelled, load
from training.evaluate import Outputs, heads_of, load_model, run_model
from training.train import held_back

Example = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Features (a, b, f), score of none (a,), target (a,): number of b, b for none, -100 to ignore."""


def majority(values: np.ndarray) -> int:
    """The most frequent value."""
    found, counts = np.unique(values, return_counts=True)
    return int(found[counts.argmax()])


def source_ids(doc: Labelled) -> np.ndarray:
    """For each row the first row of the gold source it stands in, or `NONE`."""
    ids = np.full(len(doc.labels), NONE)
    for role, start, end in learned.spans_of(doc.labels.astype(np.int64)):
        if role == learned.SOURCE:
            ids[start:end] = start
    return ids


def examples(
    doc: Labelled, outputs: Outputs, heads: learned.Heads, settings: learned.Settings
) -> tuple[Example | None, Example | None]:
    """What one document teaches the two linkers, on the spans that the decoder finds in it."""
    layout = layout_of(doc.encoded.features[:, 1], doc.encoded.cuts)
    spans = learned.find_spans(outputs[0], layout, heads, settings)
    arcs = learned.Arcs(outputs[1], heads)
    is_cue = (doc.labels > 4) & (doc.labels <= 8)
    cue_gold = [majority(np.where(is_cue[s:e], doc.cues[s:e], UNKNOWN)) for s, e in spans.cues]
    first, second = None, None
    content_gold = [majority(doc.cues[s:e]) for s, e in spans.contents]
    target = np.asarray([_place(g, cue_gold, len(spans.cues)) for g in content_gold])
    pairs = learned.cue_pairs(spans, arcs)
    if len(pairs.a) and len(pairs.b):
        first = pair_features(pairs, layout), pairs.none, target
    by_row = source_ids(doc)
    source_gold = [majority(by_row[s:e]) for s, e in spans.sources]
    wanted = [
        int(doc.sources[s]) if g >= 0 else UNKNOWN for (s, _), g in zip(spans.cues, cue_gold, strict=True)
    ]
    wanted = [
        majority(doc.sources[s:e]) if w != UNKNOWN else w
        for (s, e), w in zip(spans.cues, wanted, strict=True)
    ]
    cue_of = np.where((target >= 0) & (target < len(spans.cues)), target, -1)
    pairs = learned.source_pairs(spans, cue_of, arcs)
    if len(pairs.a) and len(pairs.b):
        target = np.asarray([_place(w, source_gold, len(spans.sources)) for w in wanted])
        second = pair_features(pairs, layout), pairs.none, target
    return first, second


def _place(gold: int, candidates: Sequence[int], none: int) -> int:
    if gold == UNKNOWN:
        return -100
    return candidates.index(gold) if gold != NONE and gold in candidates else none


class Net(nn.Module):
    """The linker while it is trained."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.inner = nn.Linear(FEATURES, hidden)
        self.outer = nn.Linear(hidden, 1, bias=False)
        self.none = nn.Parameter(torch.tensor([0.3, 0.0]))

    def forward(self, x: torch.Tensor, none: torch.Tensor) -> torch.Tensor:
        """Scores (a, b + 1)."""
        scores = self.outer(self.inner(x).relu())[..., 0]
        return torch.cat([scores, (none * self.none[0] + self.none[1])[:, None]], 1)

    def linker(self) -> Linker:
        """The weights for the run time."""
        w = [
            p.detach().numpy().copy()
            for p in (self.inner.weight.T, self.inner.bias, self.outer.weight[0], self.none)
        ]
        return Linker(*w)


def fit(data: Sequence[Example], *, hidden: int = 48, epochs: int = 30, seed: int = 0) -> Linker:
    """Train one linker with Adam, eight documents a step."""
    torch.manual_seed(seed)
    net = Net(hidden)
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    tensors = [
        (torch.from_numpy(x), torch.from_numpy(n), torch.from_numpy(t)) for x, n, t in data if (t >= 0).any()
    ]
    order = np.random.default_rng(seed)
    steps = epochs * ((len(tensors) + 7) // 8)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
    for _ in range(epochs):
        shuffled = order.permutation(len(tensors))
        for k in range(0, len(tensors), 8):
            parts = [tensors[i] for i in shuffled[k : k + 8]]
            loss = torch.stack([F.cross_entropy(net(x, n), t, reduction="sum") for x, n, t in parts]).sum()
            loss = loss / sum(int((t >= 0).sum()) for _, _, t in parts)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net.linker()


def accuracy(linker: Linker, data: Sequence[Example]) -> float:
    """Share of dependents whose head is right."""
    hits = total = 0
    for x, n, t in data:
        p, none = linker(x, n)
        best = np.concatenate([p, none[:, None]], 1).argmax(1)
        hits += int((best == t)[t >= 0].sum())
        total += int((t >= 0).sum())
    return hits / max(1, total)


def save_linkers(linkers: tuple[Linker, Linker], path: Path) -> None:
    """Write both linkers to one `.npz`."""
    np.savez(
        path, **{f"{k}.{n}": getattr(linker, n) for k, linker in enumerate(linkers) for n in LINKER_PARTS}
    )


def main() -> None:
    """Fit both linkers on training documents, judged on those held back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "data", type=Path, nargs="+", help="the first is the one articles were held back from"
    )
    parser.add_argument("--settings", type=json.loads, default={}, help="JSON over learned.Settings")
    parser.add_argument("--documents", type=int, default=250)
    parser.add_argument("--hold", type=int, default=40)
    parser.add_argument("--bf16", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(2)
    model = load_model(args.checkpoint)
    heads = heads_of(model)
    settings = learned.Settings(**args.settings)
    seen, held = held_back(load(args.data[0]), args.hold)
    seen = seen[:: max(1, len(seen) // args.documents)]
    for more in args.data[1:]:
        seen += load(more)
    sets: list[list[tuple[Example | None, Example | None]]] = []
    for documents in (seen, held):
        outputs = run_model(model, documents, bf16=args.bf16)
        sets.append([examples(d, o, heads, settings) for d, o in zip(documents, outputs, strict=True)])
    linkers = []
    for k, name in enumerate(("content to cue", "cue to source")):
        train, test = ([e[k] for e in s if e[k] is not None] for s in sets)
        linker = fit(train)  # type: ignore[arg-type]
        print(name, "train", round(accuracy(linker, train), 4), "held back", round(accuracy(linker, test), 4))  # type: ignore[arg-type]
        linkers.append(linker)
    save_linkers((linkers[0], linkers[1]), args.out)


if __name__ == "__main__":
    main()
