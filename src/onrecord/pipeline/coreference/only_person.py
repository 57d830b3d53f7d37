"""Bare nouns for the only person named so far: *Dele Ro scored late. “I was ill,” the striker said*."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.coreference.nominals import BROUGHT, Nominal, sex_of_noun
from onrecord.pipeline.coreference.occupations import bare_occupation
from onrecord.pipeline.coreference.referents import Place, Referent, may_be_called
from onrecord.pipeline.names.nominal_words import role_class
from onrecord.pipeline.names.words import Words

__all__ = ["resolve_only_person"]

REACH = 2
"""Lines, empty ones too, since the person was the subject: the paragraph before. Set by hand."""

CONFIDENCE = 0.65


def resolve_only_person(
    words: Words, nominal: Nominal, referents: Sequence[Referent]
) -> tuple[Referent | None, float, str]:
    """The one person named so far, for *the* and the noun of an occupation that speaks.

    Not for those whom a story quotes beside whom it is about, nor where anybody else has acted.

    Args:
        words: the document.
        nominal: the description.
        referents: those mentioned so far.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    head = bare_occupation(words, nominal)
    if not head or not nominal.speaks or role_class(head) in BROUGHT:
        return None, 0.0, ""
    people = [r for r in referents if r.kind == "person" and not r.plural and _told(r)]
    named = [r for r in people if r.entity]
    if len(named) != 1 or any(p.subject for r in people if r is not named[0] for p in _told(r)):
        return None, 0.0, ""
    only, sex = named[0], sex_of_noun(head)
    near = any(p.subject and words.line[nominal.start] - p.line <= REACH for p in _told(only))
    if not near or not may_be_called(only, head) or (sex and only.sex and sex != only.sex):
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    return only, CONFIDENCE, f"“{text}” is the only person named so far"


def _told(referent: Referent) -> list[Place]:
    """The mentions by the author."""
    return [p for p in referent.places if not p.quoted]
