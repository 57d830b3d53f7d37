"""By whom somebody was called something."""

from __future__ import annotations

from findings import span_of

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.passive_agents import without_agent
from onrecord.pipeline.build import LoadedPipeline


def test_what_somebody_was_called_ends_before_the_agent(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("The singer has been branded a fraud by two managers for miming at the gala.")
    pieces = ("The singer", "a fraud", "for miming at the gala")
    found = Attribution(tuple(span_of(doc, p) for p in pieces), cue=span_of(doc, "has been branded"))
    out = without_agent(doc, found)
    assert [doc[s:e].text for s, e in out.contents] == ["The singer", "a fraud"]
    assert out.source is not None
    assert doc[slice(*out.source)].text == "two managers"


def test_what_stands_behind_the_agent_alone_stays(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("She was told by the vet to leave.")
    found = Attribution((span_of(doc, "to leave"),), cue=span_of(doc, "told"), source=span_of(doc, "the vet"))
    assert without_agent(doc, found) == found
