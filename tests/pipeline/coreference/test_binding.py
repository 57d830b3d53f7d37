"""What grammar prefers of several people in one sentence."""

from __future__ import annotations

from dataclasses import replace

import spacy
from spacy.tokens import Doc

from onrecord.pipeline.coreference.antecedent_features import Pronoun
from onrecord.pipeline.coreference.binding import is_inside, only_owns
from onrecord.pipeline.coreference.referents import Place
from onrecord.pipeline.names.words import read_words

NLP = spacy.blank("en")
PRONOUN = Pronoun(
    9, "he", "m", 0, 0, subject=True, possessive=False, reflexive=False, clause=10, over=frozenset(),
    quoted=False, speaks=True, opens=False,
)  # fmt: skip


def mention(start: int, end: int, kind: str, *, subject: bool = True, possessive: bool = False) -> Place:
    return Place(start, end, 0, 0, subject, possessive, False, kind)


def test_a_name_in_the_complement_of_a_description_stands_inside_it() -> None:
    words = ["A", "spokesman", "for", "Casper", "confirmed", "it"]
    deps = ["det", "nsubj", "prep", "pobj", "ROOT", "dobj"]
    read = read_words(Doc(NLP.vocab, words=words, heads=[1, 4, 1, 2, 4, 4], deps=deps))
    spokesman, casper = mention(0, 2, "nominal"), mention(3, 4, "name", subject=False)
    assert is_inside(read, casper, [spokesman])
    assert not is_inside(read, spokesman, [casper])


def test_an_owner_stands_behind_the_pronoun_of_the_same_sentence() -> None:
    owner = mention(5, 6, "name", subject=False, possessive=True)
    assert only_owns(PRONOUN, owner, [mention(2, 3, "pronoun")])
    assert not only_owns(PRONOUN, owner, [mention(2, 3, "name")])
    assert not only_owns(replace(PRONOUN, speaks=False), owner, [mention(2, 3, "pronoun")])
