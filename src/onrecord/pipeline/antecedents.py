"""Whom a pronoun stands for: candidates, scores, and when to say nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.pipeline.antecedent_features import FEATURES, Pronoun, measure
from onrecord.pipeline.name_words import Words
from onrecord.pipeline.referents import Place, Referent

REACH = 12
"""Sentences that a pronoun looks back."""

RULE_WEIGHTS: dict[str, float] = {
    "same_sentence": 1.5,
    "previous_sentence": 1.3,
    "two_sentences": 0.4,
    "three_sentences": -0.3,
    "farther": -1.5,
    "new_paragraph": -0.3,
    "subject": 1.0,
    "possessive": -0.1,
    "other": -0.4,
    "both_subjects": 0.4,
    "mentions": 0.5,
    "latest": 0.8,
    "latest_subject": 0.3,
    "first_in_paragraph": 0.3,
    "gender_known": 1.5,
    "gender_open": 0.0,
    "reporting_source": 1.2,
    "by_pronoun": 0.5,
    "by_description": 0.0,
    "unnamed": -0.3,
    "quote_differs": -0.5,
    "cataphora": -0.8,
    "same_clause_object": -6.0,
    "reflexive": 4.0,
    "distance": -0.25,
}
"""Weights set by hand, for a package without the trained scorer."""

RULE_NOBODY = 0.8
"""Score of *nobody seen so far* that a candidate must beat, in the scale of `RULE_WEIGHTS`."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """A linear scorer of antecedents.

    Attributes:
        weights: one a feature, in the order of `FEATURES`.
        nobody: score of the choice that none of the candidates is meant.
        threshold: least probability at which a candidate is accepted.
        version: of the trained weights; empty for the rules.
    """

    weights: tuple[float, ...]
    nobody: float
    threshold: float = 0.5
    version: str = ""


RULES = Scorer(tuple(RULE_WEIGHTS[name] for name in FEATURES), RULE_NOBODY)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A referent that a pronoun may stand for, with the features of the pair."""

    referent: Referent
    place: Place
    features: tuple[float, ...]


def find_candidates(
    words: Words,
    pronoun: Pronoun,
    referents: Sequence[Referent],
    ahead: Mapping[int, Sequence[tuple[Place, Referent]]],
    clauses: Sequence[int],
) -> list[Candidate]:
    """The people that a singular pronoun may stand for.

    Args:
        words: the document.
        pronoun: *he* or *she* in any case.
        referents: people mentioned so far.
        ahead: mentions still to come, by sentence, for cataphora.
        clauses: for each token the verb that governs it, -1 if none.
    """
    options: list[tuple[Place, Referent]] = []
    for r in referents:
        if r.kind != "person" or r.plural or not r.places:
            continue
        place = r.places[-1]
        if pronoun.sentence - place.sentence > REACH or (r.sex and r.sex != pronoun.sex):
            continue
        if _is_speaker(pronoun, r):
            continue
        options.append((place, r))
    before = {id(r) for _, r in options}
    for place, r in ahead.get(pronoun.sentence, ()):
        fits = not (r.sex and r.sex != pronoun.sex) and r.kind == "person"
        if (
            place.start > pronoun.token
            and place.subject
            and fits
            and id(r) not in before
            and _can_point_ahead(words, pronoun, place)
        ):
            options.append((place, r))
    options.sort(key=lambda o: -o[0].start)
    firsts: dict[int, int] = {}
    for place, _ in options:
        firsts[place.line] = min(firsts.get(place.line, place.start), place.start)
    out = []
    rank = 0
    for place, r in options:
        values = measure(
            pronoun, r, place, clauses[place.start], rank=rank, first=firsts[place.line] == place.start
        )
        out.append(Candidate(r, place, tuple(values)))
        rank += place.start < pronoun.token
    return out


def _is_speaker(pronoun: Pronoun, referent: Referent) -> bool:
    """Whether the pronoun stands in the referent's own direct speech, where *I* would be said."""
    start, end = pronoun.reporter
    return pronoun.quoted and start < end and any(start <= p.start < end for p in referent.places)


def _can_point_ahead(words: Words, pronoun: Pronoun, place: Place) -> bool:
    """Whether the pronoun opens the sentence in a phrase or clause before the main subject."""
    between = words.text[pronoun.token : place.start]
    if "," not in between or any(t in ("“", "”", '"') for t in between):
        return False
    return words.doc[pronoun.token].head.i < place.start


def choose(candidates: Sequence[Candidate], scorer: Scorer) -> tuple[Candidate | None, float, list[float]]:
    """The most probable candidate if it is probable enough.

    Returns:
        The candidate or None, the probability of the best one, and the probabilities of all.
    """
    if not candidates:
        return None, 0.0, []
    scores = [sum(w * v for w, v in zip(scorer.weights, c.features, strict=True)) for c in candidates]
    top = max([*scores, scorer.nobody])
    mass = [math.exp(s - top) for s in scores]
    total = sum(mass) + math.exp(scorer.nobody - top)
    shares = [m / total for m in mass]
    best = max(range(len(shares)), key=lambda i: shares[i])
    chosen = candidates[best] if shares[best] >= scorer.threshold else None
    return chosen, shares[best], shares
