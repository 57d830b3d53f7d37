"""Contents that break off in mid-phrase."""

from __future__ import annotations

import pytest

from onrecord.pipeline.annotations import Attribution, char_range
from onrecord.pipeline.attribution.unfinished import finished
from onrecord.pipeline.build import LoadedPipeline


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (
            "Records say there can be floods in the wake of a thaw.",
            "there can be floods in the",
            "there can be floods in the wake of a thaw",
        ),
        (
            "Ada Moss asked for checks of the boats, as well as aid for the poorest villages.",
            "for checks of the boats, as well",
            "for checks of the boats, as well as aid for the poorest villages",
        ),
        (
            "Ada Moss named a strike that managers said could spread.",
            "a strike that",
            "a strike",
        ),
        (
            "Ada Moss said Lee opened the border in June, a move that has irked many people.",
            "Lee opened the border in June, a move",
            "Lee opened the border in June",
        ),
        (
            "Ada Moss answered criticism that the plan fails because it ignores the rivers.",
            "that the plan fails",
            "that the plan fails because it ignores the rivers",
        ),
        (
            "Ada Moss said the town was suing the supplier, Harbour Digital.",
            "the town was suing the supplier",
            "the town was suing the supplier, Harbour Digital",
        ),
        (
            "Ada Moss said the town was suing the supplier, Harbour Digital, on Monday.",
            "the town was suing the supplier",
            "the town was suing the supplier",
        ),
        ("Ada Moss said the boats were safe.", "the boats were safe", "the boats were safe"),
    ],
)
def test_ends(loaded: LoadedPipeline, text: str, content: str, expected: str) -> None:
    doc = loaded.nlp(text)
    start = text.index(content)
    span = doc.char_span(start, start + len(content))
    assert span is not None
    found = finished(doc, Attribution(contents=((span.start, span.end),)))
    assert [doc.text[slice(*char_range(doc, c))] for c in found.contents] == [expected]
