"""How far a claim can be checked and how much it is worth checking: a sum of named reasons.

Each reason adds its weight to a log-odds score; the logistic function makes it a number in [0, 1].
The weights are round numbers set by hand on gold-news/dev (8 articles) and are meant to be read:
a reporter is shown the reasons, strongest first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.claim_candidates import Candidate
from onrecord.pipeline.claimant import Commitment
from onrecord.pipeline.modality import Firmness
from onrecord.pipeline.quantities import Figure

__all__ = ["WEIGHTS", "Assessment", "assess"]

BIAS = -1.0
WEIGHTS = {
    "figure": 1.0,
    "superlative": 0.9,
    "harm to people": 1.2,
    "accusation": 0.8,
    "cause": 0.6,
    "rule": 0.7,
    "public body": 0.3,
    "change of state": 0.7,
    "made by a source": 1.0,
    "denied": 0.8,
    "hedged": 0.2,
    "names who or what": 0.3,
    "opinion": -2.2,
    "question": -3.0,
    "prediction": -0.9,
    "hypothetical": -3.0,
    "personal experience": -0.6,
    "routine": -0.7,
    "no event": -0.8,
    "short": -1.0,
}
"""Log-odds of each reason."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Scores in [0, 1] and the reasons that raise `check_worthy`, strongest first."""

    verifiable: float
    check_worthy: float
    reasons: tuple[str, ...]


def assess(
    doc: Doc,
    candidate: Candidate,
    *,
    commitment: Commitment,
    firmness: Firmness,
    types: Sequence[str],
    figures: Sequence[Figure],
) -> Assessment:
    """Score a candidate; the doc is only read."""
    present = list(
        _reasons(doc, candidate, commitment=commitment, firmness=firmness, types=types, figures=figures)
    )
    score = BIAS + sum(WEIGHTS[r] for r in present)
    raising = sorted((r for r in present if WEIGHTS[r] > 0), key=lambda r: -WEIGHTS[r])
    lowering = [r for r in present if WEIGHTS[r] <= -2]
    return Assessment(_verifiable(present), _logistic(score), tuple(lowering + raising))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _verifiable(present: Sequence[str]) -> float:
    score = 2.0
    for reason, weight in (("opinion", -2.5), ("question", -4.0), ("prediction", -1.5), ("short", -1.0)):
        score += weight if reason in present else 0.0
    if "figure" in present or "names who or what" in present:
        score += 0.7
    return _logistic(score)


def _reasons(
    doc: Doc,
    candidate: Candidate,
    *,
    commitment: Commitment,
    firmness: Firmness,
    types: Sequence[str],
    figures: Sequence[Figure],
) -> Iterator[str]:
    words = load_lexicon("worthiness")
    tokens = doc[candidate.start : candidate.end]
    lemmas = {t.lemma_.lower() for t in tokens}
    if any(f.unit is not None or f.value is None or f.value > 1 for f in figures):
        yield "figure"
    if any(t.tag_ in ("JJS", "RBS") for t in tokens) or lemmas & {"record", "unprecedented", "first", "only"}:
        yield "superlative"
    for reason, table in (
        ("harm to people", "harm"),
        ("accusation", "accusation"),
        ("public body", "public"),
        ("change of state", "change"),
        ("routine", "routine"),
    ):
        if lemmas & set(words[table]["words"]):
            yield reason
    if "causal" in types:
        yield "cause"
    if "rule" in types:
        yield "rule"
    if commitment.claimant.kind == "source":
        yield "made by a source"
    if firmness.modality in ("denied", "hedged", "opinion", "question", "prediction"):
        yield firmness.modality
    if commitment.hypothetical:
        yield "hypothetical"
    if any(e.start >= candidate.start and e.end <= candidate.end for e in doc.ents):
        yield "names who or what"
    if "personal" in types:
        yield "personal experience"
    if doc[candidate.head].pos_ not in ("VERB", "AUX"):
        yield "no event"
    if len(tokens) < 5:
        yield "short"
