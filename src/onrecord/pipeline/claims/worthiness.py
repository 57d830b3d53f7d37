"""How far a claim can be checked and how much it is worth checking: a sum of named reasons.

Each trait adds its weight to a log-odds score; the logistic function makes it a number in [0, 1]. A
reporter is shown the traits that raise it, strongest first. Where the learned claim head is installed,
its log-odds are added with a weight of their own: it was trained on debates, not on news.

The weights are fitted: a logistic regression with a prior over the 226 claims of the eight annotated
articles of gold-news/dev (`evaluation/worthiness.py`, where the prior is explained). Average precision of
sentences there: 82.2 by the prior alone, 86.9 with every article ranked by weights fitted on the other
seven (85.5 where those also choose the prior's strength), 89.3 in the sample itself. Weights fitted on the
labelled claims of this repository's corpus instead, which is no real news, rank them at 86.3: the traits
carry over.

How far a claim can be checked is the encoder's word on it joined with the rules' modality (`readings`);
without the encoder it goes by traits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.claims.candidates import Candidate
from onrecord.pipeline.claims.claimant import Commitment
from onrecord.pipeline.claims.firmness import Firmness
from onrecord.pipeline.claims.senses import is_first, is_harm, is_matter, is_public, is_record, worth_words
from onrecord.pipeline.language.hyphens import hyphened_words
from onrecord.pipeline.language.quantities import Figure
from onrecord.pipeline.language.ranks import is_superlative

__all__ = ["WEIGHTS", "Assessment", "assess", "disputed", "traits"]

NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "LAW", "EVENT", "PRODUCT"})
SMALL = 10
BIAS = -1.65
"""Log-odds of a claim without traits. The fit gives -1.60; this puts the cut of .5, from which views count a
claim as worth checking, where claims F1 on gold-news/dev is 86.1 (the same at -1.7, 85.3 at -1.6)."""
WEIGHTS = {
    "figure": 0.92,
    "small figure": 0.17,
    "superlative": 0.31,
    "a first": 0.92,
    "harm or crime": 1.02,
    "accusation": 0.46,
    "cause": 0.24,
    "rule": 0.35,
    "public body": 0.67,
    "public matter": 0.67,
    "change of state": -0.06,
    "made by a source": 1.23,
    "denied": 0.61,
    "hedged": 0.6,
    "names who or what": -0.26,
    "opinion": -2.36,
    "question": -2.5,
    "prediction": -0.87,
    "hypothetical": -2.5,
    "personal experience": -0.46,
    "routine": -0.64,
    "scene-setting": -0.63,
    "no event": -0.53,
    "short": -0.5,
}
"""Log-odds of each trait, fitted by `python -m evaluation.worthiness` before two of them were told apart:
*a first* weighs as a figure does, having too few cases there, and *public matter* as *public body*, of which
it was a part. Average precision on gold-news/dev with both is 90.2."""

TOLD = frozenset({"opinion", "question", "hypothetical", "personal experience"})
"""Traits that lower a claim and are told all the same: why it stands so far down."""

DISPUTED = WEIGHTS["denied"]
"""Log-odds of a claim in the same article that contradicts it: as much as of a denial."""
DISPUTES = 2
"""Contradicting claims that count; more only say the same again."""

HEAD_WEIGHT = 0.52
"""Share of the head's log-odds, fitted with the weights."""
TAKEN_UP = 0.0
"""The head's log-odds from which it is named as a reason: even odds on its training debates."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Scores in [0, 1] and the reasons that raise `check_worthy`, strongest first."""

    verifiable: float
    check_worthy: float
    reasons: tuple[str, ...]


def assess(
    present: Sequence[str], learned: float | None = None, checkable: float | None = None
) -> Assessment:
    """Score a claim by its traits.

    Args:
        present: from `traits`.
        learned: log-odds of the learned claim head; None without it.
        checkable: chance that it can be checked, by the encoder; None leaves that to the traits.
    """
    score = BIAS + sum(WEIGHTS[r] for r in present)
    if learned is not None:
        score += HEAD_WEIGHT * learned
    raising = sorted((r for r in present if WEIGHTS[r] > 0), key=lambda r: -WEIGHTS[r])
    lowering = [r for r in present if r in TOLD]
    if learned is not None and learned > TAKEN_UP:
        raising.append("worded like claims that checkers take up")
    verifiable = _verifiable(present) if checkable is None else checkable
    return Assessment(verifiable, _logistic(score), tuple(lowering + raising))


def disputed(check_worthy: float, times: int) -> float:
    """The score of a claim that `times` claims of others in the article contradict."""
    inside = min(max(check_worthy, 0.001), 0.999)
    return _logistic(math.log(inside / (1 - inside)) + DISPUTED * min(times, DISPUTES))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _verifiable(present: Sequence[str]) -> float:
    score = 2.0
    for reason, weight in (("opinion", -2.5), ("question", -4.0), ("prediction", -1.5), ("short", -1.0)):
        score += weight if reason in present else 0.0
    if "figure" in present or "names who or what" in present:
        score += 0.7
    return _logistic(score)


def traits(
    doc: Doc,
    candidate: Candidate,
    *,
    commitment: Commitment,
    firmness: Firmness,
    types: Sequence[str],
    figures: Sequence[Figure],
) -> Iterator[str]:
    """What about a candidate speaks for or against checking it, keys of `WEIGHTS`; the doc is only read.

    Args:
        doc: parsed.
        candidate: the claim.
        commitment: who makes it.
        firmness: its modality.
        types: its types.
        figures: the numbers in it.
    """
    tokens = list(doc[candidate.start : candidate.end])
    lemmas = {t.lemma_.lower() for t in tokens}
    lemmas.update(hyphened_words(doc, candidate.start, candidate.end))
    # The plain figure counts before the small one.
    strength = min((_strength(f) for f in figures), default="")
    if strength:
        # Of the dead and hurt no number is small.
        hurt = any(is_harm(t) for t in tokens) and any(not _is_duration(f) for f in figures)
        yield "figure" if hurt else strength
    if any(is_superlative(t) or is_record(t) for t in tokens):
        yield "superlative"
    if any(is_first(t) for t in tokens):
        yield "a first"
    if any(is_harm(t) for t in tokens):
        yield "harm or crime"
    for reason, table in (
        ("accusation", "accusation"),
        ("change of state", "change"),
        ("routine", "routine"),
    ):
        if lemmas & worth_words(table):
            yield reason
    if any(is_public(t) for t in tokens):
        yield "public body"
    elif any(is_matter(t) for t in tokens):
        yield "public matter"
    if "causal" in types:
        yield "cause"
    if "rule" in types:
        yield "rule"
    reports = candidate.counted
    if commitment.claimant.kind == "source" and not commitment.hypothetical and not reports:
        yield "made by a source"
    # That a view was uttered is an event; how firm the view is does not count.
    if firmness.modality in ("denied", "hedged", "opinion", "question", "prediction"):
        yield firmness.modality
    if commitment.hypothetical:
        yield "hypothetical"
    # Token by token: `doc.ents` builds every span of the article anew for each claim.
    if any(t.ent_iob_ == "B" and t.ent_type_ in NAMES for t in tokens):
        yield "names who or what"
    if commitment.claimant.kind == "author" and _sets_scene(doc[candidate.head]):
        yield "scene-setting"
    if "personal" in types:
        yield "personal experience"
    if doc[candidate.head].pos_ not in ("VERB", "AUX"):
        yield "no event"
    if len(tokens) < 5:
        yield "short"


def _sets_scene(verb: Token) -> bool:
    """*The remark came just before the talks*, *the whisper followed the summit*."""
    words = load_lexicon("worthiness")["scene"]
    lemma = verb.lemma_.lower()
    if lemma in words["follows"]:
        return any(c.dep_ in ("dobj", "prep") for c in verb.children)
    after = (t for c in verb.children if c.i > verb.i for t in (c, *c.children))
    return lemma in words["comes"] and any(t.lower_ in words["beside"] for t in after)


def _strength(figure: Figure) -> str:
    """`figure` for money, shares, rates and counts; `small figure` for counts up to ten and durations."""
    unit = (figure.unit or "").lower()
    if _is_duration(figure):
        return "small figure"
    if figure.low is None or unit in ("%", "percentage points", "times"):
        return "figure"
    return (
        "figure"
        if figure.low > SMALL or not float(figure.low).is_integer() or (figure.unit or "").isupper()
        else "small figure"
    )


def _is_duration(figure: Figure) -> bool:
    return (figure.unit or "").lower() in load_lexicon("worthiness")["duration"]["words"]
