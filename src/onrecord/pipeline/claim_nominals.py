"""Claims inside noun phrases: *the Kremlin's swift disavowal of any NATO involvement*.

The possessor commits to what the noun of denying or claiming says. Nouns that an attribution already
has as its cue are left to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range, get_entities
from onrecord.schema import Speaker, SpeakerType

__all__ = ["find_nominals", "possessor"]

LEAST = 2
"""Tokens of the shortest complement: *denial of fraud* says too little to look up."""
NAMED: dict[str, SpeakerType] = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "ORG", "NORP": "GROUP"}
"""A country or capital that denies is its government."""


def find_nominals(doc: Doc, cues: set[int]) -> Iterator[tuple[Range, int]]:
    """Complements of possessed nouns of denying and claiming, each with its noun's index."""
    words = load_lexicon("hedges")
    nouns = {*words["denial"]["nouns"], *words["claiming"]["strong"]}
    for t in doc:
        if t.pos_ != "NOUN" or t.i in cues or t.lemma_.lower() not in nouns or _owner(t) is None:
            continue
        complement = _complement(t)
        if complement is not None and complement[1] - complement[0] >= LEAST:
            yield complement, t.i


def possessor(doc: Doc, noun: int) -> tuple[Speaker, Range] | None:
    """Whose denial it is, under the entity's name where the owner is one, and the words used."""
    owner = _owner(doc[noun])
    if owner is None or owner.tag_ == "PRP$":
        return None
    end = owner.i + 1
    span = (owner.left_edge.i, end)
    for entity in get_entities(doc):
        if any(m.start <= owner.i < m.end for m in entity.mentions):
            kind = {"PERSON": "PERSON", "NORP": "GROUP"}.get(entity.type, "ORG")
            return Speaker(entity.name, kind, entity.id), span  # type: ignore[arg-type]
    text = doc[span[0] : span[1]].text.removeprefix("the ").removeprefix("The ")
    return Speaker(text, NAMED.get(owner.ent_type_, "UNNAMED")), span


def _owner(noun: Token) -> Token | None:
    return next((c for c in noun.children if c.dep_ == "poss"), None)


def _complement(noun: Token) -> Range | None:
    """What the noun is *of*, or the clause it introduces with *that*."""
    for c in noun.children:
        if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i:
            return c.i + 1, c.right_edge.i + 1
        clause = c.dep_ in ("acl", "ccomp") and c.i > noun.i and c.pos_ in ("VERB", "AUX")
        if clause and any(g.dep_ in ("nsubj", "nsubjpass", "expl") for g in c.children):
            return c.left_edge.i, c.right_edge.i + 1
    return None
