"""Whom a pronoun stands for: candidates, scores, and when to say nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.pipeline.antecedent_features import FEATURES, Pronoun, Standing, measure
from onrecord.pipeline.layout import verbs_above
from onrecord.pipeline.name_types import SPEECH
from onrecord.pipeline.name_words import Words
from onrecord.pipeline.referents import Place, Referent
from onrecord.pipeline.weights import find_weights

NAME = "antecedent"
"""Name of the weights' folder."""

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
    "possessive": 0.35,
    "other": -0.4,
    "both_subjects": 0.4,
    "mentions": 0.5,
    "latest": 0.8,
    "latest_subject": 0.8,
    "first_in_paragraph": 0.5,
    "gender_known": 2.0,
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
    "governs": 0.5,
    "same_clause": 0.0,
    "share": 1.25,
    "recent": 0.2,
    "first_named": 0.0,
    "rank": -0.1,
    "pronoun_subject": 0.0,
    "pronoun_possessive": 0.0,
    "quoted": 0.0,
    "both_speak": 0.8,
    "both_objects": 0.2,
    "depth": 0.0,
    "bracketed": -0.8,
    "opens_sentence": 0.2,
    "pronoun_opens": 0.0,
    "subject_of_main": 0.2,
}
"""Weights set by hand and checked one at a time on GUM (all genres), gold-speakers/dev and GAP development.

Weights fitted to GUM, GAP and LitBank, linear or with a hidden layer, came out below them on held-out GUM
(.88 precision at .83 recall against .90 at .92) and on gold-speakers/dev, see
`training/train_antecedents.py`; so these ship.
"""

RULE_NOBODY = 0.8
"""Score of *nobody seen so far* that a candidate must beat, in the scale of `RULE_WEIGHTS`."""


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores antecedents by their features: a linear map, or a small network of them.

    Attributes:
        layers: matrix and bias of each layer; the first takes `FEATURES`, the last gives one value;
            negative values are cut between layers.
        nobody: score of the choice that none of the candidates is meant.
        threshold: least probability at which a candidate is accepted.
        version: of the trained weights; empty for the rules.
    """

    layers: tuple[tuple[Floats, Floats], ...]
    nobody: float
    threshold: float = 0.5
    version: str = ""

    def __call__(self, features: Floats) -> Floats:
        """One score a row of `features`, which has the shape (candidates, features)."""
        values = features
        for i, (matrix, bias) in enumerate(self.layers):
            values = values @ matrix + bias
            if i + 1 < len(self.layers):
                values = np.maximum(values, 0.0)
        return values[:, 0]


RULE_THRESHOLD = 0.35
"""Least probability of a link. On GUM .4 gives precision .884 at recall .876, .5 gives .888 at .866, and GAP
gains .03 F1. Quotations take a speaker from a pronoun only where it is likelier than not."""


def _rule_scorer() -> Scorer:
    column = np.array([[RULE_WEIGHTS[name]] for name in FEATURES], dtype=np.float32)
    return Scorer(((column, np.zeros(1, dtype=np.float32)),), RULE_NOBODY, RULE_THRESHOLD)


RULES = _rule_scorer()


def load_scorer() -> Scorer:
    """The trained scorer where its weights are installed, else the rules.

    Raises:
        ModelError: the weights do not fit this version's features.
    """
    folder = find_weights(NAME)
    if folder is None:
        return RULES
    table = json.loads((folder / "weights.json").read_text("utf-8"))
    if tuple(table["features"]) != FEATURES:
        raise ModelError(str(folder), "made for other features", "reinstall onrecord")
    layers = tuple(
        (np.array(layer["matrix"], dtype=np.float32), np.array(layer["bias"], dtype=np.float32))
        for layer in table["layers"]
    )
    return Scorer(layers, float(table["nobody"]), float(table["threshold"]), str(table["version"]))


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
    total = sum(len(r.places) for _, r in options) or 1
    earliest = next((r for r in referents if r.kind == "person" and not r.plural), None)
    out = []
    rank = 0
    for place, r in options:
        standing = Standing(
            clauses[place.start],
            rank,
            firsts[place.line] == place.start,
            len(r.places) / total,
            r is earliest,
            speaks(words, place, clauses[place.start]),
            len(verbs_above(clauses, clauses[place.start])),
            place.start > 0 and words.text[place.start - 1] == "(",
            words.first[place.start],
        )
        out.append(Candidate(r, place, tuple(measure(pronoun, r, place, standing))))
        rank += place.start < pronoun.token
    return out


def speaks(words: Words, place: Place, verb: int) -> bool:
    """Whether a mention is the subject of a verb of speech."""
    return place.subject and verb >= 0 and words.doc[verb].lemma_.lower() in SPEECH


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
    scores = scorer(np.array([c.features for c in candidates], dtype=np.float32))
    top = max(float(scores.max()), scorer.nobody)
    mass = np.exp(scores - top)
    shares = [float(m) for m in mass / (mass.sum() + math.exp(scorer.nobody - top))]
    best = max(range(len(shares)), key=lambda i: shares[i])
    chosen = candidates[best] if shares[best] >= scorer.threshold else None
    return chosen, shares[best], shares
