"""Fit the weights of check-worthiness and say how they carry over to an article not seen.

`python -m evaluation.worthiness --corpora FOLDER` prints the weights for
`onrecord.pipeline.claims.worthiness`, the average precision on gold-news/dev with each article ranked by
weights fitted on the others, and with the weights fitted on all.

The model is a logistic regression on the traits of a claim with a Gaussian prior (maximum a
posteriori, Newton's method). The prior is what was known before any article was read: a trait that
desks name as a reason to check counts for `STEP`, one that they name against it as much less, and what
cannot be checked by definition (a question, a view, what nobody said) far less.

Beside them stand the weights that this repository's labelled claims give (`corpus/claims.jsonl`),
with the same prior, and how well these rank gold-news, which they have not seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from evaluation.claims import average_precision
from evaluation.gold import published_sets
from evaluation.spans import characters, match, trim
from onrecord.pipeline.build import load_pipeline
from onrecord.pipeline.claims.component import Claims, Observed
from onrecord.pipeline.claims.worthiness import WEIGHTS

Floats = NDArray[np.float64]

CORPUS = Path(__file__).resolve().parents[1] / "corpus"

STEP = 0.5
"""Prior log-odds of a trait: odds change by two thirds."""
AGAINST = frozenset({"personal experience", "routine", "scene-setting", "no event", "short"})
"""Traits that desks name as reasons to leave a statement."""
UNCHECKABLE = {"question": -2.5, "opinion": -2.5, "hypothetical": -2.5, "prediction": -1.0}
"""Prior of what is not checkable by definition; a prediction cannot be checked yet."""
PRECISION = 5.0
"""Inverse variance of the prior. From 1, 2, 3, 5, 10 and 20 the best left-out precision; choosing it
inside each fold costs a point and a half, as `main` prints."""
PRECISIONS = (1.0, 2.0, 3.0, 5.0, 10.0, 20.0)
BIAS = -1.0
LOOSE = 0.01
"""Inverse variance of the bias."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The claims of one article.

    Attributes:
        traits: one row a claim, one column a trait in the order of `WEIGHTS`, the head's log-odds last.
        worthy: the gold's word on each claim.
        sentences: for each gold sentence the claims in it.
        gold: whether the sentence is check-worthy.
    """

    traits: Floats
    worthy: Floats
    sentences: list[list[int]]
    gold: list[bool]

    def precision(self, weights: Floats) -> float:
        """Average precision of the sentences, each by its worthiest claim, in percent."""
        scores = with_bias(self.traits) @ weights
        best = [max((scores[j] for j in inside), default=-np.inf) for inside in self.sentences]
        return 100 * (average_precision(list(zip(best, self.gold, strict=True))) or 0.0)


def with_bias(rows: Floats) -> Floats:
    """The rows with a column of ones."""
    return np.c_[rows, np.ones(len(rows))]


def prior() -> Floats:
    """Means of the weights, the head's and the bias's last."""
    means = [UNCHECKABLE.get(trait, STEP if trait not in AGAINST else -STEP) for trait in WEIGHTS]
    return np.array([*means, STEP / 2, BIAS])


def fit(articles: Sequence[Rows], precision: float = PRECISION) -> Floats:
    """The most likely weights given the articles and the prior."""
    x = with_bias(np.vstack([a.traits for a in articles]))
    y = np.concatenate([a.worthy for a in articles])
    means = prior()
    pull = np.r_[np.full(len(means) - 1, precision), LOOSE]
    weights = means.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (p - y) + pull * (weights - means)
        curvature = (x * (p * (1 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def left_out(articles: Sequence[Rows], precision: float) -> float:
    """Mean average precision, each article ranked by weights fitted on the others."""
    return float(np.mean([a.precision(fit(others(articles, a), precision)) for a in articles]))


def others(articles: Sequence[Rows], article: Rows) -> list[Rows]:
    """All articles but one."""
    return [a for a in articles if a is not article]


def read(document: Mapping[str, Any], claims: Claims, nlp: Any) -> Rows:
    """Traits and labels of an article's claims.

    A claim that the gold has keeps its label. Of the others, the author's are not worth checking (the
    gold holds all that are), and a source's is as its sentence.
    """
    doc = nlp(document["text"])
    seen = claims.observe(doc)
    spans = [span_of(doc, o) for o in seen]
    text, sentences, gold = document["text"], document["sentences"], document["claims"]
    inside = [
        [j for j, (start, end) in enumerate(spans) if start < s["end"] and s["start"] < end]
        for s in sentences
    ]
    pairs = match(
        [characters([trim(text, (g["start"], g["end"]))]) for g in gold],
        [characters([trim(text, s)]) for s in spans],
    )
    label = {j: bool(gold[i]["check_worthy"]) for i, j in pairs.items()}
    for n, members in enumerate(inside):
        for j in members:
            if j not in pairs.values() and seen[j].candidate.attribution is not None:
                label[j] = label.get(j, False) or bool(sentences[n]["check_worthy"])
    return Rows(
        np.array([traits_of(o) for o in seen]),
        np.array([float(label.get(j, False)) for j in range(len(seen))]),
        inside,
        [bool(s["check_worthy"]) for s in sentences],
    )


def read_corpus(nlp: Any, claims: Claims) -> list[Rows]:
    """Traits and labels of the corpus's training articles; claims without a label are left out."""
    labels = {
        row["id"]: {(start, end): worthy for start, end, _, _, worthy, *_ in row["claims"]}
        for row in map(json.loads, (CORPUS / "claims.jsonl").read_text("utf-8").splitlines())
    }
    lines = (CORPUS / "gold" / "train.jsonl").read_text("utf-8").splitlines()
    documents = [d for d in map(json.loads, lines) if d["id"] in labels]
    out = []
    for document, doc in zip(documents, nlp.pipe(d["text"] for d in documents), strict=True):
        known = labels[document["id"]]
        rows, worthy = [], []
        for o in claims.observe(doc):
            label = known.get(span_of(doc, o))
            if label is not None:
                rows.append(traits_of(o))
                worthy.append(float(label))
        out.append(Rows(np.array(rows).reshape(-1, len(WEIGHTS) + 1), np.array(worthy), [], []))
    return out


def span_of(doc: Doc, seen: Observed) -> tuple[int, int]:
    """Character offsets of a claim."""
    last = doc[seen.candidate.end - 1]
    return doc[seen.candidate.start].idx, last.idx + len(last)


def traits_of(seen: Observed) -> list[float]:
    """A claim's traits in the order of `WEIGHTS`, the head's log-odds last."""
    return [*(float(t in seen.traits) for t in WEIGHTS), seen.learned or 0.0]


def main() -> int:
    """Fit, print the weights and how well they rank."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.worthiness", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the published corpora")
    args = parser.parse_args()
    news = next(g for g in published_sets(args.corpora) if g.name == "gold-news/dev")
    nlp = load_pipeline().nlp
    nlp.remove_pipe("onrecord_claims")
    claims = Claims.installed()
    articles = [read(d, claims, nlp) for d in news.documents if d.get("claims") is not None]
    corpus = read_corpus(nlp, claims)
    apart, weights = fit(corpus), fit(articles)
    nested = []
    for article in articles:
        rest = others(articles, article)
        best = max(PRECISIONS, key=lambda p: left_out(rest, p))
        nested.append(article.precision(fit(rest, best)))
    for trait, *values in zip([*WEIGHTS, "head", "bias"], weights, apart, strict=True):
        print(f"{trait:20}", *(f"{value:6.2f}" for value in values))
    for what, rows in (("corpus", corpus), ("gold-news", articles)):
        worthy = sum(a.worthy.sum() for a in rows)
        print(f"{what}: {sum(len(a.worthy) for a in rows)} claims, {worthy:.0f} worthy")
    print(f"prior alone            {np.mean([a.precision(prior()) for a in articles]):.1f}")
    print(f"fitted on the corpus   {np.mean([a.precision(apart) for a in articles]):.1f}")
    print(f"left-out articles      {left_out(articles, PRECISION):.1f}")
    print(f"… precision chosen too {np.mean(nested):.1f}")
    print(f"fitted on all          {np.mean([a.precision(weights) for a in articles]):.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
