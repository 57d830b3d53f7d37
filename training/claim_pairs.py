"""What is measured about two claims of one article for the relation between them; for training only.

Features are about the pair in text order: how much both are about
the same, who claims it, which of them denies, and what stands between them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import get_attributions
from onrecord.pipeline.claims.gist import Gist
from onrecord.pipeline.claims.relations import agreement, comparable, differ
from onrecord.schema import Quantity

FEATURES = (
    "share",
    "likeness",
    "first_covered",
    "second_covered",
    "entities",
    "words",
    "weight",
    "rarest",
    "same_predicate",
    "opposite_predicates",
    "first_denied",
    "second_denied",
    "first_negated",
    "second_negated",
    "one_negated",
    "one_denied",
    "only_verdict",
    "points_back",
    "distance",
    "same_sentence",
    "next_sentence",
    "adjacent_claims",
    "same_paragraph_apart",
    "author",
    "both_sources",
    "hedged",
    "looks_ahead",
    "opinion",
    "roles_agree",
    "roles_differ",
    "second_party_in_first",
    "first_party_in_second",
    "unit_differs",
    "unit_agrees",
    "one_counts",
    "denied_after_accusation",
    "overlap_and_negation",
    "overlap_and_denial",
    "near_and_denial",
    "weight_and_denial",
    "deny_cue",
    "insist_cue",
    "adversative",
)
"""Names of the features, in the order of the weights."""

DENY = frozenset(
    [
        "challenge",
        "contest",
        "contradict",
        "counter",
        "denial",
        "deny",
        "disagree",
        "dismiss",
        "disown",
        "disprove",
        "dispute",
        "downplay",
        "rebuff",
        "rebut",
        "rebuttal",
        "refute",
        "reject",
        "rejection",
        "repudiate",
        "scoff",
    ]
)
INSIST = frozenset(
    ["insist", "insistence", "maintain", "reaffirm", "reiterate", "repeat", "respond", "retort", "stress"]
)
TURNS = frozenset(["but", "however", "though", "yet", "still", "instead", "conversely", "meanwhile"])
"""What a claimant does by the cue of a claim, and words that turn against what was said; lemmas."""

FAR = 12
"""Sentences from which distance says no more."""
NEXT, CLOSE_BY = 2, 4
"""Sentences over which a denial may take up what shares no word with it, and over which it counts in full."""
MOST = 11
"""Pairs of an article that are looked at, or a third of its claims where that is more. Of 120 conflicts that
readers saw in articles of the corpus, such pairs held half; more would mostly be noise."""


@dataclass(frozen=True, slots=True)
class Article:
    """What the claims of an article have in common.

    Attributes:
        gists: of its claims, in text order.
        rarity: of each key, how few claims hold it: log of claims over holders.
        cues: lemmas of the cue behind each claim, by claim id.
        turns: ids of claims whose sentence opens with *but*, *however*.
    """

    gists: tuple[Gist, ...]
    rarity: Mapping[str, float]
    cues: Mapping[str, frozenset[str]]
    turns: frozenset[str]


def read_article(
    gists: Sequence[Gist], *, cues: Mapping[str, frozenset[str]], turns: frozenset[str]
) -> Article:
    """Count the keys of an article's claims."""
    holders = Counter(key for g in gists for key in g.topic)
    rarity = {key: math.log(1 + len(gists) / count) for key, count in holders.items()}
    return Article(tuple(gists), rarity, cues, turns)


def measure_pair(article: Article, i: int, j: int) -> list[float]:
    """Values of `FEATURES` for the claims at `i` and `j`, the first of which stands first in the text."""
    a, b = article.gists[i], article.gists[j]
    shared = a.topic & b.topic
    words = [k for k in shared if not k.startswith("@")]
    weight = sum(article.rarity[k] for k in shared) / 5
    x, y = a.claim, b.claim
    denials = (x.modality == "denied", y.modality == "denied")
    distance = min(FAR, b.sentence - a.sentence)
    roles = agreement(a, b)
    units = _units(x.quantities, y.quantities)
    cue_words = article.cues.get(x.id, frozenset()) | article.cues.get(y.id, frozenset())
    values = {
        "share": a.share(b),
        "likeness": a.likeness(b),
        "first_covered": a.covered(b),
        "second_covered": b.covered(a),
        "entities": min(3, len(shared) - len(words)) / 3,
        "words": min(4, len(words)) / 4,
        "weight": weight,
        "rarest": max((article.rarity[k] for k in words), default=0.0) / 3,
        "same_predicate": bool(a.head) and a.head == b.head,
        "opposite_predicates": frozenset((a.head, b.head)) in _opposites(),
        "first_denied": denials[0],
        "second_denied": denials[1],
        "first_negated": a.negated,
        "second_negated": b.negated,
        "one_negated": a.negated != b.negated,
        "one_denied": denials[0] != denials[1],
        "only_verdict": a.form is not None or b.form is not None,
        "points_back": bool(b.back & a.topic),
        "distance": distance / FAR,
        "same_sentence": distance == 0,
        "next_sentence": distance == 1,
        "adjacent_claims": j - i == 1,
        "same_paragraph_apart": 2 <= distance <= 4,
        "author": "author" in (x.claimant.kind, y.claimant.kind),
        "both_sources": x.claimant.kind == y.claimant.kind == "source",
        "hedged": "hedged" in (x.modality, y.modality),
        "looks_ahead": "prediction" in (x.modality, y.modality),
        "opinion": "opinion" in (x.modality, y.modality),
        "roles_agree": roles is True,
        "roles_differ": roles is False,
        "second_party_in_first": bool(b.party & (a.agents | a.topic)),
        "first_party_in_second": bool(a.party & (b.agents | b.topic)),
        "unit_differs": units is False,
        "unit_agrees": units is True,
        "one_counts": bool(x.quantities) != bool(y.quantities),
        "denied_after_accusation": denials[1] and bool(b.party & (a.agents | a.topic)),
        "overlap_and_negation": a.share(b) * (a.negated != b.negated),
        "overlap_and_denial": a.share(b) * (denials[0] != denials[1]),
        "near_and_denial": (denials[0] != denials[1]) * (1 - distance / FAR),
        "weight_and_denial": weight * (a.negated != b.negated or denials[0] != denials[1]),
        "deny_cue": bool(cue_words & DENY),
        "insist_cue": bool(cue_words & INSIST),
        "adversative": y.id in article.turns,
    }
    return [float(values[name]) for name in FEATURES]


def likely_pairs(article: Article) -> list[tuple[int, int]]:
    """Pairs of claims that may be related: they share rare words, or one denies close to the other.

    The sum that ranks them was set by hand before any pair was labelled; the labelled ones were drawn by it.
    """
    gists = article.gists
    ranked = []
    for i, a in enumerate(gists):
        for j in range(i + 1, len(gists)):
            b = gists[j]
            distance = b.sentence - a.sentence
            if distance > 4 * FAR:
                break
            denials = (a.claim.modality == "denied", b.claim.modality == "denied")
            one_denies = (denials[0] or a.negated) != (denials[1] or b.negated)
            shared = a.topic & b.topic
            if not (shared or (one_denies and distance <= NEXT)) or not comparable(a, b):
                continue
            if "opinion" in (a.claim.modality, b.claim.modality) and not any(denials):
                continue
            value = sum(article.rarity[k] for k in shared)
            value += one_denies * (2.0 if distance <= CLOSE_BY else 1.0) + any(denials) - 0.15 * distance
            value += bool(shared) and _units(a.claim.quantities, b.claim.quantities) is False
            value -= 0.8 * ("author" in (a.claim.claimant.kind, b.claim.claimant.kind))
            ranked.append((value, i, j))
    ranked.sort(reverse=True)
    return [(i, j) for _, i, j in ranked[: max(MOST, len(gists) // 3)]]


def _units(x: Sequence[Quantity], y: Sequence[Quantity]) -> bool | None:
    """Whether two claims give one number for one unit, or another; None where they share no unit."""
    found = None
    for p in x:
        for q in y:
            if p.value is None or q.value is None or (p.unit or "").casefold() != (q.unit or "").casefold():
                continue
            same = not differ(p, q)
            found = same if found is None else found or same
    return found


@cache
def _opposites() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load_lexicon("opposites")["opposites"]["pairs"])


def article_of(doc: Doc, gists: Sequence[Gist]) -> Article:
    """The claims of a doc with the cues behind them."""
    attributions = get_attributions(doc)
    cues: dict[str, frozenset[str]] = {}
    turns = set()
    for gist in gists:
        claim = gist.claim
        cue = attributions[int(claim.quote[1:]) - 1].cue if claim.quote else None
        if cue is not None:
            cues[claim.id] = frozenset(t.lemma_.lower() for t in doc[cue[0] : cue[1]])
        sentence = doc.char_span(claim.sentence.start, claim.sentence.end, alignment_mode="expand")
        if sentence is not None and any(t.lower_ in TURNS for t in sentence[:8]):
            turns.add(claim.id)
    return read_article(gists, cues=cues, turns=frozenset(turns))
