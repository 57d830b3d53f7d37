"""*came the reply*: a noun of saying that comes, as a reporting clause."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.function_words import FINITE_VERBS

_REACH = 4
"""Most words from the verb to its noun: *came the swift, one-word reply*."""
_BEFORE_NOUN = frozenset(("DET", "ADJ", "PRON", "ADV"))


def what_comes(verb: Token) -> Token | None:
    """The noun of saying that comes, behind a form of *come* alone; None for any other word.

    Inversion tells it from *came as a reply* and *the reply came late*.

    Args:
        verb: a word of a doc with tags.
    """
    if lemma_of(verb) != "come" or verb.tag_ not in FINITE_VERBS:
        return None
    for word in verb.doc[verb.i + 1 : verb.i + 1 + _REACH]:
        if word.pos_ == "NOUN":
            return word if cue_lexicon().mode(word, "nouns") == "speech" else None
        if word.pos_ not in _BEFORE_NOUN or word.lower_ == "as":
            return None
    return None
