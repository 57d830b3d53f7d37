"""Plain pieces of a content that no reporting clause parts."""

from __future__ import annotations

import pytest
from findings import span_of

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.loose_pieces import without_loose_pieces
from onrecord.pipeline.build import LoadedPipeline

WEAK = "Berg has judged the harbour guild a paper tiger, encouraging the raids on its boats."


@pytest.mark.parametrize(
    ("text", "cue", "source", "pieces", "expected"),
    [
        (
            WEAK,
            "judged",
            "Berg",
            ["the harbour guild a paper tiger", "the raids on its boats"],
            ["the harbour guild a paper tiger"],
        ),
        (
            "Berg said the books left out many -- “the porter and the cook.”",
            "said",
            "Berg",
            ["the books left out many", "“the porter and the cook.”"],
            ["the books left out many -- “the porter and the cook.”"],
        ),
        (
            "Berg likened the guild to a “snake” in a song about a woman who feeds it.",
            "likened",
            "Berg",
            ["the guild to a “snake”", "a woman who feeds it"],
            ["the guild to a “snake” in a song about a woman who feeds it"],
        ),
        (
            "The trial finds a vaccine for goats shows promise, but only in the north.",
            "finds",
            "The trial",
            ["a vaccine for goats", "but only in the north"],
            ["a vaccine for goats shows promise, but only in the north"],
        ),
        (
            "Berg alleged that the firm booked sales early, a charge the company calls baseless.",
            "alleged",
            "Berg",
            ["that the firm booked sales early", "a charge"],
            ["that the firm booked sales early"],
        ),
        (
            "The harbour, Berg said, had been “a mess.”",
            "said",
            "Berg",
            ["The harbour", "had been “a mess.”"],
            ["The harbour", "had been “a mess.”"],
        ),
    ],
)
def test_only_cue_and_source_break_a_content(
    loaded_rules: LoadedPipeline, text: str, cue: str, source: str, pieces: list[str], expected: list[str]
) -> None:
    doc = loaded_rules.nlp(text)
    spans = tuple(span_of(doc, piece) for piece in pieces)
    found = Attribution(spans, cue=span_of(doc, cue), source=span_of(doc, source))
    left = without_loose_pieces(doc, found)
    assert left.contents == tuple(span_of(doc, piece) for piece in expected)
