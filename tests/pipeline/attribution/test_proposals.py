from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.proposals import Proposals
from onrecord.pipeline.ranges import touch

RANGES = st.tuples(st.integers(0, 20), st.integers(1, 5)).map(lambda r: (r[0], r[0] + r[1]))
ITEMS = st.lists(st.tuples(st.lists(RANGES, min_size=1, max_size=3), st.none() | RANGES), max_size=8)


@given(ITEMS, RANGES)
def test_those_at_a_place_are_found_in_order(
    rows: list[tuple[list[tuple[int, int]], tuple[int, int] | None]], span: tuple[int, int]
) -> None:
    items = [Attribution(tuple(contents), cue=cue) for contents, cue in rows]
    proposals = Proposals(items)
    assert proposals.with_cue_in(span) == [a for a in items if a.cue is not None and touch(a.cue, span)]
    assert proposals.with_content_in(span) == [a for a in items if any(touch(c, span) for c in a.contents)]
