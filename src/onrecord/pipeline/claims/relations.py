"""Which claims of one article speak against one another: contradicts, contrasts, repeats.

Precision first. Two claims are related only when nobody makes both, they share what they are about
(entities through all their mentions, classes of lemmas), who acts and what is acted on can be the
same, and their words conflict or agree:

- *denied*: a cue of denying over a content about the same, over words that point back to it (*any such
  deal*, *that account*), or the denial of the very party that the other claim says did it;
- *negated*: the same predicate, or its converse (*returned*, *received*), with and without negation;
- *opposites*: predicates that exclude one another;
- *numbers*: another number for the same unit and predicate, which approximation does not explain.

A denial that says nothing itself (*denied it*, *that account*, *that's not true*) takes up the claim before
it (`denials`); an allegation inside its denial (*denied Best's allegation that P*) is denied by it.

The shares below were chosen by reading what they let through in gold-news/dev, the corpus, the examples
and PolNeAR; `evaluation/README.md` says how often a relation was right in articles not read before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.claims.denials import holds_another, taken_up
from onrecord.pipeline.claims.gist import Gist, gists_of
from onrecord.pipeline.claims.proforms import relation_words
from onrecord.pipeline.claims.worthiness import disputed
from onrecord.schema import DATE, RANK, Claim, Quantity, Relation, RelationKind

__all__ = ["agreement", "comparable", "differ", "relate"]

OPPOSED = 0.3
"""Share of the smaller topic that two claims with opposite predicates have in common."""
COUNTED = 0.5
"""Likeness from which two numbers count the same thing."""
COVERED = 0.65
"""Share of a negated topic that the other claim has too: what is left narrows the negation down."""
REPEATED = 0.6
"""Share of the smaller topic that a repetition finds again; three keys at least."""
ALIKE = 0.5
"""Likeness from which a repetition is one, and not a part of something longer."""
SPREAD = 0.2
"""Share of the article's claims from which a key is what the whole article is about, and ties no two."""
NEAR = 3
"""Sentences over which a general noun (*the materials*) takes up what was named before."""
CLOSE = 0.05
"""Relative difference up to which two numbers are one rounded number."""

FREQUENT = 60
"""Claims from which a key is too common in a text to tie any two: it bounds the pairs of a long one."""

Found = tuple[RelationKind, tuple[str, ...]]


def relate(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """Give each claim its relations to others, in both directions; the doc is only read."""
    gists = gists_of(doc, claims)
    counts = Counter(key for g in gists for key in g.topic)
    spread = frozenset(k for k, n in counts.items() if n > max(3, SPREAD * len(gists)))
    found: dict[str, list[Relation]] = {}
    meant = taken_up(gists, comparable)
    for a, b in _tied(gists, meant):
        if a.claim.modality == b.claim.modality == "denied":
            continue  # Both reject it.
        relation = _taken_up(a, b, meant) or _held(a, b) or _relation(a, b, spread)
        if relation is not None:
            kind, reasons = relation
            found.setdefault(a.claim.id, []).append(Relation(b.claim.id, kind, reasons))
            found.setdefault(b.claim.id, []).append(Relation(a.claim.id, kind, reasons))
    negated = {g.claim.id for g in gists if g.negated}
    others = {c.id: c for c in claims}
    return [_with(c, found.get(c.id, []), others, negated=c.id in negated) for c in claims]


def _tied(gists: Sequence[Gist], meant: Mapping[tuple[str, str], Gist]) -> Iterator[tuple[Gist, Gist]]:
    """Pairs that share a key, a predicate or its converse, or of which the later takes up the other."""
    holders: dict[str, list[int]] = {}
    for i, g in enumerate(gists):
        for key in g.topic | _ends(g.head):
            holders.setdefault(key, []).append(i)
    pairs = {pair for held in holders.values() if len(held) <= FREQUENT for pair in combinations(held, 2)}
    place = {g.claim.id: i for i, g in enumerate(gists)}
    pairs |= {(place[a], place[b]) for a, b in meant}
    yield from ((gists[i], gists[j]) for i, j in sorted(pairs))


@cache
def _ends(head: str) -> frozenset[str]:
    """One key for both ends of an event."""
    return frozenset("/".join(sorted(pair)) for pair in _pairs("converses") if head in pair)


def _with(
    claim: Claim, relations: Sequence[Relation], others: Mapping[str, Claim], *, negated: bool
) -> Claim:
    """The claim with its relations.

    A source's negated claim against another's is a denial; a claim that is disputed in the article
    is worth more checking, and says by whom.
    """
    if not relations and not claim.relations:
        return claim
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
        check_worthy=round(disputed(claim.check_worthy, len(against)), 3),
        reasons=(f"{verb} by {_who(other)}", *claim.reasons),
    )


def _who(claim: Claim) -> str:
    claimant = claim.claimant
    if claimant.kind == "author":
        return "the article itself"
    if claimant.speakers:
        return " and ".join(s.name for s in claimant.speakers)
    return f"“{claimant.mention.text}”" if claimant.mention else "another source"


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


def _points_back(denier: Gist, other: Gist) -> Found | None:
    """*Any such deal*: the denial takes the thing itself up, whatever the other says of it."""
    before = 0 <= denier.sentence - other.sentence <= NEAR
    shared = denier.back & other.topic
    cued = denier.claim.modality == "denied" != other.claim.modality
    if not (before and shared and cued and other.acts) or other.claim.claimant.kind == "author":
        return None
    return "contradicts", (f"denied by {_who(denier.claim)}", _about(denier, other, shared))


def _taken_up(a: Gist, b: Gist, meant: Mapping[tuple[str, str], Gist]) -> Found | None:
    if (a.claim.id, b.claim.id) not in meant:
        return None
    return "contradicts", (f"denied by {_who(b.claim)}", f"'{b.claim.text}' takes it up")


def _held(a: Gist, b: Gist) -> Found | None:
    denier, other = (a, b) if holds_another(a, b) else (b, a)
    if not holds_another(denier, other) or not different(denier.claim, other.claim):
        return None
    return "contradicts", (f"denied by {_who(denier.claim)}",)


def _relation(a: Gist, b: Gist, spread: frozenset[str]) -> Found | None:
    if not comparable(a, b) or a.form is not None or b.form is not None:
        return None
    if not (_factual(a.claim) and _factual(b.claim)):
        return _repeats(a, b)
    back = _points_back(b, a)
    if back is not None:
        return back
    if a.negated != b.negated:
        denier, other = (a, b) if a.negated else (b, a)
        return _denial(denier, other, spread) or _negation(denier, other)
    return _opposition(a, b) or _numbers(a, b) or _repeats(a, b)


def _denial(denier: Gist, other: Gist, spread: frozenset[str]) -> Found | None:
    """A cue of denying over what another source claims; what the author tells must agree in the verb."""
    if denier.claim.modality != "denied" or not denier.rejects:
        return None
    shared = denier.topic & other.topic
    if not other.acts or (not denier.head and denier.topic & relation_words("wishes")):
        return None
    found: Found = "contradicts", (f"denied by {_who(denier.claim)}", _about(denier, other, shared))
    verb = _same_predicate(denier, other) and bool(shared - {denier.head})
    if other.claim.claimant.kind == "author":
        covered = denier.covered(other) >= COVERED
        return found if verb and covered and _compatible(denier, other) else None
    if verb and _compatible(denier, other) and denier.covered(other) >= COVERED:
        return found
    words = [k for k in shared if not k.startswith("@")]
    if denier.nominal and not denier.head and len(shared) > 1 and words and denier.covered(other) >= COVERED:
        return found
    told_of = denier.party & other.agents
    tie = shared - spread - denier.party
    return found if told_of and tie and denier.nominal and not denier.head else None


def _negation(denied: Gist, other: Gist) -> Found | None:
    if denied.possible or other.possible or not _same_predicate(denied, other):
        return None
    words = f"'{denied.words.get(denied.head, denied.head)}' negated against '{_verb(other)}'"
    if _takes_up(denied, other):
        return "contradicts", (words,)
    if denied.roles.open_agent or other.roles.open_agent:
        return None
    if denied.head != other.head and not denied.roles.patient & other.roles.patient:
        return None
    shared = (denied.topic & other.topic) - {denied.head, other.head}
    if not shared or not _compatible(denied, other) or denied.covered(other) < COVERED:
        return None
    if not denied.roles.patient & other.roles.patient and not shared - denied.roles.agent:
        return None
    return "contradicts", (words, _about(denied, other, shared))


def _takes_up(a: Gist, b: Gist) -> bool:
    """Whether, of what two sources say close together, one's general noun takes up what the other names."""
    if not (a.roles.open_patient or b.roles.open_patient) or not (a.roles.patient and b.roles.patient):
        return False
    near = abs(a.sentence - b.sentence) <= NEAR
    return near and a.claim.claimant.kind == b.claim.claimant.kind == "source"


def _opposition(a: Gist, b: Gist) -> Found | None:
    shared = a.topic & b.topic
    if not shared or frozenset((a.head, b.head)) not in _pairs("pairs") or a.share(b) < OPPOSED:
        return None
    if _values(a.claim) != _values(b.claim):
        return None
    if a.possible or b.possible or not _compatible(a, b) or bool(a.roles.patient) != bool(b.roles.patient):
        return None
    return "contradicts", (f"'{_verb(a)}' against '{_verb(b)}'", _about(a, b, shared))


def _numbers(a: Gist, b: Gist) -> Found | None:
    """Another number for one unit, where both give one only."""
    if not _same_predicate(a, b) or not _compatible(a, b) or a.likeness(b) < COUNTED:
        return None
    for x in a.claim.quantities:
        for y in b.claim.quantities:
            if _unit(x) and _unit(x) != RANK and _unit(x) == _unit(y) and differ(x, y):
                alone = all(sum(_unit(q) == _unit(x) for q in g.claim.quantities) == 1 for g in (a, b))
                if alone:
                    return "contrasts", (f"'{x.text}' against '{y.text}'", _about(a, b, a.topic & b.topic))
    return None


def _unit(quantity: Quantity) -> str:
    return (quantity.unit or "").casefold()


def differ(x: Quantity, y: Quantity) -> bool:
    """Whether two numbers are more than roundings of one; False where one is not known."""
    if x.value is None or y.value is None:
        return False
    if x.unit == DATE:
        # *In 2019* and *in March 2019* agree as far as both go.
        first, second = f"{x.value:.0f}", f"{y.value:.0f}"
        return not first.startswith(second) and not second.startswith(first)
    return abs(x.value - y.value) > CLOSE * max(abs(x.value), abs(y.value))


def _repeats(a: Gist, b: Gist) -> Found | None:
    shared = a.topic & b.topic
    if a.negated != b.negated or not a.head or a.head != b.head or len(shared) < 3:
        return None
    if a.share(b) < REPEATED or a.likeness(b) < ALIKE or "prediction" in (a.claim.modality, b.claim.modality):
        return None
    if agreement(a, b) is not True or _values(a.claim) != _values(b.claim):
        return None
    known = _is_somebody(a.claim) and _is_somebody(b.claim) and (_is_named(a.claim) or _is_named(b.claim))
    if not known or _one_quotation(a.claim, b.claim) or _factual(a.claim) != _factual(b.claim):
        return None
    return "repeats", (_about(a, b, shared),)


def _one_quotation(x: Claim, y: Claim) -> bool:
    """The same words in marks twice are one quotation, whoever they are given to."""
    return x.attribution == y.attribution == "direct" and x.text.casefold() == y.text.casefold()


def _is_somebody(claim: Claim) -> bool:
    """Whether the claimant can be told from another one: *the front-runner* may be named elsewhere."""
    known = all(s.type in ("PERSON", "ORG", "GROUP") for s in claim.claimant.speakers)
    return known and claim.claimant.kind == "source"


def _is_named(claim: Claim) -> bool:
    return any(s.type in ("PERSON", "ORG") for s in claim.claimant.speakers)


def _values(claim: Claim) -> frozenset[float]:
    return frozenset(q.value for q in claim.quantities if q.value is not None and q.unit not in (DATE, RANK))


def _compatible(a: Gist, b: Gist) -> bool:
    """Whether nothing that both name in one role differs, and not only because they name different roles."""
    agreed = agreement(a, b)
    return agreed is True or (agreed is None and not (a.roles.agent or b.roles.agent))


def agreement(a: Gist, b: Gist) -> bool | None:
    """Whether who acts and what is acted on agree; None where no role is filled in both."""
    agreed = None
    for x, y in ((a.roles.agent, b.roles.agent), (a.roles.patient, b.roles.patient)):
        if x and y:
            if not x & y:
                return False
            agreed = True
    return agreed


def _same_predicate(a: Gist, b: Gist) -> bool:
    if not a.head or not b.head:
        return False
    return a.head == b.head or frozenset((a.head, b.head)) in _pairs("converses")


def _verb(gist: Gist) -> str:
    return gist.words.get(gist.head, gist.head)


def _about(a: Gist, b: Gist, shared: frozenset[str]) -> str:
    words = [_pair(a.words[k], b.words[k]) for k in sorted(shared, key=lambda k: a.words[k].casefold())]
    return f"both about {', '.join(words)}"


def _pair(x: str, y: str) -> str:
    return x if x.casefold() == y.casefold() else f"{x}/{y}"


@cache
def _pairs(key: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load_lexicon("opposites")["opposites"][key])


def _factual(claim: Claim) -> bool:
    return claim.modality not in ("opinion", "prediction", "question")
