"""Denials told by a noun inside what somebody says: *given | the palace |'s | disavowal | of any pact*."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.rule_names import NOUN
from onrecord.pipeline.language.edges import source_range, subtree_range
from onrecord.pipeline.language.subjects import is_somebody, may_speak

LEAST = 2
"""Tokens of what is denied, as claims have it: *denial of fraud* says too little."""


def find_denials(doc: Doc, kept: Sequence[Attribution]) -> list[Attribution]:
    """The denials whose owner stands in the genitive, inside the contents of statements.

    Args:
        doc: the doc.
        kept: the outermost statements.
    """
    nouns = frozenset(load_lexicon("hedges")["denial"]["nouns"])
    held = (i for a in kept for start, end in a.contents for i in range(start, end))
    denials = (t for t in (doc[i] for i in held) if t.pos_ == "NOUN" and t.lemma_.lower() in nouns)
    found = (_denial(t, kept) for t in denials)
    return [a for a in found if a is not None]


def _may_deny(owner: Token) -> bool:
    """*The Kremlin*, a place, stands for who rules there; a body may reject a graft."""
    return owner.pos_ in ("PROPN", "PRON") or is_somebody(owner) or may_speak(owner)


def _denial(noun: Token, kept: Sequence[Attribution]) -> Attribution | None:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i), None)
    thing = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if owner is None or of is None or thing is None or is_somebody(thing) or not _may_deny(owner):
        return None
    high = next(end for a in kept for start, end in a.contents if start <= noun.i < end)
    content = subtree_range(thing, low=of.i + 1, high=high)
    source = source_range(owner, low=owner.sent.start, high=noun.i)
    if source is None or content[1] - content[0] < LEAST:
        return None
    reasons = (f"noun '{noun.text}' governs content",)
    return Attribution((content,), cue=(noun.i, noun.i + 1), source=source, reasons=reasons, rule=NOUN)
