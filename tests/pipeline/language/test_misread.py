"""Verbs that the tagger takes for plural nouns."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Token

from onrecord.pipeline.language.misread import misread_verb

NLP = spacy.blank("en")


def subject_of(text: str, *deps: str, tag: str = "NNS") -> Token:
    """The first word of a sentence whose second is its root."""
    words = text.split()
    tags = ["NNP", tag, *["DT"] * (len(words) - 2)]
    heads = [1] * len(words)
    lemmas = [words[0], words[1].removesuffix("s"), *words[2:]]
    return Doc(NLP.vocab, words=words, tags=tags, heads=heads, deps=list(deps), lemmas=lemmas)[0]


def test_what_governs_something_behind_it_is_a_verb() -> None:
    verb = misread_verb(subject_of("Lindal disputes that", "amod", "ROOT", "nsubj"))
    assert verb is not None
    assert verb.text == "disputes"


def test_a_noun_alone_is_none() -> None:
    assert misread_verb(subject_of("Lindal disputes .", "amod", "ROOT", "punct")) is None


def test_a_noun_for_something_else_is_none() -> None:
    assert misread_verb(subject_of("Lindal boats that", "amod", "ROOT", "nsubj")) is None
