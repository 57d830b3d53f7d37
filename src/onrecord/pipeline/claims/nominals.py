"""Claims inside other phrases, where no reporting clause carries them.

- A noun of denying or claiming with its owner: *the Kremlin's swift disavowal of any NATO involvement*;
  the owner commits to what the noun says.
- An act whose owner is named and which the author leaves to others: *Putin's supposed agreement*.
- A verb of claiming inside what somebody else says: *he lied to her that P*, in a quotation.

Words that an attribution already has as its cue are left to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range, get_entities
from onrecord.pipeline.names.people import TYPE_OF_ENTITY, speaker_of
from onrecord.schema import Speaker, SpeakerType

__all__ = ["Embedded", "find_embedded", "possessor"]

LEAST = 2
"""Tokens of the shortest complement: *denial of fraud* says too little to look up."""
NAMED: dict[str, SpeakerType] = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "ORG", "NORP": "GROUP"}
"""A country or capital that denies is its government."""


class Embedded(NamedTuple):
    """A claim inside a phrase.

    Attributes:
        span: tokens of what is claimed.
        by: the noun or verb that claims it, or the adjective that leaves it to others.
    """

    span: Range
    by: int


def find_embedded(doc: Doc, cues: set[int]) -> Iterator[Embedded]:
    """The embedded claims of a parsed doc; `cues` are the tokens that attributions have as cues."""
    words = load_lexicon("hedges")
    nouns = {*words["denial"]["nouns"], *words["claiming"]["strong"]}
    doubts = frozenset(words["hearsay"]["adjectives"])
    verbs = frozenset(words["claiming"]["verbs"])
    for t in doc:
        lemma = t.lemma_.lower()
        if lemma not in nouns and lemma not in verbs and t.lower_ not in doubts:
            continue
        if t.i in cues:
            continue
        if t.pos_ == "NOUN" and lemma in nouns and _owner(t) is not None:
            complement = _complement(t)
            if complement is not None and complement[1] - complement[0] >= LEAST:
                yield Embedded(complement, t.i)
        elif t.lower_ in doubts and t.dep_ == "amod" and t.head.pos_ == "NOUN" and _is_act(t.head):
            yield Embedded(_phrase(t.head), t.i)
        elif t.pos_ == "VERB" and lemma in verbs and claiming_subject(t) is not None:
            yield from (Embedded(span, t.i) for span in _said(t))


def possessor(doc: Doc, by: int) -> tuple[Speaker, Range] | None:
    """Whose claim it is, under the entity's name where the owner is one, and the words used.

    None for an owner who is not known, and for what an adjective leaves to nobody in particular.
    """
    word = doc[by]
    owner = claiming_subject(word) if word.pos_ == "VERB" else _owner(word)
    if owner is None:
        return None
    span = (owner.left_edge.i, owner.i + 1)
    for entity in get_entities(doc):
        if any(m.start <= owner.i < m.end for m in entity.mentions):
            return (speaker_of(entity), span) if entity.type in TYPE_OF_ENTITY else None
    if owner.pos_ == "PRON":
        return None
    text = doc[span[0] : span[1]].text.removeprefix("the ").removeprefix("The ")
    return Speaker(text, NAMED.get(owner.ent_type_, "UNNAMED")), span


def claiming_subject(verb: Token) -> Token | None:
    """Who the verb says claims it, over *proceeded to lie*, *went on to claim*."""
    while True:
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        infinitive = verb.dep_ in ("xcomp", "advcl") and any(c.lower_ == "to" for c in verb.children)
        if subject is not None or not infinitive:
            return subject
        verb = verb.head


def _owner(noun: Token) -> Token | None:
    """*Exxon's accusation*, *the accusation by Exxon*."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    by = (c for c in noun.children if c.dep_ == "prep" and c.lower_ == "by" and c.i == noun.i + 1)
    return next((g for c in by for g in c.children if g.dep_ == "pobj" and g.pos_ == "PROPN"), None)


def _is_act(noun: Token) -> bool:
    """Whether the noun names what its owner did: *his supposed agreement*, *the firm's alleged fraud*."""
    return _owner(noun) is not None and noun.lemma_.lower() in load_lexicon("hedges")["acts"]["nouns"]


def _phrase(noun: Token) -> Range:
    """The noun with its owner and its complements, up to a clause."""
    end = noun.i + 1
    for c in noun.children:
        if c.i > noun.i and c.dep_ == "prep":
            end = max(end, c.right_edge.i + 1)
    owner = _owner(noun)
    return (owner.left_edge.i if owner is not None else noun.left_edge.i), end


def _said(verb: Token) -> Iterator[Range]:
    """The finite clauses with *that* that are the verb's complements."""
    for c in verb.children:
        after = c.dep_ in ("ccomp", "advcl") and c.i > verb.i
        marked = after and any(g.dep_ == "mark" and g.lower_ == "that" for g in c.children)
        if marked and any(g.dep_ in ("nsubj", "nsubjpass", "expl") for g in c.children):
            yield c.left_edge.i, c.right_edge.i + 1


def _complement(noun: Token) -> Range | None:
    """What the noun is *of*, or the clause it introduces with *that*."""
    for c in noun.children:
        if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i:
            return c.i + 1, c.right_edge.i + 1
        clause = c.dep_ in ("acl", "ccomp") and c.i > noun.i and c.pos_ in ("VERB", "AUX")
        if clause and any(g.dep_ in ("nsubj", "nsubjpass", "expl") for g in c.children):
            return c.left_edge.i, c.right_edge.i + 1
    return None
