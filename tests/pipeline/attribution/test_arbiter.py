from __future__ import annotations

import pytest
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.arbiter import LEAST_LEARNED, Arbiter, weighed
from onrecord.pipeline.attribution.arbiter_features import Evidence, odds
from onrecord.pipeline.build import LoadedPipeline

SURE = Arbiter({"constant": 0.0, "score": 1.0}, {"constant": 0.0, "score": 1.0})
"""Believes every finder's score."""


def span(doc: Doc, text: str) -> tuple[int, int]:
    start = doc.text.index(text)
    found = doc.char_span(start, start + len(text))
    assert found is not None
    return found.start, found.end


@pytest.fixture
def doc(loaded_rules: LoadedPipeline) -> Doc:
    return loaded_rules.nlp("His word to Ann Lee shows that the quarry will close, Nia Vance said on Monday.")


def finding(
    doc: Doc, content: str, cue: str, source: str, *, rule: str = "learned", confidence: float = 0.9
) -> Attribution:
    return Attribution(
        (span(doc, content),), span(doc, cue), span(doc, source), confidence=confidence, rule=rule
    )


def test_what_is_unlikely_is_dropped(doc: Doc) -> None:
    weak = finding(doc, "the quarry will close", "shows", "His word", confidence=LEAST_LEARNED - 0.01)
    assert weighed(doc, [weak], SURE) == ([], [])


def test_a_rule_takes_the_speaker_that_the_model_knows(doc: Doc) -> None:
    rule = finding(doc, "the quarry will close", "said", "Monday", rule="parenthetical")
    model = finding(doc, "that the quarry will close", "said", "Nia Vance")
    likely, _ = weighed(doc, [rule, model], SURE)
    assert {a.source for a in likely} == {span(doc, "Nia Vance")}


def test_an_unlikely_finding_of_the_model_lends_no_speaker(doc: Doc) -> None:
    rule = finding(doc, "the quarry will close", "said", "Monday", rule="parenthetical")
    model = finding(doc, "that the quarry will close", "said", "Nia Vance", confidence=0.99)
    doubting = Arbiter({"constant": -5.0}, {"constant": 0.0, "score": 1.0})
    likely, _ = weighed(doc, [rule, model], doubting)
    assert [a.source for a in likely] == [span(doc, "Monday")]


def test_a_name_inside_the_subject_is_no_better_source(doc: Doc) -> None:
    rule = finding(doc, "that the quarry will close", "shows", "His word to Ann Lee", rule="that_clause")
    model = finding(doc, "that the quarry will close", "shows", "Ann Lee")
    likely, _ = weighed(doc, [rule, model], SURE)
    assert likely[0].source == span(doc, "His word to Ann Lee")


def test_what_stands_inside_a_finding_is_told_apart(doc: Doc) -> None:
    whole = finding(doc, "His word to Ann Lee shows that the quarry will close", "said", "Nia Vance")
    inner = finding(doc, "that the quarry will close", "shows", "His word", rule="that_clause")
    likely, inside = weighed(doc, [whole, inner], SURE)
    assert (likely[0].contents, inside) == (whole.contents, [inner])


def test_features_know_agreement_and_form(doc: Doc) -> None:
    rule = finding(doc, "that the quarry will close", "shows", "His word", rule="that_clause", confidence=0.5)
    model = finding(doc, "that the quarry will close", "shows", "His word")
    features = Evidence(doc, [rule], [model])(model)
    assert features["agrees"] == features["likeness"] == features["opens_clause"] == 1
    assert features["score"] == pytest.approx(odds(0.9))
    assert "marked" not in features
