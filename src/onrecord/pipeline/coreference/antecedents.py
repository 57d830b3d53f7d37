"""Whom a pronoun stands for: candidates, scores, and when to say nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from onrecord.pipeline.coreference.antecedent_features import (
    FEATURES,
    GENDER_SHOWN,
    Pronoun,
    Standing,
    measure,
)
from onrecord.pipeline.coreference.binding import (
    acts_at_once,
    excluded,
    is_inside,
    is_own,
    only_owns,
    outranked,
    told_of,
)
from onrecord.pipeline.coreference.introduced import is_named_here, is_new_here
from onrecord.pipeline.coreference.layout import verbs_above
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.coreference.scorer import Floats, Scorer
from onrecord.pipeline.language.speech_verbs import speech_verbs
from onrecord.pipeline.names.words import Words

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
    "gender_stated": 0.0,
    "gender_conflict": -3.0,
    "gender_sum": 0.0,
    "first_after": 1.0,
    "chained": 0.0,
    "chained_near": 0.0,
    "bare_name": 0.0,
    "introduced": 0.0,
    "orphans": 0.0,
    "fronted": 0.0,
    "fronted_subject": 0.0,
    "conjoined": 0.0,
    "object": 0.0,
    "oblique": 0.0,
    "locative": 0.0,
    "doubtful": -4.0,
    "same_role": 0.0,
    "near_subject": 0.0,
    "near_possessive": 0.0,
    "owns_clause": 0.0,
    "rivals": 0.0,
    "only_fit": 0.0,
    "subjects": 0.0,
    "apposed_thing": 0.0,
    "marked": 0.0,
    "described": 0.0,
    "spoke": 0.0,
    "labelled_person": 0.0,
    "with_article": 0.0,
    "long_name": 0.0,
}
"""Weights set by hand and checked one at a time on GUM (all genres), gold-speakers/dev and GAP development.

They serve where no trained weights are installed, and as what training is held to
(`training/train_antecedents.py`).
"""

CONFLICT = 2.0
"""Evidence of the other gender by pronouns that rules a candidate out. One pronoun may be another's: on GAP
development it ruled the right person out in 36 of 1,000 pronouns for *she*, in 7 for *he*."""

NEW_HERE = 2.0
"""Offset of somebody not named whom the paragraph introduces, where it names nobody; set by hand."""

NAMED_HERE = 2.0
"""Offset of the only person of the paragraph, whom it is the first to name; set by hand."""

JUST = 1
"""Sentences in which one sure pronoun of the other gender rules a candidate out."""

SURELY = 0.9
"""Probability from which such a pronoun is sure; set by hand."""

OUTRANKED = -2.0
"""Offset of who stands inside the phrase of another candidate: *X's colleague Y*, *Y's summit with X*."""

TOLD_OF = 1.0
"""Offset of whom the *who* of the clause around the pronoun stands for, set by hand on corpus/gold/train, and
of the subject of the verb above a clause of time."""

OWN = 1.0
"""Offset of the people named before *his own* in its sentence."""

LAST_SPEAKER = 3.0
"""Offset of who said the last words in marks, for the source of the next. Of 1, 2 and 3, which decides only
where the scorer doubts, pronouns of gold-speakers and a third of corpus/train are right by 2, 4 and 5 of 114
more, of corpus/dev by 1, 1 and 2 of 60 fewer, two of them by bare names and descriptions, left out since."""

RULE_NOBODY = 0.8
"""Score of *nobody seen so far* that a candidate must beat, in the scale of `RULE_WEIGHTS`."""


RULE_THRESHOLD = 0.35
"""Least probability of a link. On GUM .4 gives precision .884 at recall .876, .5 gives .888 at .866, and GAP
gains .03 F1. Quotations take a speaker from a pronoun only where it is likelier than not."""


def _rule_scorer() -> Scorer:
    column = np.array([[RULE_WEIGHTS[name]] for name in FEATURES], dtype=np.float32)
    return Scorer(((column, np.zeros(1, dtype=np.float32)),), RULE_NOBODY, RULE_THRESHOLD)


RULES = _rule_scorer()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A referent that a pronoun may stand for, with the features of the pair.

    Attributes:
        offset: added to the scorer's value for what grammar prefers.
    """

    referent: Referent
    place: Place
    features: tuple[float, ...]
    offset: float = 0.0


@dataclass(slots=True)
class History:
    """What the pronouns read so far were resolved to, by gender.

    Attributes:
        latest: whom the last pronoun stands for.
        open: tokens of the pronouns that stand for nobody named before them.
        last: the token of that last pronoun.
    """

    latest: dict[str, Referent] = field(default_factory=dict)
    open: dict[str, list[int]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def note(self, pronoun: Pronoun, referent: Referent | None) -> None:
        """Remember a decision; the source of a quotation is decided on before its words are read."""
        if referent is None:
            self.open.setdefault(pronoun.sex, []).append(pronoun.token)
        elif self.last.get(pronoun.sex, -1) < pronoun.token:
            self.latest[pronoun.sex] = referent
            self.last[pronoun.sex] = pronoun.token


def find_candidates(
    words: Words,
    pronoun: Pronoun,
    referents: Sequence[Referent],
    ahead: Mapping[int, Sequence[tuple[Place, Referent]]],
    clauses: Sequence[int],
    history: History,
    earliest: Referent | None,
    speaker: Referent | None = None,
    barred: Set[int] = frozenset(),
) -> list[Candidate]:
    """The people that a singular pronoun may stand for.

    Args:
        words: the document.
        pronoun: *he* or *she* in any case.
        referents: people mentioned so far; those further back than `REACH` may be left out.
        ahead: mentions still to come, by sentence, for cataphora.
        clauses: for each token the verb that governs it, -1 if none.
        history: what the pronouns before this one stand for.
        earliest: whom the document mentions first.
        speaker: who said the last words in marks, where the pronoun is the source of such words too.
        barred: `id` of people who it cannot be for what is said.
    """
    barred = (
        barred
        | excluded(words, pronoun, referents, ahead.get(pronoun.sentence, ()))
        | _speaking(pronoun, ahead)
    )
    options = [
        (place, r)
        for r in referents
        if (place := r.latest_before(pronoun.token)) is not None
        and id(r) not in barred
        and pronoun.sentence - place.sentence <= REACH
        and _may_be(pronoun, r)
        and not _is_speaker(pronoun, r)
        and not _just_the_other(pronoun, r)
    ]
    named_here = [(place, r) for place, r in ahead.get(pronoun.sentence, ()) if id(r) not in barred]
    coming = [
        (place, r)
        for place, r in named_here
        if place.start > pronoun.token and place.subject and _can_point_ahead(words, pronoun, place)
    ]
    subject = min(coming, key=lambda o: o[0].start)[1] if coming else None
    counted = {id(r) for _, r in options}
    for place, r in sorted(coming, key=lambda o: o[0].start):
        if id(r) not in counted and _may_be(pronoun, r):
            counted.add(id(r))
            options.append((place, r))
    options.sort(key=lambda o: -o[0].start)
    firsts = first_in_lines(options)
    total = sum(len(r.places) for _, r in options) or 1
    sign = 1.0 if pronoun.sex == "m" else -1.0
    known = [r for _, r in options if sign * r.shows(pronoun.token) >= GENDER_SHOWN]
    own = is_own(words, pronoun)
    here = (p for _, r in options if r.entity for p in r.places if p.line == pronoun.line)
    unnamed_here = all(p.start > pronoun.token for p in here)
    out = []
    rank = 0
    for place, r in options:
        verb = clauses[place.start]
        standing = Standing(
            verb,
            rank,
            firsts[place.line] == place.start,
            len(r.places) / total,
            r is earliest,
            speaks(words, place, verb),
            len(verbs_above(clauses, verb)),
            place.start > 0 and words.text[place.start - 1] == "(",
            words.first[place.start],
            history.latest.get(pronoun.sex) is r,
            sum(t < r.places[0].start for t in history.open.get(pronoun.sex, ())) if r.places else 0,
            subject is not None,
            subject is r,
            len(options),
            known == [r],
        )
        others = [p for p, other in options if other is not r]
        behind = outranked(words, place, others) or only_owns(pronoun, place, others)
        offset = OUTRANKED if behind else 0.0
        if own and place.sentence == pronoun.sentence and place.start < pronoun.token:
            offset += OWN
        if told_of(words, pronoun, place) or acts_at_once(words, pronoun, place):
            offset += TOLD_OF
        if r is speaker:
            offset += LAST_SPEAKER
        elif speaker is not None and is_inside(words, place, speaker.places):
            offset += OUTRANKED
        if unnamed_here and not r.entity and is_new_here(words, pronoun, r):
            offset += NEW_HERE
        if r.entity and r.places and is_named_here(pronoun, r, options):
            offset += NAMED_HERE
        out.append(Candidate(r, place, tuple(measure(pronoun, r, place, standing)), offset))
        rank += place.start < pronoun.token
    return out


def _may_be(pronoun: Pronoun, referent: Referent) -> bool:
    """Whether a referent is a person, or may be one, whose gender does not speak against it."""
    if referent.plural or not (referent.kind == "person" or referent.doubtful):
        return False
    sign = 1.0 if pronoun.sex == "m" else -1.0
    return sign * referent.gender > -1.0 and sign * referent.shows(pronoun.token) > -CONFLICT


def _just_the_other(pronoun: Pronoun, referent: Referent) -> bool:
    """Whether a pronoun of the other gender has surely taken it up in this sentence or the one before."""
    sign = 1.0 if pronoun.sex == "m" else -1.0
    near = (
        p.start
        for p in referent.places
        if p.kind == "pronoun" and p.start < pronoun.token and pronoun.sentence - p.sentence <= JUST
    )
    return any(sign * referent.seen.get(at, 0.0) <= -SURELY for at in near)


def first_in_lines(options: Iterable[tuple[Place, Referent]]) -> dict[int, int]:
    """The first token of the first option in each line."""
    firsts: dict[int, int] = {}
    for place, _ in options:
        firsts[place.line] = min(firsts.get(place.line, place.start), place.start)
    return firsts


def speaks(words: Words, place: Place, verb: int) -> bool:
    """Whether a mention is the subject of a verb of speech."""
    return place.subject and verb >= 0 and words.doc[verb].lemma_.lower() in speech_verbs()


def _is_speaker(pronoun: Pronoun, referent: Referent) -> bool:
    """Whether the pronoun stands in the referent's own direct speech, where *I* would be said."""
    start, end = pronoun.reporter
    return pronoun.quoted and start < end and any(start <= p.start < end for p in referent.places)


def _speaking(pronoun: Pronoun, ahead: Mapping[int, Sequence[tuple[Place, Referent]]]) -> set[int]:
    """Who is named, before or behind it, as the speaker of the words that the pronoun stands in."""
    start, end = pronoun.reporter
    if not pronoun.quoted or start == end:
        return set()
    places = (option for named in ahead.values() for option in named)
    return {id(r) for p, r in places if start <= p.start < end and not p.possessive}


def _can_point_ahead(words: Words, pronoun: Pronoun, place: Place) -> bool:
    """Whether the pronoun opens the sentence in a phrase or clause before the main subject."""
    between = words.text[pronoun.token : place.start]
    if "," not in between or any(t in ("“", "”", '"') for t in between):
        return False
    return words.doc[pronoun.token].head.i < place.start


def affinities(
    candidates: Sequence[Candidate], pronoun: Pronoun, rows: Floats | None, scorer: Scorer
) -> Floats:
    """What the encoder's states say of each candidate; zeros without them.

    Args:
        candidates: of the pronoun.
        pronoun: the pronoun; *they* and *it* have no gender.
        rows: from `pairing.paired_rows`.
        scorer: with the pairing whose rows these are.
    """
    if scorer.pairing is None or rows is None:
        return np.zeros(len(candidates), dtype=np.float32)
    spans = [(c.place.start, c.place.end) for c in candidates]
    fits = scorer.pairing.affinities(rows, pronoun.token, spans, masculine=pronoun.sex == "m")
    return np.array(fits, dtype=np.float32)


def choose(
    candidates: Sequence[Candidate], scorer: Scorer, fits: Floats | None = None
) -> tuple[Candidate | None, float, list[float]]:
    """The most probable candidate if it is probable enough.

    Args:
        candidates: of one pronoun.
        scorer: of their features.
        fits: from `affinities`, added to what the scorer says.

    Returns:
        The candidate or None, the probability of the best one, and the probabilities of all.
    """
    if not candidates:
        return None, 0.0, []
    scores = scorer(np.array([c.features for c in candidates], dtype=np.float32))
    scores = scores + np.array([c.offset for c in candidates], dtype=np.float32)
    if fits is not None:
        scores = scores + fits
    top = max(float(scores.max()), scorer.nobody)
    mass = np.exp(scores - top)
    shares = [float(m) for m in mass / (mass.sum() + math.exp(scorer.nobody - top))]
    best = shares.index(max(shares))
    chosen = candidates[best] if shares[best] >= scorer.threshold else None
    return chosen, shares[best], shares
