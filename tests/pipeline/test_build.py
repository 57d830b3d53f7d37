"""Which components a pipeline has."""

from __future__ import annotations

import pytest

from onrecord.pipeline.build import LoadedPipeline, load_pipeline
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.weights import weight_heads


def test_one_recognizer_only(loaded: LoadedPipeline) -> None:
    names = set(loaded.nlp.pipe_names)
    assert len(names & {"ner", "onrecord_recognizer"}) == 1


@pytest.mark.skipif("names" not in weight_heads("attribution"), reason="the weights have no names")
def test_names_of_the_base_pipeline_on_request() -> None:
    nlp = load_pipeline(learned_names=False).nlp
    assert "ner" in nlp.pipe_names
    assert "onrecord_recognizer" not in nlp.pipe_names
    doc = nlp("Adaeze Okafor left Lagos.")
    assert doc.user_data[OUTPUTS]["found"] == []
    assert "names" not in doc.user_data[OUTPUTS]
