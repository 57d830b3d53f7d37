"""Negation on clauses parsed by hand: each word with its label, all of them children of the verb."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Token

from onrecord.pipeline.language.negation import is_negated, is_nobody, negation_words

NLP = spacy.blank("en")


def verb_of(clause: str) -> Token:
    """The verb of *word/label* items; one without a label is it."""
    items = [item.partition("/") for item in clause.split()]
    verb = next(i for i, (_, _, label) in enumerate(items) if not label)
    deps = [label or "ROOT" for _, _, label in items]
    return Doc(NLP.vocab, words=[w for w, _, _ in items], heads=[verb] * len(items), deps=deps)[verb]


@pytest.mark.parametrize(
    "clause",
    [
        "She/nsubj did/aux not/neg say",
        "She/nsubj won’t/neg say",
        "She/nsubj never/advmod said",
        "She/nsubj would/aux hardly/advmod say",
        "Nor/cc did/aux she/nsubj say",
        "She/nsubj neither/preconj confirmed",
        "Nobody/nsubj said",
        "No/nsubj -/nsubj one/nsubj said",
        "She/nsubj said nothing/dobj",
    ],
)
def test_negated(clause: str) -> None:
    assert is_negated(verb_of(clause))


@pytest.mark.parametrize(
    "clause",
    ["She/nsubj said so/advmod", "She/nsubj not/preconj praised", "She/nsubj left nor/cc", "Few/nsubj said"],
)
def test_not_negated(clause: str) -> None:
    assert not is_negated(verb_of(clause))


def test_a_determiner_makes_it_nobody() -> None:
    doc = Doc(NLP.vocab, words=["neither", "company"], heads=[1, 1], deps=["det", "ROOT"])
    assert is_nobody(doc[1])


def test_every_word_of_negation_is_known() -> None:
    assert {"not", "nor", "no", "nobody"} <= negation_words()
