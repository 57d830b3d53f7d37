"""Questions that the reporting clause parts behind their first word."""

from __future__ import annotations

from findings import finding

from onrecord.pipeline.attribution.asking_words import with_asking_word
from onrecord.pipeline.build import LoadedPipeline


def test_the_word_that_asks_belongs_to_the_question(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("Where, parents wanted to know, would the pupils go?")
    found = finding(doc, "to know, would the pupils go", "wanted", "parents", "speech")
    out = with_asking_word(doc, found)
    assert [doc[s:e].text.rstrip("?") for s, e in out.contents] == ["Where", "would the pupils go"]
    assert out.cue is not None
    assert doc[slice(*out.cue)].text == "wanted to know"
