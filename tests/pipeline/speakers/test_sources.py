from __future__ import annotations

import pytest

from onrecord.pipeline.speakers.unnamed import _without_outer_marks


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("“Local man”", "Local man"),
        ("the last of the “old guard”", "the last of the “old guard”"),
        ("“A” and “B”", "“A” and “B”"),
        ("the “old man", "the “old man"),
        ("old man”", "old man"),
        ("“", ""),
    ],
)
def test_marks_at_the_edges_are_no_part_of_a_name(phrase: str, name: str) -> None:
    assert _without_outer_marks(phrase) == name
