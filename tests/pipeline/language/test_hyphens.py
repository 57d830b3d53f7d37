"""Words with hyphens, which are several tokens and one entry of a list."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.pipeline.language.hyphens import hyphened, hyphened_words, tokens_of
from onrecord.pipeline.names.roles import role_before
from onrecord.pipeline.names.words import read_words

NLP = spacy.blank("en")


def stretches(text: str) -> list[str]:
    doc = NLP(text)
    return [doc[a:b].text for a, b in hyphened(doc, 0, len(doc))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the front-runner", ["front-runner"]),
        ("the then-front-runner", ["then-front", "then-front-runner", "front-runner"]),
        ("he paid - so they say - a fine", []),
        ("the runner", []),
        ("front-", []),
    ],
)
def test_hyphens_without_blanks_join(text: str, found: list[str]) -> None:
    assert stretches(text) == found


def test_nothing_outside_the_tokens_asked_for_is_joined() -> None:
    doc = NLP("a front-runner")
    assert not list(hyphened(doc, 0, 3))
    assert list(hyphened(doc, 1, 4)) == [(1, 4)]


def test_the_last_part_counts_as_written_and_as_its_lemma() -> None:
    doc = Doc(NLP.vocab, words=["Cover", "-", "ups"], spaces=[False] * 3, lemmas=["cover", "-", "up"])
    assert set(hyphened_words(doc, 0, 3)) == {"cover-ups", "cover-up"}


def test_an_entry_comes_apart_as_the_tokenizer_takes_it() -> None:
    for entry in ("agence france-presse", "c-span", "reuters"):
        assert tokens_of(entry) == [t.text for t in NLP(entry)]


def test_a_word_is_whole_where_a_list_has_it() -> None:
    words = read_words(NLP("A front-runner, two front-runners and a dog-lover"))
    assert words.word(1) == words.word(3) == "front-runner"
    assert words.parts(2) == (1, 4)
    assert words.word(6) == "front-runners"
    assert words.word(len(words) - 1) == "lover"
    assert words.parts(len(words) - 1) == (len(words) - 1, len(words))


def test_a_word_with_hyphens_is_a_role() -> None:
    words = read_words(NLP("front-runner Anna Berg"))
    assert role_before(words, 3) == ((0, 3), "")


def test_an_infinitive_is_no_complement_of_a_role() -> None:
    tokens = ["front", "-", "runner", "to", "fill", "Imani", "Kaye"]
    tags = ["JJ", "HYPH", "NN", "TO", "NN", "NNP", "NNP"]
    pos = ["ADJ", "PUNCT", "NOUN", "PART", "NOUN", "PROPN", "PROPN"]
    spaces = [False, False, True, True, True, True, False]
    doc = Doc(NLP.vocab, words=tokens, spaces=spaces, tags=tags, pos=pos)
    assert role_before(read_words(doc), 5) == (None, "")
