"""What *they* and *it* may stand for: two people named together, a group, a body, a place, a document.

The candidates are measured as those of *he* and *she* are, without what shows gender, and by their
sort: a body is *it* where it acts and *they* where it speaks, and much that *it* stands for is nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from onrecord.pipeline.coreference.antecedent_features import FEATURES, Pronoun, Standing, values_of
from onrecord.pipeline.coreference.antecedents import OUTRANKED, Candidate, first_in_lines, speaks
from onrecord.pipeline.coreference.binding import is_inside
from onrecord.pipeline.coreference.layout import is_expletive, is_extraposed, modified_noun, verbs_above
from onrecord.pipeline.coreference.pronouns import THEY
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.coreference.scorer import Scorer
from onrecord.pipeline.names.words import Words

REACH = 4
"""Sentences looked back: in GUM and the corpus one in sixteen stands for what was named last farther off
(counted once, script not kept)."""

OWN_CLAUSE = 2.0
"""Offset of the noun in whose own clause the pronoun stands; set by hand."""

GENDERED = frozenset(
    (
        *("gender_known", "gender_open", "gender_stated", "gender_conflict", "gender_sum", "only_fit"),
        *("first_named", "orphans", "fronted", "fronted_subject", "cataphora", "doubtful", "first_after"),
    )
)
"""Features of people alone."""

SORTS = ("pair", "crowd", "nation", "body", "unnamed body", "place", "unnamed place", "work", "document")
BY_SORT = (
    *("subject", "same_sentence", "previous_sentence", "latest", "both_subjects"),
    *("reporting_source", "both_speak", "speaking"),
)
"""Features that weigh otherwise for each sort of referent."""

SHARED = tuple(name for name in FEATURES if name not in GENDERED)
THING_FEATURES = (
    *SHARED,
    *SORTS,
    *(f"{name} {sort}" for name in BY_SORT for sort in SORTS),
    "expletive",
)
"""Names of the features, in the order of the scorers' weights."""

NEAR = {"same_sentence": 3.0, "previous_sentence": 3.25, "two_sentences": 2.25, "three_sentences": 1.25}
STANDING = {"subject": 2.0, "possessive": -1.0, "both_subjects": 1.0, "quote_differs": -1.25}
RULE_WEIGHTS = {
    "they": {**NEAR, **STANDING, "pair": 1.25, "body": -1.75, "unnamed body": -1.75, "place": -3.0},
    "it": {**NEAR, **STANDING, "place": -1.5, "unnamed place": -1.5, "expletive": -6.0},
}
"""Weights set by hand on gold-speakers/dev and polnear/train. They serve where no trained weights are
installed, and as what training is held to (`training/train_it.py`)."""
RULE_NOBODY = 4.0
THRESHOLD = 0.5
"""Least probability of a link."""


def rule_scorer(number: str) -> Scorer:
    """The scorer set by hand for `they` or `it`."""
    weights = [[RULE_WEIGHTS[number].get(name, 0.0)] for name in THING_FEATURES]
    layer = np.array(weights, dtype=np.float32), np.zeros(1, dtype=np.float32)
    return Scorer((layer,), RULE_NOBODY, THRESHOLD)


def sort_of(referent: Referent) -> str:
    """One of `SORTS`; empty for one person and for what is none of them."""
    if referent.members:
        return "pair"
    named = bool(referent.entity)
    if referent.kind == "group":
        return "nation" if named else "crowd"
    if referent.kind == "organisation":
        return "body" if named else "unnamed body"
    if referent.kind == "place":
        return "place" if named else "unnamed place"
    if referent.kind == "document":
        return "work" if named else "document"
    return ""


def find_things(
    words: Words,
    pronoun: Pronoun,
    referents: Sequence[Referent],
    barred: set[int],
    clauses: Sequence[int],
    latest: Referent | None,
) -> list[Candidate]:
    """What a pronoun may stand for, nearest first.

    Args:
        words: the document.
        pronoun: *they* or *it* in any case.
        referents: everything mentioned so far; what lies further back than `REACH` may be left out.
        barred: `id` of those that it cannot stand for by grammar.
        clauses: for each token the verb that governs it, -1 if none.
        latest: what the last pronoun of its number stands for.
    """
    plural = pronoun.low in THEY
    if is_extraposed(words, pronoun.token):
        return []
    noun = modified_noun(words, pronoun.token)
    options = [
        (r.places[-1], r)
        for r in referents
        if r.places
        and id(r) not in barred
        and (noun < 0 or r.places[-1].start <= noun < r.places[-1].end)
        and pronoun.sentence - r.places[-1].sentence <= REACH
        and r.places[-1].start < pronoun.token
        and (_may_be_they(r) if plural else _may_be_it(r))
    ]
    options.sort(key=lambda o: -o[0].start)
    firsts = first_in_lines(options)
    total = sum(len(r.places) for _, r in options)
    expletive = is_expletive(words, pronoun.token)
    out = []
    for rank, (place, r) in enumerate(options):
        verb = clauses[place.start]
        standing = Standing(
            verb,
            rank,
            firsts[place.line] == place.start,
            len(r.places) / total,
            False,
            speaks(words, place, verb),
            depth=len(verbs_above(clauses, verb)),
            bracketed=place.start > 0 and words.text[place.start - 1] == "(",
            opens=words.first[place.start],
            chained=latest is r,
            rivals=len(options),
        )
        features = _measure(pronoun, r, place, standing, expletive=expletive)
        offset = OWN_CLAUSE if noun >= 0 else 0.0
        if pronoun.subject and is_inside(words, place, _acting(r, place, options)):
            offset += OUTRANKED
        out.append(Candidate(r, place, features, offset))
    return out


def _acting(referent: Referent, place: Place, options: Sequence[tuple[Place, Referent]]) -> Iterator[Place]:
    """The subjects that a mention may stand inside of; beside one only a place that is no place itself."""
    for other_place, other in options:
        apart = not place.subject or (referent.kind == "place" and other.kind != "place")
        if other is not referent and other_place.subject and apart:
            yield other_place


def _may_be_they(referent: Referent) -> bool:
    sort = sort_of(referent)
    return sort in ("body", "unnamed body", "place") or (sort != "" and referent.plural)


def _may_be_it(referent: Referent) -> bool:
    return referent.kind in ("organisation", "document", "place") and not referent.plural


def _measure(
    pronoun: Pronoun, referent: Referent, place: Place, standing: Standing, *, expletive: bool
) -> tuple[float, ...]:
    """One value for each of `THING_FEATURES`."""
    values = values_of(pronoun, referent, place, standing) | {"speaking": pronoun.speaks}
    sort = sort_of(referent)
    of_sort = [float(sort == s) for s in SORTS]
    return (
        *(float(values[name]) for name in SHARED),
        *of_sort,
        *(values[name] * flag for name in BY_SORT for flag in of_sort),
        float(expletive),
    )
