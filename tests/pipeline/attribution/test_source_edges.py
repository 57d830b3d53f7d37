"""Where a source that the model found begins and ends."""

from __future__ import annotations

import pytest
from findings import finding, span_of

from onrecord.pipeline.attribution.contract_form import with_antecedent
from onrecord.pipeline.attribution.source_edges import with_source_edges
from onrecord.pipeline.build import LoadedPipeline


def test_a_source_does_not_begin_within_a_word(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Anglo-Normans said the quay was unsafe.")
    found = with_source_edges(doc, finding(doc, "the quay was unsafe", "said", "-Normans", "speech"))
    assert found.source == span_of(doc, "Anglo-Normans")


@pytest.mark.parametrize(
    ("text", "content", "cue", "pronoun", "expected"),
    [
        (
            "Ines Varga released a survey in July, which found that the wall was safe.",
            "that the wall was safe",
            "found",
            "which",
            "survey",
        ),
        (
            "The board kept the mayor, who said the wall was safe.",
            "the wall was safe",
            "said",
            "who",
            "mayor",
        ),
    ],
)
def test_a_relative_clause_is_about_no_time(
    loaded_rules: LoadedPipeline, text: str, content: str, cue: str, pronoun: str, expected: str
) -> None:
    doc = loaded_rules.nlp(text)
    found = with_antecedent(doc, finding(doc, content, cue, pronoun, "speech"))
    assert found.source is not None
    assert expected in doc[found.source[0] : found.source[1]].text
