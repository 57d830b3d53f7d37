from __future__ import annotations

from collections.abc import Sequence

import pytest
from findings import span_of
from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution import component, nested
from onrecord.pipeline.attribution.component import AttributionFinder
from onrecord.pipeline.attribution.join import nest
from onrecord.pipeline.attribution.nested_features import measures
from onrecord.pipeline.build import LoadedPipeline

TOLD = "“My sister told the clerk that the auger was broken,” said Lena Quist."


def outermost(doc: Doc) -> list[Attribution]:
    return [a for a in AttributionFinder().predict(doc) if a.parent is None]


def contents(doc: Doc, found: list[Attribution]) -> list[str]:
    return [doc[s:e].text for a in found for s, e in a.contents]


@pytest.mark.parametrize(("least", "expected"), [(0.0, True), (1.0, False)])
def test_what_is_likely_enough_inside_a_statement_is_found(
    loaded_rules: LoadedPipeline, monkeypatch: pytest.MonkeyPatch, least: float, expected: bool
) -> None:
    monkeypatch.setattr(nested, "LEAST_NESTED", least)
    doc = loaded_rules.nlp(TOLD)
    found = nested.find_nested(doc, AttributionFinder().candidates(doc), outermost(doc))
    assert any("the auger was broken" in c for c in contents(doc, found)) is expected
    assert all(0 <= a.confidence <= 1 for a in found)


def test_inner_statements_are_weighed_by_what_the_outer_one_turned_out_to_be(
    loaded_rules: LoadedPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Attribution] = []

    def record(doc: Doc, found: Sequence[Attribution], kept: Sequence[Attribution]) -> list[Attribution]:
        seen.extend(kept)
        return []

    def learned(doc: Doc) -> list[Attribution]:
        spans = {"cue": span_of(doc, "said"), "source": span_of(doc, "Lena Quist")}
        return [Attribution(((0, spans["cue"][0]),), **spans, confidence=0.99, rule="learned")]

    monkeypatch.setattr(component, "find_nested", record)
    AttributionFinder([learned]).predict(loaded_rules.nlp(TOLD))
    assert [a.type for a in seen] == ["direct"]


def test_only_what_stands_in_a_content_is_weighed(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The clerk said that the auger was broken. “It was,” said Lena Quist.")
    found = nested.held_in(AttributionFinder().candidates(doc), outermost(doc)[1:])
    assert found == []


def test_inner_statements_get_their_parents(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp(TOLD)
    outer = Attribution(
        (span_of(doc, "My sister told the clerk that the auger was broken"),), cue=span_of(doc, "said")
    )
    inner = Attribution((span_of(doc, "that the auger was broken"),), cue=span_of(doc, "told"))
    clashing = Attribution((span_of(doc, "the clerk that the auger"),), cue=span_of(doc, "told"))
    assert [a.parent for a in nest([outer], [inner, clashing])] == [None, 0]


@pytest.mark.parametrize(
    ("text", "cue", "held"),
    [
        ("If the clerk had told us that it broke, we would have left.", "told", {"conditional"}),
        ("The clerk never told us that it broke, and we left.", "told", {"negated", "past"}),
        ("You tell them that it broke, and they leave.", "tell", {"src_you", "present"}),
    ],
)
def test_what_speaks_against_an_inner_statement(
    loaded_rules: LoadedPipeline, text: str, cue: str, held: set[str]
) -> None:
    doc = loaded_rules.nlp(text)
    source = span_of(doc, "You") if text.startswith("You") else None
    outer = Attribution(((0, len(doc)),), type="direct")
    inner = Attribution((span_of(doc, "that it broke"),), cue=span_of(doc, cue), source=source)
    assert held <= set(measures(doc, inner, outer))
