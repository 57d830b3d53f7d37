"""Somebody whom a paragraph has just brought in, of whom it goes on to speak."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.coreference.antecedent_features import Pronoun
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.names.words import Words

__all__ = ["is_named_here", "is_new_here"]


def is_new_here(words: Words, pronoun: Pronoun, referent: Referent) -> bool:
    """Whether the paragraph brings somebody new as a subject: *A nurse told us … She said …*."""
    first = referent.places[0]
    return (
        first.line == pronoun.line
        and first.subject
        and words.low[first.start] in ("a", "an", "one", "another")
    )


def is_named_here(pronoun: Pronoun, referent: Referent, options: Sequence[tuple[Place, Referent]]) -> bool:
    """Whether the paragraph is the first to name somebody, in full as its subject, and speaks of nobody else.

    *A picker, NAME, earned little last month. Her son has left*: before, only others were spoken of.

    Args:
        pronoun: the pronoun.
        referent: who it may stand for.
        options: the nearest mentions of all whom it may stand for.
    """
    first = referent.places[0]
    if not referent.entity or first.line != pronoun.line or first.start > pronoun.token or first.quoted:
        return False
    others = (
        p
        for place, r in options
        if r is not referent
        for p in (place, *r.places)
        if p.line == pronoun.line and p.start < pronoun.token
    )
    return first.subject and first.parts > 1 and not any(others)
