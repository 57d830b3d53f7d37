"""The faster components of the base pipeline give what spaCy's give, token by token."""

from pathlib import Path

import numpy as np
import pytest
from spacy.attrs import DEP, LEMMA, MORPH, POS, TAG
from spacy.language import Language

from onrecord.pipeline.base.lemmas import Lemmas
from onrecord.pipeline.base.tag_rules import TagRules
from onrecord.pipeline.loading import find_base, load_base

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.txt"))
IRREGULAR = "Y'all ain't gonna go. C'mon, let's see. There's nothin' left; there 're two. I've got ta  leave."
ATTRIBUTES = [POS, MORPH, LEMMA, TAG, DEP]


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    base = find_base()
    return load_base(base, exclude=["ner"]), load_base(base, exclude=["ner"], fast=True)


def test_the_fast_components_are_in_their_places(pipelines: tuple[Language, Language]) -> None:
    slow, fast = pipelines
    assert slow.pipe_names == fast.pipe_names
    assert isinstance(fast.get_pipe("attribute_ruler"), TagRules)
    assert isinstance(fast.get_pipe("lemmatizer"), Lemmas)


@pytest.mark.parametrize("text", [*(p.read_text("utf-8") for p in EXAMPLES), IRREGULAR, "", "\n \n"])
def test_tokens_are_the_same(pipelines: tuple[Language, Language], text: str) -> None:
    slow, fast = pipelines
    # Twice, for the second time all is remembered.
    for _ in range(2):
        one, other = slow(text), fast(text)
        assert np.array_equal(one.to_array(ATTRIBUTES), other.to_array(ATTRIBUTES))


def test_a_rule_that_is_not_understood_is_left_to_spacy() -> None:
    slow, fast = (load_base(find_base(), exclude=["ner"], fast=fast) for fast in (False, True))
    for nlp in (slow, fast):
        ruler = nlp.get_pipe("attribute_ruler")
        ruler.add([[{"LENGTH": {">=": 5}, "TAG": "NN"}]], {"LEMMA": "long"})
    one, other = slow("The harbour has a pier."), fast("The harbour has a pier.")
    assert [t.lemma_ for t in other] == [t.lemma_ for t in one]
    assert other[1].lemma_ == "long"
