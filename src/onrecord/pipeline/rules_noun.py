"""Statements governed by a noun or an adjective: *the claim that*, *confident that*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.clauses import (
    Place,
    attribution,
    cut_at_next_report,
    has_that,
    is_infinitive,
)
from onrecord.pipeline.cues import CueLexicon, lemma_of
from onrecord.pipeline.edges import source_range, subject_of, subtree_range


def by_noun(place: Place, noun: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X's claim that P*, *the promise by X to P*."""
    mode = lexicon.mode(noun, "nouns")
    if mode is None:
        return
    for child in noun.children:
        if child.i < noun.i or child.dep_ not in ("acl", "ccomp", "relcl") or child.i >= place.end:
            continue
        if not has_that(child) and not is_infinitive(child):
            continue
        if any(c.tag_ == "WDT" and c.dep_ in ("nsubj", "dobj", "nsubjpass") for c in child.children):
            continue
        span = subtree_range(child, low=noun.i + 1, high=place.end)
        span = (span[0], cut_at_next_report(place.doc, span[0] + 1, span[1]))
        holder = _holder(place, noun)
        yield from attribution(
            place, noun, [span], mode, "noun_clause", f"noun '{noun.text}' governs content", holder
        )


def _holder(place: Place, noun: Token) -> Range | None:
    """Whose claim: the possessive, or the noun after *by*; the subject where the noun is its object."""
    for child in noun.children:
        if child.dep_ == "poss":
            return source_range(child, low=place.start, high=place.end)
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of", "among"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return source_range(inner, low=place.start, high=place.end)
    if noun.dep_ in ("dobj", "attr", "pobj") and noun.head.pos_ in ("VERB", "AUX", "ADP"):
        verb = noun.head if noun.head.pos_ != "ADP" else noun.head.head
        if lemma_of(verb) in (
            "make",
            "express",
            "voice",
            "issue",
            "repeat",
            "reject",
            "have",
            "hold",
            "raise",
            "give",
        ):
            subject = subject_of(verb)
            if subject is not None and lemma_of(verb) != "reject":
                return source_range(subject, low=place.start, high=place.end)
    return None


def by_adjective(place: Place, word: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X is confident that P*."""
    mode = lexicon.mode(word, "adjectives")
    if mode is None or word.dep_ not in ("acomp", "conj"):
        return
    for child in word.children:
        if child.i > word.i and (child.dep_ == "ccomp" or (child.dep_ == "xcomp" and is_infinitive(child))):
            span = subtree_range(child, low=word.i + 1, high=place.end)
            yield from attribution(place, word, [span], mode, "adjective", f"'{word.text}' governs content")
