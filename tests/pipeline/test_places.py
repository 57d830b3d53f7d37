"""What stands at a place, against a look at everything."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.pipeline.annotations import BlockRecord, MarkedSpan, set_blocks, set_marks
from onrecord.pipeline.places import block_at, blocks_in, is_amid_marks, is_quoted, marks_in
from onrecord.pipeline.ranges import touch

WORDS = 30
VOCAB = Vocab()
RANGES = st.tuples(st.integers(0, WORDS - 1), st.integers(1, 12)).map(
    lambda r: (r[0], min(r[0] + r[1], WORDS))
)
MARKS = st.lists(st.tuples(RANGES, st.sampled_from(["quote", "scare"])), max_size=8)


def doc_of() -> Doc:
    return Doc(VOCAB, words=["w"] * WORDS)


@given(MARKS, RANGES)
def test_marks_in_a_range_are_all_that_touch_it(
    rows: list[tuple[tuple[int, int], str]], span: tuple[int, int]
) -> None:
    marks = [MarkedSpan(s, e, role=role) for (s, e), role in sorted(rows)]  # type: ignore[arg-type]
    doc = doc_of()
    set_marks(doc, marks)
    assert list(marks_in(doc, span)) == [m for m in marks if touch((m.start, m.end), span)]
    assert is_quoted(doc, span) == any(touch((m.start, m.end), span) for m in marks if m.role == "quote")
    assert is_amid_marks(doc, span[0]) == any(m.start < span[0] < m.end for m in marks)


@given(st.sets(st.integers(0, WORDS), min_size=2), RANGES, st.data())
def test_blocks_in_a_range_are_all_that_touch_it(
    edges: set[int], span: tuple[int, int], data: st.DataObject
) -> None:
    cuts = sorted(edges)
    every = [BlockRecord(s, e, "paragraph") for s, e in pairwise(cuts)]
    blocks = [b for b in every if data.draw(st.booleans())] or every[:1]
    doc = doc_of()
    set_blocks(doc, blocks)
    assert list(blocks_in(doc, span)) == [b for b in blocks if touch((b.start, b.end), span)]
    assert block_at(doc, span[0]) == next((b for b in blocks if b.start <= span[0] < b.end), None)


def test_a_doc_without_blocks_or_marks_is_one_paragraph() -> None:
    doc = doc_of()
    assert block_at(doc, 3) == BlockRecord(0, WORDS, "paragraph")
    assert not marks_in(doc, (0, WORDS))
