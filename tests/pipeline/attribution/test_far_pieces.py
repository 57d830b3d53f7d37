"""What is no piece of a statement any more."""

from __future__ import annotations

import pytest
from findings import span_of

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.far_pieces import without_far_pieces
from onrecord.pipeline.build import LoadedPipeline


@pytest.mark.parametrize(
    ("text", "pieces", "kept"),
    [
        (
            "Ana Lie said the timing was not planned; they only learned on Friday of the deal.",
            ("the timing was not planned", "the deal"),
            1,
        ),
        (
            "Ana Lie believes some good may come of it: pupils have since marked the essay.",
            ("some good may come of it", "pupils have since marked the essay"),
            1,
        ),
        (
            "Ana Lie said the board, which met on Friday, had agreed.",
            ("the board", "had agreed"),
            2,
        ),
    ],
)
def test_plain_words_behind_a_stop_are_none(
    loaded_rules: LoadedPipeline, text: str, pieces: tuple[str, ...], kept: int
) -> None:
    doc = loaded_rules.nlp(text)
    cue = "believes" if "believes" in text else "said"
    found = Attribution(tuple(span_of(doc, p) for p in pieces), span_of(doc, cue), span_of(doc, "Ana Lie"))
    assert len(without_far_pieces(doc, found).contents) == kept
