"""Finding one of many sayings by where its source stands."""

from __future__ import annotations

from onrecord.pipeline.coreference.sayings import Saying, last_before, saying_by, speaking_since

SAYINGS = [
    Saying(source, ((source[1], source[1] + 2),), False, source[0]) for source in ((1, 4), (2, 3), (8, 9))
]


def test_the_last_saying_before_a_token_is_the_one_whose_source_begins_last() -> None:
    found = [last_before(SAYINGS, token) for token in (1, 2, 3, 8, 9)]
    assert [s and s.source for s in found] == [None, (1, 4), (2, 3), (2, 3), (8, 9)]
    assert last_before([], 5) is None


def test_a_saying_is_known_by_its_whole_source() -> None:
    assert saying_by(SAYINGS, (2, 3)) is SAYINGS[1]
    assert saying_by(SAYINGS, (2, 4)) is None
    assert saying_by(SAYINGS, (9, 10)) is None


def test_a_token_of_two_sources_has_spoken_since_the_first() -> None:
    assert speaking_since(SAYINGS) == {1: 1, 2: 1, 3: 1, 8: 8}
