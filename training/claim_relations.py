"""How well contradictions can be learned from labelled pairs of claims (`corpus/relations.jsonl`).

    python -m training.claim_relations corpus/gold/train.jsonl corpus/disputes \\
        --labels corpus/relations.jsonl

Needs scikit-learn. Each label is the judgement of a reader who had the article before them: `C` contradicts,
`N` another number, `R` repeats, `0` nothing, `?` arguable (left out); `C` alone is learned. Precision is read
from five folds by article: at which chance, how many of the found pairs are right.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.claims.gist import gists_of
from onrecord.pipeline.claims.records import get_claims
from training.claim_pairs import FEATURES, article_of, likely_pairs, measure_pair
from training.data import read_documents

TREES, DEPTH, RATE, SHARE = 80, 3, 0.06, 0.6
"""Of the boosted trees. On the first 174 articles a logistic regression over the same values found 8 right of
9 where these found 17 of 21, and likeness of sentence vectors (all-MiniLM-L6-v2) added nothing to either."""
SEEDS = 5
"""Models whose trees are put together: one drawing's luck weighs less."""
OVERLAP = 0.6
"""Share of common characters (intersection over union) from which a claim is the labelled one."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with its features and the reader's word."""

    article: str
    features: tuple[float, ...]
    label: str
    words: tuple[str, str]


def iou(a: Sequence[int], b: Sequence[int]) -> float:
    """Intersection over union of two character ranges."""
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / max(1, a[1] - a[0] + b[1] - b[0] - both)


def _overlap(spans: Sequence[Sequence[int]], span: Sequence[int], k: int) -> float:
    return iou(spans[k], span)


def pairs_of(documents: Mapping[str, str], labels: Sequence[Mapping[str, Any]]) -> Iterator[Labelled]:
    """The labelled pairs that the pipeline's claims still hold, with their features."""
    nlp = load_pipeline().nlp
    rows = [row for row in labels if row["id"] in documents]
    texts = (documents[row["id"]] for row in rows)
    for row, doc in zip(rows, nlp.pipe(texts, batch_size=16), strict=True):
        claims = get_claims(doc)
        article = article_of(doc, gists_of(doc, claims))
        spans = [(g.claim.start, g.claim.end) for g in article.gists]
        possible = set(likely_pairs(article))
        for pair in row["pairs"]:
            found = [
                max(range(len(spans)), key=lambda k: iou(spans[k], pair[e])) for e in ("first", "second")
            ]
            i, j = sorted(found)
            near = all(
                iou(spans[k], pair[e]) >= OVERLAP for k, e in zip(found, ("first", "second"), strict=True)
            )
            if near and (i, j) in possible:
                words = article.gists[i].claim.text, article.gists[j].claim.text
                yield Labelled(row["id"], tuple(measure_pair(article, i, j)), pair["label"], words)


def fit(x: NDArray[np.float64], y: NDArray[np.bool_]) -> list[GradientBoostingClassifier]:
    """Boosted trees from several seeds."""
    return [
        GradientBoostingClassifier(
            n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, subsample=SHARE, random_state=seed
        ).fit(x, y)
        for seed in range(SEEDS)
    ]


def log_odds(models: Sequence[GradientBoostingClassifier], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean log-odds of the models."""
    return np.asarray(np.mean([m.decision_function(x) for m in models], 0))


def by_fold(x: NDArray[np.float64], y: NDArray[np.bool_], groups: Sequence[str]) -> NDArray[np.float64]:
    """Chance of each pair by models that have not seen its article."""
    out = np.zeros(len(y))
    for train, test in GroupKFold(5).split(x, y, groups):
        out[test] = 1 / (1 + np.exp(-log_odds(fit(x[train], y[train]), x[test])))
    return out


def articles_of(path: Path) -> Iterator[tuple[str, str]]:
    """Id and text of each article in a JSON Lines file, or in a folder of plain texts."""
    if path.is_dir():
        yield from ((f"{path.name}-{p.stem}", p.read_text("utf-8")) for p in sorted(path.glob("*.txt")))
    else:
        yield from ((d["id"], d["text"]) for d in read_documents(path))


def main() -> None:
    """Fit and print precision by cut."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+", help="JSON Lines files, folders of texts")
    parser.add_argument("--labels", type=Path, required=True)
    args = parser.parse_args()
    documents = {name: text for path in args.articles for name, text in articles_of(path)}
    labels = [json.loads(line) for line in args.labels.read_text("utf-8").splitlines()]
    pairs = [p for p in pairs_of(documents, labels) if p.label != "?"]
    x, y = np.array([p.features for p in pairs]), np.array([p.label == "C" for p in pairs])
    chance = by_fold(x, y, [p.article for p in pairs])
    print(f"{y.sum()} of {len(y)} pairs contradict")
    for cut in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        print(f"  from {cut}: {(y & (chance >= cut)).sum()} right of {(chance >= cut).sum()}")
    models = fit(x, y)
    order = np.argsort(-np.mean([m.feature_importances_ for m in models], 0))[:12]
    print("  by importance:", ", ".join(FEATURES[k] for k in order))


if __name__ == "__main__":
    main()
