"""Two statements that the model took for one."""

from __future__ import annotations

import pytest
from findings import span_of

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.two_statements import parted
from onrecord.pipeline.build import LoadedPipeline


@pytest.mark.parametrize("verb", ["Bemoaning", "Waving"])
def test_what_a_participle_before_governs_is_no_part_of_the_statement(
    loaded_rules: LoadedPipeline, verb: str
) -> None:
    doc = loaded_rules.nlp(f"{verb} the “rigged vote,” Lund accused Berg of bribing the clerk.")
    vote, bribe = span_of(doc, "the “rigged vote,”"), span_of(doc, "Berg of bribing the clerk")
    cue, source = span_of(doc, "accused"), span_of(doc, "Lund")
    parts = list(parted(doc, Attribution((vote, bribe), cue=cue, source=source)))
    assert parts[-1].contents == (bribe,)
    assert [(p.cue, p.contents) for p in parts[:-1]] == (
        [(span_of(doc, verb), (vote,))] if verb == "Bemoaning" else []
    )


def test_a_sentence_around_its_cue_is_one_statement(loaded_rules: LoadedPipeline) -> None:
    doc = loaded_rules.nlp("“Bemoaning the rain,” Lund said, “is no plan.”")
    pieces = span_of(doc, "“Bemoaning the rain,”"), span_of(doc, "“is no plan.”")
    whole = Attribution(pieces, cue=span_of(doc, "said"), source=span_of(doc, "Lund"))
    assert list(parted(doc, whole)) == [whole]
