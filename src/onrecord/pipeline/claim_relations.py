"""Which claims of one article speak against one another: contradicts, contrasts, repeats.

Precision first: two claims are related only when different people make them, they share what they
are about, and their words conflict (a denial, opposed negation, opposites, another number for the
same quantity) or agree. The shares below were chosen on 60 articles of polnear/dev and the twelve of
gold-news/dev by reading what they let through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.claim_gist import Gist, gist_of
from onrecord.pipeline.worthiness import disputed
from onrecord.schema import Claim, Relation, RelationKind

__all__ = ["relate"]

DENIED = 0.5
"""Share of the smaller topic that a denial and what it denies have in common."""
NEGATED = 0.3
"""The same where the verb agrees as well."""
COUNTED = 0.6
"""Likeness from which two numbers count the same thing."""
REPEATED = 0.6
"""Share of the smaller topic that a repetition finds again; three words at least."""


def relate(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """Give each claim its relations to others, in both directions; the doc is only read."""
    gists = [g for g in (gist_of(doc, c) for c in claims) if g is not None]
    found: dict[str, list[Relation]] = {}
    for a, b in combinations(gists, 2):
        if not _comparable(a.claim, b.claim):
            continue
        relation = _relation(a, b)
        if relation is not None:
            kind, reasons = relation
            found.setdefault(a.claim.id, []).append(Relation(b.claim.id, kind, reasons))
            found.setdefault(b.claim.id, []).append(Relation(a.claim.id, kind, reasons))
    negated = {g.claim.id for g in gists if g.negated}
    others = {c.id: c for c in claims}
    return [_with(c, found.get(c.id, []), others, negated=c.id in negated) for c in claims]


def _with(
    claim: Claim, relations: Sequence[Relation], others: Mapping[str, Claim], *, negated: bool
) -> Claim:
    """The claim with its relations.

    A source's negated claim against another's is a denial; a claim that is disputed in the article
    is worth more checking, and says by whom.
    """
    claim = replace(claim, relations=tuple(relations))
    against = [r for r in relations if r.kind == "contradicts"]
    if negated and against and claim.modality == "attributed":
        claim = replace(claim, modality="denied")
    if not against or not _factual(claim):
        return claim
    other = others[against[0].claim]
    verb = "denied" if other.modality == "denied" and claim.modality != "denied" else "disputed"
    return replace(
        claim,
        check_worthy=round(disputed(claim.check_worthy), 3),
        reasons=(f"{verb} by {_who(other)}", *claim.reasons),
    )


def _who(claim: Claim) -> str:
    claimant = claim.claimant
    if claimant.kind == "author":
        return "the article itself"
    if claimant.speakers:
        return claimant.speakers[0].name
    return f"“{claimant.mention.text}”" if claimant.mention else "another source"


@cache
def _opposites() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load_lexicon("opposites")["opposites"]["pairs"])


def _comparable(a: Claim, b: Claim) -> bool:
    if "question" in (a.modality, b.modality) or (a.end > b.start and b.end > a.start):
        return False
    if a.quote is not None and a.quote == b.quote:
        return False
    return _names(a) != _names(b)


def _names(claim: Claim) -> frozenset[str]:
    if claim.claimant.kind == "author":
        return frozenset({"author"})
    return frozenset(s.entity or s.name.casefold() for s in claim.claimant.speakers)


def _relation(a: Gist, b: Gist) -> tuple[RelationKind, tuple[str, ...]] | None:
    shared = a.topic & b.topic
    words = f"both about {', '.join(sorted(shared))}"
    if _factual(a.claim) and _factual(b.claim):
        if a.negated != b.negated:
            denier, other = (a, b) if a.negated else (b, a)
            if _denies(denier, other):
                return "contradicts", (f"denied by {_who(denier.claim)}", words)
            if _same_verb(a, b) and a.share(b) >= NEGATED and not (a.possible or b.possible):
                return "contradicts", (f"'{a.head}' is negated in one of them",)
            return None
        if shared and frozenset((a.head, b.head)) in _opposites() and a.share(b) >= NEGATED:
            return "contradicts", (f"'{a.head}' against '{b.head}'", words)
        number = _numbers(a.claim, b.claim)
        if number and _same_verb(a, b) and a.likeness(b) >= COUNTED:
            return "contrasts", (number,)
    repeats = a.negated == b.negated and _same_verb(a, b) and len(shared) >= 3
    if repeats and a.share(b) >= REPEATED:
        return "repeats", (words,)
    return None


def _denies(denier: Gist, other: Gist) -> bool:
    """A cue of denying over what another source claims; what the author tells must agree in the verb."""
    claim = denier.claim
    if claim.modality != "denied" or len(denier.topic & other.topic) < 2 or denier.share(other) < DENIED:
        return False
    if denier.topic & _wishes() and not denier.head:
        return False
    return other.claim.claimant.kind == "source" or _same_verb(denier, other)


def _same_verb(a: Gist, b: Gist) -> bool:
    if not a.head or a.head != b.head:
        return False
    return not (a.names and b.names) or bool(a.names & b.names)


@cache
def _wishes() -> frozenset[str]:
    return frozenset(load_lexicon("opposites")["opposites"]["wishes"])


def _factual(claim: Claim) -> bool:
    return claim.modality not in ("opinion", "prediction", "question")


def _numbers(a: Claim, b: Claim) -> str:
    """The two numbers, where both give one and only one for the same unit and they differ."""
    for x in a.quantities:
        for y in b.quantities:
            known = x.unit and y.unit and x.value is not None and y.value is not None
            if not known or str(x.unit).casefold() != str(y.unit).casefold() or x.value == y.value:
                continue
            if all(sum(q.unit == z.unit for q in c.quantities) == 1 for c, z in ((a, x), (b, y))):
                return f"'{x.text}' against '{y.text}'"
    return ""
