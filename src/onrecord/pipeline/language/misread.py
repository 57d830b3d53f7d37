"""Verbs that the tagger takes for plural nouns right behind a short subject: *Berg | rejects | that*."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.speech_verbs import speech_verbs

__all__ = ["misread_verb"]

_MODIFIES = frozenset(("amod", "compound", "nmod"))
_GOVERNED = frozenset(("dobj", "nsubj", "ccomp", "acl", "relcl", "dep", "appos"))
"""How what the verb governs hangs on it then."""


def misread_verb(subject: Token) -> Token | None:
    """The verb of speech or denial for which a word is only read as the modifier of a noun.

    The whole sentence then has that noun for its verb, with what it governs behind it.

    Args:
        subject: the head of what may be a subject.
    """
    verb = subject.head
    if subject.dep_ not in _MODIFIES or verb.i != subject.i + 1:
        return None
    if verb.dep_ != "ROOT" or verb.tag_ != "NNS":
        return None
    if not any(c.i > verb.i and c.dep_ in _GOVERNED for c in verb.children):
        return None
    lemma = lemma_of(verb)
    told = lemma in speech_verbs() or lemma in cue_lexicon().contradicting
    return verb if told else None
