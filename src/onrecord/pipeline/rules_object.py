"""Statements told as a noun phrase: *denied the charges*, *called it a disgrace*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.clauses import (
    Place,
    attribution,
    complement_range,
    cut_at_coordination,
    cut_at_next_report,
    is_finite_clause,
)
from onrecord.pipeline.cues import CueLexicon, lemma_of
from onrecord.pipeline.edges import governed, is_passive, subtree_range


def by_object(place: Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X denied the charges*, *X called for a vote*, *X called it a disgrace*."""
    children = [c for c in verb.children if verb.i < c.i < place.end]
    if is_passive(verb):
        return
    naming = lexicon.mode(verb, "naming")
    named = [c for c in children if c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ == "as")]
    objects = [c for c in children if c.dep_ in ("dobj", "pobj")]
    if naming and named:
        start = min(subtree_range(c, low=verb.i + 1, high=place.end)[0] for c in (*objects, *named))
        end = max(subtree_range(c, low=verb.i + 1, high=place.end)[1] for c in (*objects, *named))
        end = cut_at_coordination(place.doc, start, cut_at_next_report(place.doc, verb.i + 2, end), verb)
        yield from attribution(place, verb, [(start, end)], naming, "naming", f"'{verb.text}' gives a name")
        return
    small = next((c for c in children if c.dep_ == "ccomp" and not is_finite_clause(c)), None)
    if naming and small is not None and lexicon.mode(verb, "clause") is None:
        span = complement_range(place, verb, small)
        yield from attribution(place, verb, [span], naming, "naming", f"'{verb.text}' gives a name")
        return
    mode = lexicon.mode(verb, "object")
    preposition = governed(verb)
    if mode is None or any(c.dep_ in ("ccomp", "xcomp") for c in children):
        return
    if preposition is not None and preposition.i <= verb.i + 3 and not objects:
        key = f"{lemma_of(verb)} {preposition.lower_}"
        own = lexicon.entries["object"].get(key)
        if own is None:
            return
        target = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
        first = preposition.i + 1
        mode = own
    else:
        target = next((c for c in objects if c.dep_ == "dobj"), None)
        first = verb.i + 1
        if lexicon.entries["object"].get(lemma_of(verb)) is None:
            return
    if target is None:
        return
    start, end = subtree_range(target, low=first, high=place.end)
    for child in children:
        if child.i > target.i and child.dep_ in ("prep", "advcl", "dative") and child.text not in (",",):
            end = max(end, subtree_range(child, low=first, high=place.end)[1])
    end = cut_at_coordination(place.doc, start, cut_at_next_report(place.doc, start, end), verb)
    yield from attribution(
        place, verb, [(start, end)], mode, "object", f"'{verb.text}' has the content as object"
    )
