"""Where a source that the model found begins and ends."""

from __future__ import annotations

import pytest
from findings import finding, span_of

from onrecord.pipeline.attribution.contract_form import with_antecedent
from onrecord.pipeline.attribution.source_edges import with_source_edges, without_clock
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


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "expected"),
    [
        (
            "A former chapel treasurer who prosecutors say stole the organ fund was convicted Thursday.",
            "stole the organ fund",
            "say",
            "A former chapel treasurer who prosecutors",
            "prosecutors",
        ),
        (
            "Not so for a parents' group, Small Steps, whose head, Ines Varga, fears that the wall is weak.",
            "that the wall is weak",
            "fears",
            "group, Small Steps, whose head, Ines Varga",
            "whose head, Ines Varga",
        ),
        (
            "The harbour minister on Friday rejected calls to close the quay.",
            "calls to close the quay",
            "rejected",
            "The harbour minister on Friday",
            "The harbour minister",
        ),
    ],
)
def test_a_source_is_who_speaks_in_the_clause_of_the_cue(
    loaded: LoadedPipeline, text: str, content: str, cue: str, source: str, expected: str
) -> None:
    doc = loaded.nlp(text)
    found = with_source_edges(doc, finding(doc, content, cue, source, "speech"))
    assert found.source == span_of(doc, expected)


@pytest.mark.parametrize("time", ["17:30", "9.30pm", "08:15 GMT"])
def test_the_time_of_an_entry_is_nobody(loaded_rules: LoadedPipeline, time: str) -> None:
    doc = loaded_rules.nlp(f"The storm has turned.\n\n{time} BBC Brayle says the quay is shut.")
    found = without_clock(doc, finding(doc, "the quay is shut", "says", f"{time} BBC Brayle", "speech"))
    assert found.source == span_of(doc, "BBC Brayle")
