r"""Teach the heads that read statements in the encoder's states, and their join with the rules.

    python -m training.claim_readings CORPUS --to src/onrecord/weights/claims-x.y.z

`CORPUS` is this repository's `corpus`: `claims.jsonl` holds the labels, `gold/` the texts; nothing else
feeds these weights. Needs scikit-learn. The heads learn from the training articles; the join is fitted on
what heads taught on the other articles say of each (five folds), so that it knows how far they can be
trusted. Figures are those of the dev articles.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.claims.component import Claims
from onrecord.pipeline.claims.readings import FILE, HEADS, MODALITIES, PLAIN, SETTLED, Readings, joined
from onrecord.pipeline.claims.worthiness import assess
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.weights import find_weights
from onrecord.schema import Modality

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

STRENGTH = 0.02
"""Inverse L2 penalty of a head on states of unit variance: the best area under the curve of .001 to 1."""
JOIN_STRENGTH = 1.0
"""The same of the join: macro-F1 of modality on corpus/dev .634 at .3, .666 at 1, with half of the labels
(script not kept)."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A statement with its labels.

    Attributes:
        article: its article's id.
        state: the mean state of its tokens.
        ruled: the modality that the rules give it.
        by_traits: how far it can be checked by its traits, in [0, 1].
    """

    article: str
    state: NDArray[np.float32]
    ruled: Modality
    by_traits: float
    verifiable: int
    subjective: int
    factuality: int
    modality: Modality

    def targets(self) -> tuple[int, ...]:
        """What each of `HEADS` is to say."""
        return (
            self.verifiable,
            self.subjective,
            int(self.modality == "prediction"),
            int(abs(self.factuality) <= 1),
            int(self.factuality < 0),
        )


def read_samples(corpus: Path, split: str) -> list[Sample]:
    """The labelled statements of a split; those that the pipeline no longer finds are left out."""
    labels = {
        row["id"]: row["claims"]
        for row in map(json.loads, (corpus / "claims.jsonl").read_text("utf-8").splitlines())
    }
    lines = (corpus / "gold" / f"{split}.jsonl").read_text("utf-8").splitlines()
    documents = [d for d in map(json.loads, lines) if d["id"] in labels]
    nlp = load_pipeline().nlp
    encoder: Any = nlp.get_pipe("onrecord_encoder")
    encoder.hidden = True
    nlp.remove_pipe("onrecord_claims")
    docs = nlp.pipe(d["text"] for d in documents)
    return [
        s for d, doc in zip(documents, docs, strict=True) for s in _samples(d["id"], doc, labels[d["id"]])
    ]


def _samples(article: str, doc: Any, labels: Sequence[Sequence[Any]]) -> Iterator[Sample]:
    outputs = doc.user_data[OUTPUTS]
    states = np.full((len(doc), outputs["hidden"].shape[1]), np.nan, dtype=np.float32)
    states[outputs["rows"]] = outputs["hidden"]
    known = {(start, end): rest for start, end, *rest in labels}
    for seen in Claims().observe(doc):
        first, last = doc[seen.candidate.start], doc[seen.candidate.end - 1]
        label = known.get((first.idx, last.idx + len(last)))
        read = states[seen.candidate.start : seen.candidate.end]
        read = read[~np.isnan(read[:, 0])]
        if label is not None and len(read):
            verifiable, subjective, _, factuality, modality = label
            yield Sample(
                article,
                read.mean(axis=0),
                seen.firmness.modality,
                assess(seen.traits).verifiable,
                verifiable,
                subjective,
                factuality,
                modality,
            )


def kind(modality: Modality | Literal["plain"]) -> int:
    """Index of a modality in `MODALITIES`."""
    return MODALITIES.index(modality if modality in MODALITIES else PLAIN)


def teach(samples: Sequence[Sample]) -> Readings:
    """Heads and joins from labelled statements."""
    states = np.stack([s.state for s in samples])
    mean, spread = states.mean(axis=0), states.std(axis=0) + 1e-6
    even = (states - mean) / spread
    targets = np.array([s.targets() for s in samples])
    groups = np.array([s.article for s in samples])
    unseen = np.zeros(targets.shape)
    columns, bias = [], []
    for k in range(len(HEADS)):
        for others, fold in GroupKFold(FOLDS).split(even, targets[:, k], groups):
            unseen[fold, k] = _head(even[others], targets[others, k]).decision_function(even[fold])
        head = _head(even, targets[:, k])
        columns.append(head.coef_[0] / spread)
        bias.append(head.intercept_[0] - mean @ columns[-1])
    rows = np.stack([joined(u.astype(np.float32), s.ruled) for u, s in zip(unseen, samples, strict=True)])
    wanted = np.array([kind(s.modality) for s in samples])
    open_ = np.array([s.ruled not in SETTLED and s.modality != "denied" for s in samples])
    modality = LogisticRegression(C=JOIN_STRENGTH, max_iter=2000).fit(rows[open_, :-1], wanted[open_])
    checkable = LogisticRegression(C=JOIN_STRENGTH, max_iter=2000).fit(
        rows[:, :-1], [s.verifiable for s in samples]
    )
    return Readings(
        np.stack(columns, axis=1).astype(np.float16).astype(np.float32),
        np.array(bias, dtype=np.float32),
        np.vstack([modality.coef_.T, modality.intercept_]).astype(np.float32),
        np.append(checkable.coef_[0], checkable.intercept_[0]).astype(np.float32),
    )


def _head(states: NDArray[np.float32], labels: Labels) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(states, labels)


def scores(readings: Readings, samples: Sequence[Sample]) -> dict[str, float]:
    """Each head's area under the curve; modality and checkability, before and with them."""
    stances = [readings.project(s.state[None])[0] for s in samples]
    targets = np.array([s.targets() for s in samples])
    report = {
        f"{head} AUC": float(roc_auc_score(targets[:, k], [s[k] for s in stances]))
        for k, head in enumerate(HEADS)
    }
    gold, ruled = [kind(s.modality) for s in samples], [kind(s.ruled) for s in samples]
    read = [kind(readings.decide(stance, s.ruled)) for s, stance in zip(samples, stances, strict=True)]
    for what, given in (("rules", ruled), ("with readings", read)):
        report[f"modality macro-F1, {what}"] = float(f1_score(gold, given, average="macro"))
        report[f"modality accuracy, {what}"] = float(accuracy_score(gold, given))
    chances = [readings.checkable(stance, s.ruled) for s, stance in zip(samples, stances, strict=True)]
    for what, given_chances in (("traits", [s.by_traits for s in samples]), ("with readings", chances)):
        known = targets[:, 0]
        report[f"verifiable AUC, {what}"] = float(roc_auc_score(known, given_chances))
        report[f"verifiable accuracy, {what}"] = float(accuracy_score(known, np.array(given_chances) > 0.5))
        report[f"verifiable calibration error, {what}"] = calibration_error(known, np.array(given_chances))
    return {name: round(value, 3) for name, value in report.items()}


def calibration_error(known: Labels, chances: Floats) -> float:
    """Expected calibration error in ten bins of equal width (Naeini et al. 2015)."""
    bins = np.minimum((chances * 10).astype(int), 9)
    return float(sum(abs(known[bins == b].sum() - chances[bins == b].sum()) for b in set(bins)) / len(known))


def save(
    folder: Path, readings: Readings, *, corpus: Path, counts: tuple[int, int], report: Mapping[str, float]
) -> None:
    """Write the arrays into the claims' weights and note them in their meta.json.

    Args:
        folder: of the claims' weights.
        readings: what was taught.
        corpus: as for `read_samples`.
        counts: statements to learn from and held out.
        report: from `scores`.
    """
    np.savez_compressed(
        folder / FILE,
        allow_pickle=False,
        heads=readings.heads.astype(np.float16),
        bias=readings.bias,
        modality=readings.modality,
        verifiable=readings.verifiable,
    )
    encoder = find_weights("attribution")
    assert encoder is not None
    path = folder / "meta.json"
    meta = json.loads(path.read_text("utf-8"))
    labels = hashlib.sha256((corpus / "claims.jsonl").read_bytes()).hexdigest()
    meta["files"] = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.glob("*.npz"))}
    meta["encoder"] = json.loads((encoder / "meta.json").read_text("utf-8"))["files"]["model.int8.onnx"]
    meta["version"] = folder.name.rpartition("-")[2]
    own = {"name": "onrecord corpus, labelled claims", "licence": "CC BY 4.0", "sha256": labels}
    meta["data"] = [*(d for d in meta["data"] if d["name"] != own["name"]), own]
    meta["readings"] = {
        "C": STRENGTH,
        "C of the join": JOIN_STRENGTH,
        "folds": FOLDS,
        "statements": counts[0],
        "statements of corpus/dev": counts[1],
        "scores on corpus/dev": dict(report),
    }
    path.write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


def main(argv: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--to", type=Path, help="folder of claims' weights; none is written without it")
    options = parser.parse_args(argv)
    samples = read_samples(options.corpus, "train")
    readings = teach(samples)
    held_out = read_samples(options.corpus, "dev")
    report = scores(readings, held_out)
    print(json.dumps(report, indent=1))
    if options.to:
        counts = len(samples), len(held_out)
        save(options.to, readings, corpus=options.corpus, counts=counts, report=report)


if __name__ == "__main__":
    main()
