"""Which claims of one article speak against one another: contradicts, contrasts, repeats.

Precision first: two claims are related only when different people make them, they share what they
are about, and their words conflict (a denial, opposed negation, opposites, another number for the
same quantity) or agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from spacy.tokens import Doc, Span

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.modality import is_negated
from onrecord.pipeline.worthiness import disputed
from onrecord.schema import Claim, Relation, RelationKind

__all__ = ["relate"]

CONTENT_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
MUCH = 0.6
"""Share of the shorter claim's content words that a repetition must find again in the other."""


@dataclass(frozen=True, slots=True)
class _Gist:
    """What a claim is about, in classes of lemmas.

    Attributes:
        topic: content words.
        head: class of the governing verb.
        negated: whether the predicate is negated.
        about: words of the subject.
    """

    claim: Claim
    topic: frozenset[str]
    head: str
    negated: bool
    about: frozenset[str]


def relate(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """Give each claim its relations to others, in both directions; the doc is only read."""
    gists = [g for g in (_gist(doc, c) for c in claims) if g is not None]
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
    who = next(
        (s.name for s in other.claimant.speakers), "the article" if _is_author(other) else "another source"
    )
    return replace(
        claim,
        check_worthy=round(disputed(claim.check_worthy), 3),
        reasons=(f"{verb} by {who}", *claim.reasons),
    )


def _is_author(claim: Claim) -> bool:
    return claim.claimant.kind == "author"


@cache
def _classes() -> Mapping[str, str]:
    return {word: row[0] for row in load_lexicon("opposites")["opposites"]["same"] for word in row}


@cache
def _opposites() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load_lexicon("opposites")["opposites"]["pairs"])


def _gist(doc: Doc, claim: Claim) -> _Gist | None:
    span = doc.char_span(claim.start, claim.end, alignment_mode="expand")
    if span is None:
        return None
    common = set(load_lexicon("opposites")["opposites"]["common"])
    words = {
        _classes().get(t.lemma_.lower(), t.lemma_.lower())
        for t in span
        if t.pos_ in CONTENT_TAGS and not t.is_stop and len(t) > 2
    }
    head = span.root
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    about = {t.lemma_.lower() for t in subject.subtree} if subject is not None else set()
    lemma = head.lemma_.lower()
    return _Gist(
        claim,
        frozenset(words - common),
        _classes().get(lemma, lemma),
        _rejects(span, claim),
        frozenset(about),
    )


def _rejects(span: Span, claim: Claim) -> bool:
    return claim.modality == "denied" or is_negated(span.root)


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


def _relation(a: _Gist, b: _Gist) -> tuple[RelationKind, tuple[str, ...]] | None:
    shared = a.topic & b.topic
    words = ", ".join(sorted(shared))
    opposed = a.negated != b.negated
    share = len(shared) / max(1, min(len(a.topic), len(b.topic)))
    denier = next((g for g in (a, b) if g.claim.modality == "denied"), None)
    if opposed and denier is not None and len(shared) >= 2 and _factual(a.claim) and _factual(b.claim):
        return "contradicts", (_denied_by(denier), f"both about {words}")
    if _factual(a.claim) and _factual(b.claim):
        if opposed and a.head == b.head and a.head in shared:
            return "contradicts", (f"'{a.head}' is negated in one of them",)
        if not opposed and frozenset((a.head, b.head)) in _opposites() and shared:
            return "contradicts", (f"'{a.head}' against '{b.head}'", f"both about {words}")
        number = _numbers(a.claim, b.claim)
        if number and a.head == b.head and len(shared) >= 2:
            return "contrasts", (number,)
    if not opposed and a.head == b.head and len(shared) >= 3 and share >= MUCH:
        return "repeats", (f"same words: {words}",)
    return None


def _factual(claim: Claim) -> bool:
    return claim.modality not in ("opinion", "prediction", "question")


def _denied_by(gist: _Gist) -> str:
    speakers = gist.claim.claimant.speakers
    return f"denied by {speakers[0].name}" if speakers else "denied"


def _numbers(a: Claim, b: Claim) -> str:
    """The two numbers, where both give one for the same unit and they differ."""
    for x in a.quantities:
        for y in b.quantities:
            known = x.unit and y.unit and x.value is not None and y.value is not None
            if known and str(x.unit).casefold() == str(y.unit).casefold() and x.value != y.value:
                return f"'{x.text}' against '{y.text}'"
    return ""
