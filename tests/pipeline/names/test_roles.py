"""What stands before a name and says who somebody is."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.analyzer import analyze
from onrecord.pipeline.build import LoadedPipeline
from onrecord.pipeline.names.roles import role_before
from onrecord.pipeline.names.roles_apposed import role_apposed
from onrecord.pipeline.names.words import read_words
from onrecord.schema import Article

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("words", "tags", "role"),
    [
        (["a", "spokesman", "for", "Mrs.", "Webb"], ["DT", "NN", "IN", "NNP", "NNP"], None),
        (["top", "adviser", "to", "Mr.", "Holm"], ["JJ", "NN", "IN", "NNP", "NNP"], None),
        (["the", "senator", "Mrs.", "Webb"], ["DT", "NN", "NNP", "NNP"], "senator"),
    ],
)
def test_a_role_that_ends_in_a_preposition_is_somebody_elses(
    words: list[str], tags: list[str], role: str | None
) -> None:
    doc = Doc(
        NLP.vocab,
        words=words,
        tags=tags,
        pos=["X"] * len(words),
        heads=[len(words) - 1] * len(words),
        deps=["dep"] * len(words),
    )
    span, honorific = role_before(read_words(doc), len(words) - 1)
    assert (doc[slice(*span)].text if span else None) == role
    assert honorific


def test_whose_is_no_part_of_a_role() -> None:
    words = ["The", "president", ",", "whose", "son", ",", "George", "Dunn", ",", "rose"]
    heads = [1, 9, 1, 4, 9, 4, 7, 4, 4, 9]
    deps = ["det", "nsubj", "punct", "poss", "nsubj", "punct", "compound", "appos", "punct", "ROOT"]
    pos = ["DET", "NOUN", "PUNCT", "DET", "NOUN", "PUNCT", "PROPN", "PROPN", "PUNCT", "VERB"]
    doc = Doc(NLP.vocab, words=words, heads=heads, deps=deps, pos=pos)
    span = role_apposed(read_words(doc), 6, 8)
    assert span is not None
    assert doc[slice(*span)].text == "son"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Colonel Idris Benn, a spokesman for the coast guard, said no.", "a spokesman for the coast guard"),
        ("Former mayor Idris Benn, a Democrat, said no.", "Former mayor"),
        (
            "Idris Benn, the former mayor of Oslo, said no. Mr. Benn, the chancellor of the college, left.",
            "the chancellor of the college",
        ),
    ],
)
def test_the_most_telling_description_comes_first(loaded: LoadedPipeline, text: str, first: str) -> None:
    report = next(analyze(loaded, [Article(id="a", text=text)]))
    assert next(e for e in report.entities if e.name == "Idris Benn").roles[0].text == first


def test_what_a_quotation_calls_somebody_is_no_role(loaded: LoadedPipeline) -> None:
    said = "“Trask is a candidate unlike any,” the editor said. "
    text = said + "Idris Trask left, and Trask was sorry. The private server Trask used was sold."
    report = next(analyze(loaded, [Article(id="a", text=text)]))
    assert not next(e for e in report.entities if e.name == "Idris Trask").roles
