"""What an article many times as long costs: as many times as much, and not the square of it."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, BlockRecord, set_blocks
from onrecord.pipeline.attribution.component import FINDERS, AttributionFinder
from onrecord.pipeline.attribution.rules_indirect import find_indirect
from onrecord.pipeline.build import LoadedPipeline
from onrecord.pipeline.marks.component import Marks

ARTICLE = (
    "“The pump is old,” said Ann Lee, the mayor. “It will not last.” She denied that she had been warned.\n\n"
    "According to the harbour board, the wall “may fall” in May, and its chairman told Bo Ek to wait.\n\n"
)
SHORT, LONG = 20, 480
SLACK = 3
"""Times as long as it should take, for a machine that does other things too."""


def copies(part: Doc, count: int) -> Doc:
    doc = Doc.from_docs([part] * count, ensure_whitespace=False, exclude=["user_data", "spans"])
    ends = [t.i + 1 for t in doc if t.is_space]
    starts = [0, *ends[:-1]]
    set_blocks(doc, [BlockRecord(s, e - 1, "paragraph") for s, e in zip(starts, ends, strict=True)])
    return Marks()(doc)


def learned(doc: Doc) -> list[Attribution]:
    return [replace(a, rule="learned", confidence=0.9) for a in find_indirect(doc)]


def seconds(finder: AttributionFinder, doc: Doc) -> float:
    start = process_time()
    assert finder.candidates(doc)
    return process_time() - start


def test_the_time_grows_with_the_length(loaded_rules: LoadedPipeline) -> None:
    part = loaded_rules.nlp(ARTICLE)
    finder = AttributionFinder([*FINDERS, learned])
    short, long = copies(part, SHORT), copies(part, LONG)
    seconds(finder, short)
    once = min(seconds(finder, short) for _ in range(3))
    assert seconds(finder, long) < SLACK * LONG / SHORT * once
