"""What is measured about two claims of one article for the relation between them.

Training and run time share this module. Features are about the pair in text order: how much both are about
the same, who claims it, which of them denies, and what stands between them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.claim_gist import Gist
from onrecord.schema import Claim, Quantity

__all__ = ["FEATURES", "Article", "comparable", "likely_pairs", "measure_pair", "read_article"]

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

CLOSE = 0.05
"""Relative difference up to which two numbers are one rounded number."""
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
    roles = _roles(a, b)
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
        "deny_cue": bool(cue_words & _cues("deny")),
        "insist_cue": bool(cue_words & _cues("insist")),
        "adversative": y.id in article.turns,
    }
    return [float(values[name]) for name in FEATURES]


def comparable(a: Gist, b: Gist) -> bool:
    """Whether different people make the claims, of which neither is asked, imagined or inside the other."""
    x, y = a.claim, b.claim
    if "question" in (x.modality, y.modality) or (x.end > y.start and y.end > x.start):
        return False
    if x.quote is not None and x.quote == y.quote:
        return False
    return different(x, y)


def different(x: Claim, y: Claim) -> bool:
    """Whether two claims have different claimants, who are known and not only imagined."""
    if "hypothetical" in (*x.reasons, *y.reasons):
        return False
    known = all(c.claimant.kind == "author" or c.claimant.speakers for c in (x, y))
    return known and not _names(x) & _names(y)


def _names(claim: Claim) -> frozenset[str]:
    if claim.claimant.kind == "author":
        return frozenset({"author"})
    return frozenset(s.entity or s.name.casefold() for s in claim.claimant.speakers)


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


def _roles(a: Gist, b: Gist) -> bool | None:
    """Whether who acts and what is acted on agree; None where no role is filled in both."""
    agreed = None
    for x, y in ((a.roles.agent, b.roles.agent), (a.roles.patient, b.roles.patient)):
        if x and y:
            if not x & y:
                return False
            agreed = True
    return agreed


def _units(x: Sequence[Quantity], y: Sequence[Quantity]) -> bool | None:
    """Whether two claims give one number for one unit, or another; None where they share no unit."""
    found = None
    for p in x:
        for q in y:
            if p.value is None or q.value is None or (p.unit or "").casefold() != (q.unit or "").casefold():
                continue
            same = abs(p.value - q.value) <= CLOSE * max(abs(p.value), abs(q.value))
            found = same if found is None else found or same
    return found


@cache
def _opposites() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load_lexicon("opposites")["opposites"]["pairs"])


@cache
def _cues(table: str) -> frozenset[str]:
    return frozenset(load_lexicon("opposites")["cues"][table])
