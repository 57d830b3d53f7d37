"""Nouns for what somebody is who has just spoken: *Ros Bell said so. The actress said …*."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.coreference.layout import role_of
from onrecord.pipeline.coreference.nominals import BROUGHT, Nominal, sex_of_noun
from onrecord.pipeline.coreference.occupations import bare_occupation
from onrecord.pipeline.coreference.referents import Referent, may_be_called
from onrecord.pipeline.language.speech_verbs import speech_verbs
from onrecord.pipeline.names.nominal_words import role_class
from onrecord.pipeline.names.words import Words

__all__ = ["has_just_spoken", "resolve_just_spoken"]

CONFIDENCE = 0.65
WRITERS = frozenset(("author", "writer", "columnist"))
"""Those of the press who are also written about: whoever is called so by nobody else wrote something."""


def has_just_spoken(words: Words, somebody: Referent, nominal: Nominal, sentence: int) -> bool:
    """Whether somebody speaks in the sentence before, in the same paragraph.

    Also where the verb is joined to another: *Reed scored, and then | said | …*.
    """
    line = words.line[nominal.start]
    before = [p for p in somebody.places if p.sentence == sentence - 1 and p.line == line and p.subject]
    verbs = (words.root(p.start, p.end).head for p in before)
    return any(v.lemma_.lower() in speech_verbs() for verb in verbs for v in (verb, *verb.conjuncts))


def resolve_just_spoken(
    words: Words, nominal: Nominal, referents: Sequence[Referent], sentence: int
) -> tuple[Referent | None, float, str]:
    """Who has just spoken and goes on by a noun for an occupation that is told of nobody else.

    Only where the sentence before tells of nobody else, and nothing is known of what the speaker is. Not for
    those whom a story quotes, or an event brings along, without a word of introduction: *the officer*.

    Args:
        words: the document.
        nominal: the description.
        referents: those mentioned so far.
        sentence: index of its sentence.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    head = bare_occupation(words, nominal)
    if not head or not _speaks(words, nominal) or (role_class(head) in BROUGHT and head not in WRITERS):
        return None, 0.0, ""
    people = [r for r in referents if r.kind == "person" and not r.plural]
    if any(r.is_called(head, nominal.start) or _is_known_as(r, head, nominal.start) for r in people):
        return None, 0.0, ""
    here = [r for r in people if any(p.sentence == sentence - 1 and p.subject for p in r.places)]
    one, sex = here[0] if len(here) == 1 else None, sex_of_noun(head)
    if one is None or not one.entity or not has_just_spoken(words, one, nominal, sentence):
        return None, 0.0, ""
    if one.heads_before(nominal.start) or not may_be_called(one, head) or (sex and one.sex not in ("", sex)):
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    return one, CONFIDENCE, f"“{text}” goes on about who has just spoken"


def _is_known_as(referent: Referent, head: str, token: int) -> bool:
    """Whether somebody is called so, anywhere in the text but by the description at a token."""
    return head in referent.heads and referent.told.get(head) != token


def _speaks(words: Words, nominal: Nominal) -> bool:
    """Whether it is the subject of a verb of speech."""
    head = words.doc[nominal.head]
    return role_of(head.dep_) == "subject" and head.head.lemma_.lower() in speech_verbs()
