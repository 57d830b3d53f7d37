"""Confidence of attributions: a logistic model fitted on articles that training never saw."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.pipeline.encoder import decoding as learned
from training.data import Labelled, attributions_of, load, read_documents
from training.evaluate import decode_one, heads_of, load_model, load_scorer, report, run_model, with_links
from training.train import held_back


def outcomes(scorer: Any, gold: dict[str, Any], doc: Labelled, found: Sequence[learned.Found]) -> np.ndarray:
    """Whether each attribution is right: its content matches as the scorer counts it, and its source."""
    text = gold["text"]
    wanted = [
        {k: scorer.chars(scorer.spans(a.get(k), text)) for k in ("source", "content")}
        for a in gold["attributions"]
    ]
    pairs = []
    mine = []
    for j, quote in enumerate(report(doc, found)["quotes"]):
        chars = {k: scorer.chars(scorer.spans(quote[k], text)) for k in ("source", "content")}
        mine.append(chars)
        for i, g in enumerate(wanted):
            common = len(chars["content"] & g["content"])
            if common and common / len(chars["content"] | g["content"]) >= 0.5:
                pairs.append((common / len(chars["content"] | g["content"]), i, j))
    right = np.zeros(len(found))
    used: set[int] = set()
    taken: set[int] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            a, b = wanted[i]["source"], mine[j]["source"]
            right[j] = bool(a & b) or not (a or b)
    return right


def fit(x: np.ndarray, y: np.ndarray, *, ridge: float = 1.0, steps: int = 50) -> tuple[float, ...]:
    """Logistic regression by Newton's method; the intercept is last and goes unpunished."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-6
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        move = np.linalg.solve(hessian, gradient)
        w -= move
        if np.abs(move).max() < 1e-8:
            break
    return tuple(round(float(v), 5) for v in w)


def expected_error(p: np.ndarray, y: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    parts = [np.flatnonzero(place == k) for k in range(bins)]
    return float(sum(len(k) * abs(p[k].mean() - y[k].mean()) for k in parts if len(k)) / len(p))


def isotonic(p: np.ndarray, y: np.ndarray, *, bins: int = 12) -> tuple[list[float], list[float]]:
    """Rising knots from confidence to share of right ones, over equally filled bins, by pooling."""
    pools: list[list[float]] = []
    for k in np.array_split(np.argsort(p), bins):
        pools.append([float(p[k].mean()), float((y[k].sum() + 0.7) / (len(k) + 1)), len(k)])
        while len(pools) > 1 and pools[-2][1] > pools[-1][1]:
            (xa, ya, na), (xb, yb, nb) = pools[-2], pools[-1]
            pools[-2:] = [[(xa * na + xb * nb) / (na + nb), (ya * na + yb * nb) / (na + nb), na + nb]]
    # The ends lead on to 0 and nearly 1, so that the surest and the least sure keep their order.
    xs = [0.0, *(round(x, 4) for x, _, _ in pools), 1.0]
    return xs, [0.0, *(round(v, 4) for _, v, _ in pools), max(0.97, pools[-1][1])]


def gather(
    scorer: Any,
    gold: Sequence[dict[str, Any]],
    documents: Sequence[Labelled],
    found: Sequence[Sequence[learned.Found]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Evidence, outcomes and confidences of all attributions found."""
    by_id = {g["id"]: {**g, "attributions": attributions_of(g)} for g in gold}
    y = [outcomes(scorer, by_id[doc.id], doc, f) for doc, f in zip(documents, found, strict=True)]
    x = [a.evidence for f in found for a in f]
    p = [a.confidence for f in found for a in f]
    return np.asarray(x), np.concatenate(y), np.asarray(p)


def describe(p: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """How well confidences keep what they promise."""
    high = p >= 0.9
    return {
        "ece": round(expected_error(p, y), 4),
        "precision_at_0.9": round(float(y[high].mean()), 4) if high.any() else 0.0,
        "share_at_0.9": round(float(high.mean()), 4),
    }


def main() -> None:
    """Fit the confidence on the articles held back from training; print it as JSON for meta.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("linkers", type=Path)
    parser.add_argument("data", type=Path, help=".npz that training held articles back from")
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--hold", type=int, default=40)
    parser.add_argument("--settings", type=json.loads, default={}, help="JSON over learned.Settings")
    parser.add_argument("--dev", type=Path, nargs=2, help=".npz and gold to judge the calibration on")
    parser.add_argument("--bf16", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(2)
    scorer = load_scorer(args.scorer)
    model = load_model(args.checkpoint)
    heads = with_links(heads_of(model), args.linkers)
    # The threshold speaks of the confidence that is fitted here, so it must not choose what to fit on.
    settings = learned.Settings(**{**args.settings, "threshold": 0.0})

    def run(documents: Sequence[Labelled], gold: Path) -> tuple[np.ndarray, np.ndarray]:
        outputs = run_model(model, documents, bf16=args.bf16)
        found = [decode_one(d, o, heads, settings) for d, o in zip(documents, outputs, strict=True)]
        x, y, _ = gather(scorer, list(read_documents(gold)), documents, found)
        return x, y

    x, y = run(held_back(load(args.data), args.hold)[1], args.gold)
    weights = fit(x, y)
    knots = isotonic(predict(weights, x), y)
    result: dict[str, Any] = {"confidence": weights, "knots": knots, "settings": args.settings}
    result["calibration"] = {"held back": describe(np.interp(predict(weights, x), *knots), y)}
    if args.dev:
        x, y = run(load(args.dev[0]), args.dev[1])
        result["calibration"]["dev"] = describe(np.interp(predict(weights, x), *knots), y)
    print(json.dumps(result, indent=1))


def predict(weights: Sequence[float], x: np.ndarray) -> np.ndarray:
    """Confidences from evidence."""
    w = np.asarray(weights)
    return np.asarray(1 / (1 + np.exp(-(x @ w[:-1] + w[-1]))))


if __name__ == "__main__":
    main()
