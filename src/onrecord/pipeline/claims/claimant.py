"""Who commits to a claim, and through whom it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, text_span
from onrecord.pipeline.claims.candidates import IMAGINING, Candidate
from onrecord.pipeline.claims.clauses import count_marks, head_of
from onrecord.pipeline.claims.nominals import possessor
from onrecord.pipeline.language.hyphens import hyphened_words
from onrecord.schema import Claimant, ClaimAttribution, Span, Speaker

__all__ = ["Commitment", "find_claimant"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who stands behind a claim.

    Attributes:
        via: names of those who pass it on, the nearest to the reader first.
        hypothetical: the article only imagines that somebody claims it.
    """

    claimant: Claimant
    via: tuple[str, ...] = ()
    attribution: ClaimAttribution = "none"
    hypothetical: bool = False


def find_claimant(doc: Doc, candidate: Candidate, attributions: Sequence[Attribution]) -> Commitment:
    """Decide who commits to a candidate; the doc is only read."""
    if candidate.imagined is not None:
        return _imagined(doc, candidate.imagined)
    if candidate.by is not None:
        return _embedded(doc, candidate.by, attributions)
    if candidate.counted:
        return _polled(doc, candidate, attributions)
    if candidate.attribution is None:
        hearsay = _hearsay(doc, candidate)
        if hearsay is None:
            return Commitment(Claimant("author"))
        unnamed = Speaker("unnamed reports", "UNNAMED")
        return Commitment(Claimant("source", (unnamed,), hearsay), attribution="indirect")
    a = attributions[candidate.attribution]
    relayers = (parent for parent in _holders(a, attributions) if parent.mode == "speech")
    via = [_bare(s.name) for p in relayers for s in p.speakers if s.type not in ("GROUP", "UNNAMED")]
    via += _addressees(doc, a)
    own = set(_names(a))
    mention = text_span(doc, a.source) if a.source else None
    return Commitment(
        Claimant("source", _owner_of_words(doc, a) or a.speakers, mention),
        tuple(dict.fromkeys(v for v in via if v not in own)),
        _wording(doc, candidate, a),
        _is_hypothetical(doc, a),
    )


def _polled(doc: Doc, candidate: Candidate, attributions: Sequence[Attribution]) -> Commitment:
    """The poll that counted the answers: the last one named as a source, or the last one spoken of."""
    polls = load_lexicon("hedges")["records"]["polls"]
    for a in reversed(attributions):
        if a.source is None or a.source[0] >= candidate.end:
            continue
        if doc[head_of(doc, a.source)].lemma_.lower() in polls and a.speakers:
            return Commitment(
                Claimant("source", a.speakers, text_span(doc, a.source)), attribution="indirect"
            )
    for t in reversed(doc[: candidate.end]):
        if t.lemma_.lower() in polls and t.pos_ == "NOUN":
            words = [w for w in t.lefts if w.dep_ != "det"]
            span = text_span(doc, (words[0].left_edge.i if words else t.i, t.i + 1))
            speaker = Speaker(span.text, "DOCUMENT")
            return Commitment(Claimant("source", (speaker,), span), attribution="indirect")
    return Commitment(Claimant("author"))


def _embedded(doc: Doc, by: int, attributions: Sequence[Attribution]) -> Commitment:
    """Whose claim a phrase holds; inside somebody's words it comes through them."""
    holders = [a for a in attributions if any(start <= by < end for start, end in a.contents)]
    inner = min(holders, key=lambda a: a.end - a.start, default=None)
    via: tuple[str, ...] = ()
    if inner is not None and inner.mode == "speech" and "modal" not in inner.flags:
        via = tuple(_bare(s.name) for s in inner.speakers if s.type not in ("GROUP", "UNNAMED"))
    if doc[by].pos_ == "ADJ" or doc[by].dep_ == "amod":
        unnamed = Speaker("unnamed reports", "UNNAMED")
        return Commitment(Claimant("source", (unnamed,), text_span(doc, (by, by + 1))), via, "indirect")
    owner = possessor(doc, by)
    if owner is None:
        return Commitment(Claimant("source"), via, "indirect")
    claimant = Claimant("source", (owner[0],), text_span(doc, owner[1]))
    return Commitment(claimant, tuple(v for v in via if v != owner[0].name), "indirect")


def _owner_of_words(doc: Doc, attribution: Attribution) -> tuple[Speaker, ...]:
    """Of *his own account*, *the envoy's testimony*: whose words they are, where the owner is named."""
    if attribution.source is None or any(s.entity for s in attribution.speakers):
        return ()
    noun = doc[head_of(doc, attribution.source)]
    if noun.lemma_.lower() not in load_lexicon("hedges")["records"]["words"]:
        return ()
    owner = possessor(doc, noun.i)
    return (owner[0],) if owner is not None and owner[0].entity else ()


def _names(attribution: Attribution) -> list[str]:
    return [s.name for s in attribution.speakers]


def _holders(attribution: Attribution, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """The attributions around this one, outermost first."""
    chain: list[Attribution] = []
    parent = attribution.parent
    while parent is not None and attributions[parent] not in chain:
        chain.append(attributions[parent])
        parent = attributions[parent].parent
    return reversed(chain)


def _wording(doc: Doc, candidate: Candidate, attribution: Attribution) -> ClaimAttribution:
    if attribution.type != "mixed":
        return attribution.type
    if count_marks(doc, candidate.start, candidate.end):
        return "mixed"
    inside = count_marks(doc, attribution.start, candidate.start) % 2 == 1
    return "direct" if inside else "indirect"


def _hearsay(doc: Doc, candidate: Candidate) -> Span | None:
    """The word by which the author leaves the claim to unnamed others (*reportedly*)."""
    hearsay = load_lexicon("hedges")["hearsay"]["adverbs"]
    for t in doc[candidate.start : candidate.end]:
        if t.lower_ in hearsay and _governs(t.head, doc[candidate.head]):
            return text_span(doc, (t.i, t.i + 1))
    return None


def _governs(verb: Token, head: Token) -> bool:
    """Whether `verb` is the head of the claim or one of its auxiliaries or conjuncts."""
    return verb.i == head.i or (verb.head.i == head.i and verb.dep_ in ("aux", "auxpass", "conj", "xcomp"))


def _is_hypothetical(doc: Doc, attribution: Attribution) -> bool:
    if attribution.cue is None or "modal" not in attribution.flags:
        return False
    return any(
        c.dep_ == "aux" and c.lower_ in IMAGINING
        for t in doc[attribution.cue[0] : attribution.cue[1]]
        for c in t.children
    )


def _imagined(doc: Doc, verb: int) -> Commitment:
    """Those whom the author imagines saying it, in the author's words for them."""
    subject = next((c for c in doc[verb].children if c.dep_ == "nsubj"), None)
    if subject is None:
        return Commitment(Claimant("source"), attribution="indirect", hypothetical=True)
    span = text_span(doc, (subject.left_edge.i, subject.right_edge.i + 1))
    if subject.pos_ == "PRON":
        named = possessor(doc, verb)
        known = (named[0],) if named is not None else ()
        return Commitment(Claimant("source", known, span), attribution="indirect", hypothetical=True)
    speaker = Speaker(span.text, "GROUP" if subject.tag_ in ("NNS", "NNPS") else "UNNAMED")
    return Commitment(Claimant("source", (speaker,), span), attribution="indirect", hypothetical=True)


def _addressees(doc: Doc, attribution: Attribution) -> Iterator[str]:
    """Outlets that were told: *told LA Weekly*, *in remarks to Channel Four*, *told CNN's Jake Tapper*."""
    if attribution.cue is None:
        return
    taken = {i for r in (*attribution.contents, attribution.source) if r for i in range(*r)}
    for t in doc[attribution.cue[0] : attribution.cue[1]]:
        for child in t.children:
            if child.dep_ in ("dobj", "dative", "prep", "iobj", "obj"):
                yield from _outlets(doc, child, taken)


def _outlets(doc: Doc, head: Token, taken: set[int]) -> Iterator[str]:
    words = load_lexicon("outlets")["outlets"]
    phrase = doc[head.left_edge.i : head.right_edge.i + 1]
    for ent in _entities_from(phrase):
        if ent.label_ not in ("ORG", "PRODUCT", "WORK_OF_ART", "GPE", "PERSON", "FAC"):
            continue
        if any(i in taken for i in range(ent.start, ent.end)):
            continue
        # *Reuters' Amit Rao*, often one entity: the owner is the outlet.
        owned = next((t.i for t in ent if t.tag_ == "POS" or t.text in ("’", "'")), ent.end)
        after = doc[owned].lower_ if owned == ent.end < len(doc) else ""
        end = owned + (after in words["kinds"])
        parts = {*(t.lower_ for t in doc[ent.start : end]), *hyphened_words(doc, ent.start, end)}
        if end > ent.start and parts & {*words["kinds"], *words["names"]}:
            yield _bare(doc[ent.start : end].text)
    # The recognizer misses some: *told | Reuters | ’ Amit Rao*.
    missed = (t for t in phrase if not t.ent_type_ and t.i not in taken and t.text[:1].isupper())
    yield from (_bare(t.text) for t in missed if t.lower_ in words["names"])


def _entities_from(phrase: DocSpan) -> Iterator[DocSpan]:
    """The entities that begin in a phrase; `doc.ents` builds every span of the article anew."""
    doc = phrase.doc
    for first in phrase:
        if first.ent_iob_ == "B":
            end = first.i + 1
            while end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1
            yield DocSpan(doc, first.i, end, label=first.ent_type_)


def _bare(name: str) -> str:
    for article in ("the ", "The "):
        name = name.removeprefix(article)
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name
