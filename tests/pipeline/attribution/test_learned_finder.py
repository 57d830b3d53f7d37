from __future__ import annotations

import pytest
from findings import span_of

from onrecord.pipeline.attribution.learned_finder import find_learned
from onrecord.pipeline.build import LoadedPipeline
from onrecord.pipeline.encoder.component import OUTPUTS


@pytest.mark.parametrize(
    ("text", "cue", "content", "mode"),
    [
        (
            "Even if her whispered belief in his motives feels bad.",
            "whispered belief in",
            "motives",
            "belief",
        ),
        (
            "He whispered that the wall had moved in May.",
            "whispered",
            "that the wall had moved in May",
            "speech",
        ),
        (
            "They forgot to mention that the wall had moved.",
            "to mention",
            "that the wall had moved",
            "speech",
        ),
    ],
)
def test_the_word_that_governs_the_content_says_what_kind_it_is(
    loaded_rules: LoadedPipeline, text: str, cue: str, content: str, mode: str
) -> None:
    doc = loaded_rules.nlp(text)
    found = ((span_of(doc, content),), span_of(doc, cue), None, 0.9)
    doc.user_data[OUTPUTS] = {"rows": list(range(len(doc))), "found": [found]}
    assert [a.mode for a in find_learned(doc)] == [mode]
