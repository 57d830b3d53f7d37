"""What the encoder's hidden states know of sentences: probes on sets that do not feed shipped weights.

    python -m training.probes WEIGHTS CORPORA

Needs scikit-learn. A logistic regression on the mean hidden state of a sentence, with the hashed
features of the claim head beside it: PoliClaim by five folds, SUBJ on its dev-test part, CheckThat!
2024 with the encoder's own head, the threshold chosen on dev.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from onrecord.pipeline.encoder import Encoder
from training.claim_heads import FILES, best_threshold, load_set, read_rows
from training.sentence_states import Matrix, sentence_states

STRENGTHS = (0.001, 0.003, 0.01, 0.03)
"""Inverse L2 penalties tried on the training part by five folds."""
SHARE = 0.3
"""Weight of the hashed features beside the standardised hidden states."""


def joined(states: Matrix, hashed: sp.csr_matrix, scaler: StandardScaler) -> sp.csr_matrix:
    """Hidden states and hashed features side by side."""
    return sp.hstack([sp.csr_matrix(scaler.transform(states)), SHARE * hashed]).tocsr()


def chosen(x: sp.csr_matrix, y: NDArray[np.int64], *, balanced: bool) -> LogisticRegression:
    """The model with the best strength by five folds."""
    folds = StratifiedKFold(5, shuffle=True, random_state=0)

    def model(strength: float) -> LogisticRegression:
        weight = "balanced" if balanced else None
        return LogisticRegression(C=strength, max_iter=400, class_weight=weight)

    best = max(
        STRENGTHS, key=lambda c: f1_score(y, cross_val_predict(model(c), x, y, cv=folds), average="macro")
    )
    return model(best)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("corpora", type=Path)
    args = parser.parse_args()
    encoder = Encoder(args.weights, hidden=True, threads=2)
    folder = args.corpora / "claims"

    def states(name: str) -> tuple[Matrix, Matrix]:
        return sentence_states(encoder, [str(r["text"]) for r in read_rows(folder / FILES[name])])

    def labels(name: str) -> NDArray[np.int64]:
        return np.asarray([int(bool(r["label"])) for r in read_rows(folder / FILES[name])])

    worth = {name: states(name)[1] for name in ("ct24-dev", "ct24-devtest")}
    threshold = best_threshold(labels("ct24-dev"), worth["ct24-dev"].astype(np.float64))
    for name, scores in worth.items():
        f1 = f1_score(labels(name), scores > threshold)
        ap = average_precision_score(labels(name), scores)
        print(f"{name}: F1 {f1:.3f} at {threshold:.2f}, AP {ap:.3f}")

    x, y = states("policlaim")[0], labels("policlaim")
    hashed = load_set(folder / FILES["policlaim"])[0]
    both = joined(x, hashed, StandardScaler().fit(x))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    found = cross_val_predict(chosen(both, y, balanced=False), both, y, cv=folds)
    print(f"policlaim: accuracy {accuracy_score(y, found):.3f}")

    x, y = states("subj-train")[0], labels("subj-train")
    scaler = StandardScaler().fit(x)
    both = joined(x, load_set(folder / FILES["subj-train"])[0], scaler)
    model = chosen(both, y, balanced=True).fit(both, y)
    for name in ("subj-dev", "subj-devtest"):
        test = joined(states(name)[0], load_set(folder / FILES[name])[0], scaler)
        print(f"{name}: macro-F1 {f1_score(labels(name), model.predict(test), average='macro'):.3f}")


if __name__ == "__main__":
    main()
