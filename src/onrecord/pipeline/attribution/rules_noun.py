"""Statements governed by a noun or an adjective: *the claim that*, *confident that*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.clauses import (
    Place,
    attribution,
    cut_at_next_report,
    is_infinitive,
)
from onrecord.pipeline.language.cues import CueLexicon, lemma_of
from onrecord.pipeline.language.edges import subtree_range
from onrecord.pipeline.language.subjects import holder_of


def by_noun(place: Place, noun: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X's claim that P*, *the promise by X to P*."""
    mode = lexicon.mode(noun, "nouns")
    if mode is None:
        return
    behind = [c for p in noun.children if p.dep_ in ("prep", "agent") for c in p.children if c.dep_ == "pobj"]
    for child in (*noun.children, *(c for noun_behind in behind for c in noun_behind.children)):
        if child.i < noun.i or child.dep_ not in ("acl", "ccomp", "relcl") or child.i >= place.end:
            continue
        if not _is_content(child, lexicon) and not (is_infinitive(child) and child.head == noun):
            continue
        span = subtree_range(child, low=noun.i + 1, high=place.end)
        span = (span[0], cut_at_next_report(place.doc, span[0] + 1, span[1]))
        holder = holder_of(noun, low=place.start, high=place.end)
        yield from attribution(
            place, noun, [span], mode, "noun_clause", f"noun '{noun.text}' governs content", holder
        )


def _is_content(clause: Token, lexicon: CueLexicon) -> bool:
    """Whether a clause with *that* is what the noun says, not a relative clause about it."""
    pronoun = next((c for c in clause.children if c.lower_ == "that" and c.i < clause.i), None)
    if pronoun is None or pronoun.dep_ in ("nsubj", "nsubjpass"):
        return False
    return pronoun.dep_ == "mark" or lemma_of(clause) not in lexicon.words["statements"]["taking"]


def by_adjective(place: Place, word: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*X is confident that P*."""
    mode = lexicon.mode(word, "adjectives")
    if mode is None or word.dep_ not in ("acomp", "conj"):
        return
    for child in word.children:
        if child.i > word.i and (child.dep_ == "ccomp" or (child.dep_ == "xcomp" and is_infinitive(child))):
            span = subtree_range(child, low=word.i + 1, high=place.end)
            yield from attribution(place, word, [span], mode, "adjective", f"'{word.text}' governs content")
