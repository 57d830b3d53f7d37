"""Score the encoder's further heads: names against labelled ones, sentences worth checking."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from onrecord.pipeline.encoder.names import decode_names
from onrecord.pipeline.name_labels import KIND_OF_LABEL
from training.agree import tagged_names
from training.data import IGNORE, Labelled, load
from training.evaluate import Outputs, load_model, run_model

Score = dict[str, float]


def score_names(documents: Sequence[Labelled], outputs: Sequence[Outputs]) -> dict[str, Score]:
    """Exact precision, recall and F1 in percent by contract type; what is unknown does not count."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for doc, output in zip(documents, outputs, strict=True):
        gold = tagged_names(doc)
        mine = {
            (s, e, KIND_OF_LABEL.get(label, label))
            for s, e, label, _ in decode_names(output[2], doc.encoded.cuts)
            if not (doc.names[s:e] == IGNORE).any()
        }
        for counter, names in ((right, gold & mine), (found, mine), (wanted, gold)):
            counter.update(kind for _, _, kind in names)
            counter["all"] += len(names)
            counter["PERSON, ORG, PLACE"] += sum(k in ("PERSON", "ORG", "PLACE") for _, _, k in names)
    return {k: _score(right[k], found[k], wanted[k]) for k in sorted(wanted, key=lambda k: -wanted[k])}


def _score(right: int, found: int, wanted: int) -> Score:
    p, r = 100 * right / max(1, found), 100 * right / max(1, wanted)
    return {"p": round(p, 1), "r": round(r, 1), "f": round(2 * p * r / max(1e-9, p + r), 1), "n": wanted}


def sentence_scores(
    documents: Sequence[Labelled], outputs: Sequence[Outputs]
) -> tuple[np.ndarray, np.ndarray]:
    """Score and label of each labelled sentence."""
    scores, labels = [], []
    for doc, output in zip(documents, outputs, strict=True):
        for number in np.unique(doc.sentences[doc.worth != IGNORE]):
            rows = (doc.sentences == number) & (doc.worth != IGNORE)
            scores.append(float(output[3][rows, 0].mean()))
            labels.append(int(doc.worth[rows][0]))
    return np.asarray(scores), np.asarray(labels)


def f1_at(scores: np.ndarray, labels: np.ndarray, threshold: float) -> float:
    """F1 of the positive class."""
    chosen = scores >= threshold
    right = float((chosen & (labels == 1)).sum())
    return 2 * right / max(1.0, float(chosen.sum() + (labels == 1).sum()))


def best_threshold(scores: np.ndarray, labels: np.ndarray) -> float:
    """The score at which F1 is highest."""
    return float(max(np.unique(scores), key=lambda t: f1_at(scores, labels, float(t))))


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--names", type=Path, nargs="*", default=(), help=".npz with names")
    parser.add_argument(
        "--worth", type=Path, nargs="*", default=(), help=".npz of sentences; the first sets the threshold"
    )
    args = parser.parse_args()
    torch.set_num_threads(2)
    model = load_model(args.checkpoint)
    for path in args.names:
        documents = load(path)
        print(path.name)
        for kind, score in score_names(documents, run_model(model, documents, bf16=True)).items():
            print(f"  {kind:20} {score}")
    threshold = None
    for path in args.worth:
        documents = load(path)
        scores, labels = sentence_scores(documents, run_model(model, documents, bf16=True))
        threshold = best_threshold(scores, labels) if threshold is None else threshold
        f1 = f1_at(scores, labels, threshold)
        print(f"{path.name}: {len(labels)} sentences, F1 {f1:.3f} at {threshold:.2f}")


if __name__ == "__main__":
    main()
