"""Name scores to spans that do not overlap."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.pipeline.encoder.names import NAME_TAGS, decode_names, kind_chances, name_moves
from onrecord.pipeline.name_labels import KINDS


def scores_of(*tags: str, sure: float = 6.0) -> np.ndarray:
    scores = np.zeros((len(tags), len(NAME_TAGS)), dtype=np.float32)
    for row, tag in enumerate(tags):
        scores[row, NAME_TAGS.index(tag)] = sure
    return scores


def spans(scores: np.ndarray, cuts: list[int] | None = None) -> list[tuple[int, int, str]]:
    found = decode_names(scores, np.asarray(cuts or [0] * len(scores), dtype=np.int32))
    return [f[:3] for f in found]


def test_reads_names_of_one_and_more_rows() -> None:
    scores = scores_of("O", "B-PERSON", "I-PERSON", "E-PERSON", "O", "S-GPE", "S-GPE")
    assert spans(scores) == [(1, 4, "PERSON"), (5, 6, "GPE"), (6, 7, "GPE")]


def test_mends_a_tag_that_cannot_follow() -> None:
    scores = scores_of("B-ORG", "I-ORG", "E-ORG")
    scores[1] = scores_of("I-PERSON", sure=1.0)[0]
    assert spans(scores) == [(0, 3, "ORG")]


def test_no_name_crosses_a_paragraph() -> None:
    scores = scores_of("B-PERSON", "E-PERSON")
    found = spans(scores, [2, 2])
    assert all(end - start == 1 for start, end, _ in found)


def test_nothing_from_nothing() -> None:
    assert decode_names(np.zeros((0, len(NAME_TAGS)), np.float32), np.zeros(0, np.int32)) == []


def test_moves_close_what_they_open() -> None:
    move = name_moves()
    begin, inside = NAME_TAGS.index("B-LAW"), NAME_TAGS.index("I-LAW")
    other = NAME_TAGS.index("I-DATE")
    assert move[begin, inside] == 0
    assert move[begin, 0] < -1000
    assert move[begin, other] < -1000
    assert move[0, inside] < -1000


@given(
    arrays(
        np.float32,
        st.tuples(st.integers(0, 12), st.just(len(NAME_TAGS))),
        elements=st.floats(-9, 9, width=32),
    ),
    st.randoms(),
)
def test_spans_are_in_order_and_apart(scores: np.ndarray, random) -> None:  # type: ignore[no-untyped-def]
    cuts = np.asarray([random.randint(0, 2) for _ in range(len(scores))], dtype=np.int32)
    found = decode_names(scores, cuts)
    ends = [0]
    for start, end, _, p in found:
        assert ends[-1] <= start < end <= len(scores)
        assert 0 < p <= 1
        assert not (cuts[start + 1 : end] == 2).any()
        ends.append(end)


def test_chances_of_a_kind_add_up_over_its_labels_and_places() -> None:
    scores = scores_of("S-GPE", "O")
    scores[0, NAME_TAGS.index("B-LOC")] = 6.0
    chances = kind_chances(scores)
    assert chances.shape == (2, len(KINDS))
    assert chances[0, KINDS.index("PLACE")] > 0.8
    assert chances[0].sum() <= 1.0
    assert chances[1].max() < 0.1


def test_no_chances_of_nothing() -> None:
    assert kind_chances(np.zeros((0, len(NAME_TAGS)), dtype=np.float32)).shape == (0, len(KINDS))
