"""Which reading of words in marks is kept where the model reads them otherwise than the rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.arbiter import Arbiter
from onrecord.pipeline.attribution.component import AttributionFinder
from onrecord.pipeline.build import LoadedPipeline

TEXT = "The harbour, Nia Vance said, was “no place for a hotel” in winter."
CUT = ("“no place for a hotel”",)
WHOLE = ("was “no place for a hotel” in winter",)
SCORES = Arbiter({"constant": 0.0, "score": 1.0}, {"constant": 0.0, "score": 1.0})
"""Believes every finder's score."""


def finding(doc: Doc, contents: Sequence[str], rule: str, confidence: float) -> Attribution:
    def span(text: str) -> tuple[int, int]:
        start = doc.text.index(text)
        found = doc.char_span(start, start + len(text))
        assert found is not None
        return found.start, found.end

    spans = tuple(span(c) for c in contents)
    return Attribution(spans, span("said"), span("Nia Vance"), confidence=confidence, rule=rule)


@pytest.mark.parametrize(
    ("rule", "model", "winner"),
    [
        pytest.param((CUT, 0.6), (WHOLE, 0.9), "learned", id="unsure-and-much-likelier"),
        pytest.param((CUT, 0.6), (WHOLE, 0.65), "cue_then_quote", id="hardly-likelier"),
        pytest.param((CUT, 0.88), (WHOLE, 0.99), "cue_then_quote", id="sure-of-the-marks"),
        pytest.param((CUT, 0.6), (("The harbour", *WHOLE), 0.9), "cue_then_quote", id="joins-more-pieces"),
        pytest.param((WHOLE, 0.6), (CUT, 0.9), "cue_then_quote", id="only-cut-shorter"),
    ],
)
def test_an_unsure_marked_reading_yields_to_a_likelier_one(
    loaded_rules: LoadedPipeline,
    rule: tuple[tuple[str, ...], float],
    model: tuple[tuple[str, ...], float],
    winner: str,
) -> None:
    doc = loaded_rules.nlp(TEXT)
    found = [finding(doc, rule[0], "cue_then_quote", rule[1]), finding(doc, model[0], "learned", model[1])]
    kept = AttributionFinder(judge=SCORES)._beside_model(doc, found)
    assert [a.rule for a in kept] == [winner]
