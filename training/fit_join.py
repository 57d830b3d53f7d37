"""Fit the arbiter between rules and model, and the confidence of what they find together.

usage: python -m training.fit_join CORPORA [--out src/onrecord/lexicons/en/confidence.toml]

CORPORA holds `polnear/train.jsonl.gz`. Fitted on the 40 articles of it that no training of the model sees
(`training.train.held_back`) and on those of `corpus/gold/train.jsonl` that are later than the weights, never
on a dev set. The knots come from articles left out of the weights' fit, in ten folds, with the two sources
of articles weighing the same. Run it again whenever the weights of the attribution model or the rules change.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from evaluation.calibration import expected_calibration_error, precision_above
from evaluation.gold import CORPUS, held_back, read_lines
from evaluation.spans import Characters, characters, iou, trimmed
from onrecord.pipeline.annotations import Attribution, char_range
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.arbiter import Arbiter
from onrecord.pipeline.attribution.arbiter_features import Evidence
from onrecord.pipeline.attribution.component import AttributionFinder
from onrecord.pipeline.build import load_pipeline

LAST_TAUGHT = "0312"
"""Number of the last article of the corpus that the attribution layers and their teacher were taught on."""

FOLDS = 10
RIDGE = {"learned": 20.0, "rules": 3.0}
"""Of 1, 3, 10 and 30 and what lies between, the best likelihood on articles left out."""

BINS = 14
CAUTION = 1.0
"""Standard errors by which a bin's share is lowered, so that a small lucky bin promises nothing. With 1.64
the calibration error on articles left out rises from .026 to .043 and precision at .9 from 97.9 to 98.1."""

OUT = Path("src/onrecord/lexicons/en/confidence.toml")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate: which document it is from, its features, whether it is right."""

    document: int
    kind: str
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class _Pool:
    """Mean chance and share of right ones of some candidates, with the weight of each."""

    chance: float
    right: float
    weights: Floats

    def with_next(self, other: _Pool) -> _Pool:
        """Both as one."""
        a, b = self.weights.sum(), other.weights.sum()
        chance, right = (
            (x * a + y * b) / (a + b) for x, y in ((self.chance, other.chance), (self.right, other.right))
        )
        return _Pool(chance, right, np.concatenate((self.weights, other.weights)))

    def cautious(self) -> float:
        """The share, lowered by `CAUTION`; the number of candidates is the effective one (Kish 1965)."""
        n = float(self.weights.sum() ** 2 / (self.weights**2).sum())
        share = (self.right * n + 0.7) / (n + 1)
        return share - CAUTION * float((share * (1 - share) / n) ** 0.5)


def later_articles(documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the corpus's training part that the weights have not seen; their ids begin with a number."""
    return [d for d in documents if str(d["id"]).partition("-")[0] > LAST_TAUGHT]


def gold_contents(document: Mapping[str, Any]) -> list[Characters]:
    """The contents of the outermost attributions."""
    if "attributions" in document:
        contents = [a["content"] for a in document["attributions"]]
    else:
        quotes = (q for q in document["quotes"] if q.get("parent") is None)
        contents = [[(s["start"], s["end"]) for s in q["content"]] for q in quotes]
    return [characters(trimmed(document["text"], map(tuple, c))) for c in contents]


def is_right(doc: Doc, found: Attribution, gold: Iterable[Characters]) -> bool:
    """Whether the content matches one of the gold's."""
    mine = characters(trimmed(doc.text, [char_range(doc, c) for c in found.contents]))
    return any(iou(g, mine) >= 0.5 for g in gold)


def examples(doc: Doc, number: int, gold: Sequence[Characters]) -> list[Example]:
    """The candidates of one doc; those inside findings of the model left out, for the gold has none."""
    found = AttributionFinder().candidates(doc)
    learned = [a for a in found if rule_names.is_learned(a)]
    evidence = Evidence(doc, [a for a in found if not rule_names.is_learned(a)], learned)
    out = []
    for a in found:
        kind = "learned" if rule_names.is_learned(a) else "rules"
        if a.rule in rule_names.LAYOUT | rule_names.SPOKEN or (kind == "rules" and evidence.is_inside(a)):
            continue
        out.append(Example(number, kind, evidence(a), is_right(doc, a, gold)))
    return out


def fit(rows: Sequence[Example], ridge: float, *, steps: int = 40) -> dict[str, float]:
    """Logistic regression by Newton's method; the constant goes unpunished."""
    names = sorted({name for row in rows for name in row.features})
    x = np.asarray([[*(row.features.get(n, 0.0) for n in names), 1.0] for row in rows])
    y = np.asarray([row.right for row in rows], dtype=float)
    w = np.zeros(len(names) + 1)
    penalty = np.asarray([ridge] * len(names) + [1e-6])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        move = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), x.T @ (p - y) + penalty * w)
        w -= move
        if np.abs(move).max() < 1e-8:
            break
    return {name: round(float(v), 4) for name, v in zip([*names, "constant"], w, strict=True)}


def fit_arbiter(rows: Sequence[Example]) -> Arbiter:
    """Weights for both kinds, without knots."""
    learned, rules = (fit([r for r in rows if r.kind == k], RIDGE[k]) for k in ("learned", "rules"))
    return Arbiter(learned, rules)


def outcomes(
    docs: Sequence[Doc], gold: Sequence[Sequence[Characters]], judge: Arbiter
) -> list[tuple[float, bool]]:
    """Confidence and whether right of what is kept, outermost only."""
    finder = AttributionFinder(judge=judge)
    return [
        (a.confidence, is_right(doc, a, wanted))
        for doc, wanted in zip(docs, gold, strict=True)
        for a in finder.predict(doc)
        if a.parent is None and a.rule not in rule_names.LAYOUT | rule_names.SPOKEN
    ]


def knots(scored: Sequence[tuple[float, bool]], weights: Sequence[float]) -> tuple[list[float], list[float]]:
    """From chance to share of right ones: equally filled bins, neighbours pooled until they rise.

    Args:
        scored: chance and whether right.
        weights: what each counts.
    """
    order = np.argsort([s for s, _ in scored])
    p, y = (np.asarray([s[k] for s in scored], dtype=float)[order] for k in (0, 1))
    w = np.asarray(weights, dtype=float)[order]
    shares = (np.cumsum(w) - w / 2) / w.sum()
    pools: list[_Pool] = []
    for k in np.split(np.arange(len(p)), np.searchsorted(shares, np.arange(1, BINS) / BINS)):
        pools.append(_Pool(np.average(p[k], weights=w[k]), np.average(y[k], weights=w[k]), w[k]))
        while len(pools) > 1 and pools[-2].right >= pools[-1].right:
            pools[-2:] = [pools[-2].with_next(pools[-1])]
    rising = np.maximum.accumulate([pool.cautious() for pool in pools])
    return [round(float(pool.chance), 4) for pool in pools], [round(float(v), 4) for v in rising]


def to_toml(judge: Arbiter, provenance: str) -> str:
    """The lexicon file."""
    lines = [
        "# How likely a proposed attribution is right: weights by feature, then knots of rising lines.",
        "",
    ]
    lines += ["[provenance]", f'built_from = "{provenance}"']
    for name, weights in (("learned", judge.learned), ("rules", judge.rules)):
        lines += ["", f"[{name}]", *(f"{k} = {v:g}" for k, v in sorted(weights.items()))]
    xs, ys = judge.knots
    lines += ["", "[knots]", f"score = {list(xs)}", f"right = {list(ys)}"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Fit, report how it does on articles left out, and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    held = held_back(read_lines(args.corpora / "polnear" / "train.jsonl.gz"))
    later = later_articles(read_lines(CORPUS / "train.jsonl"))
    documents = [*held, *later]
    loaded = load_pipeline()
    names = loaded.nlp.pipe_names
    with loaded.nlp.select_pipes(disable=names[names.index("onrecord_names") :]):
        docs = list(loaded.nlp.pipe((d["text"] for d in documents), batch_size=16))
    gold = [gold_contents(d) for d in documents]
    judge, report = fitted(docs, gold, [0] * len(held) + [1] * len(later))
    weights = loaded.weights.get("attribution", "none")
    provenance = (
        f"training/fit_join.py, attribution weights {weights}: {len(held)} articles of PolNeAR v1.0.0 train "
        f"that the model never saw and {len(later)} of corpus/gold/train that are later than it; content IoU "
        f">= .5. Left out, {FOLDS} folds: {report}."
    )
    args.out.write_text(to_toml(judge, provenance), encoding="utf-8")
    print(report)
    return 0


def fitted(
    docs: Sequence[Doc], gold: Sequence[Sequence[Characters]], origins: Sequence[int]
) -> tuple[Arbiter, str]:
    """The arbiter with its knots, and how well it keeps its promises on articles left out.

    Args:
        docs: the articles, with all that attribution needs.
        gold: the contents of each.
        origins: a number for where each comes from; all places weigh the same for the knots.
    """
    rows = [row for i, (doc, g) in enumerate(zip(docs, gold, strict=True)) for row in examples(doc, i, g)]
    scored: list[tuple[float, bool]] = []
    places: list[int] = []
    for fold in range(FOLDS):
        judge = fit_arbiter([r for r in rows if r.document % FOLDS != fold])
        for i in range(fold, len(docs), FOLDS):
            found = outcomes(docs[i : i + 1], gold[i : i + 1], judge)
            scored += found
            places += [origins[i]] * len(found)
    whole = fit_arbiter(rows)
    weights = (1 / np.bincount(places))[places].tolist()
    judge = Arbiter(whole.learned, whole.rules, knots(scored, weights))
    mapped = [(float(np.interp(p, *judge.knots)), right) for p, right in scored]
    error, (precision, count) = expected_calibration_error(mapped), precision_above(mapped, 0.9)
    return judge, f"calibration error {error}, precision at .9 {precision} of {count}"


if __name__ == "__main__":
    raise SystemExit(main())
