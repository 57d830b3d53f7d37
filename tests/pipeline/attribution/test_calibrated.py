from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.arbiter import Arbiter, arbiter
from onrecord.pipeline.attribution.calibrated import calibrated, interpolated

JUDGE = Arbiter({"constant": 0.0}, {"constant": 0.0}, ((0.2, 0.8), (0.1, 0.7)))


def at(score: float, rule: str = "learned") -> Attribution:
    return Attribution(((0, 3),), cue=(4, 5), confidence=score, rule=rule)


def test_more_score_is_never_less_confidence() -> None:
    xs, ys = arbiter().knots
    assert len(xs) == len(ys)
    assert all(a < b for a, b in pairwise(xs))
    assert all(a <= b for a, b in pairwise(ys))
    assert 0 < ys[0] <= ys[-1] < 1


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.2), (0.1, 0.2), (0.3, 0.4), (0.5, 0.6), (1.0, 0.6)])
def test_values_lie_on_the_lines_between_knots(x: float, y: float) -> None:
    assert interpolated(x, (0.1, 0.5), (0.2, 0.6)) == pytest.approx(y)


def test_the_chance_goes_through_the_knots() -> None:
    assert calibrated(at(0.5), JUDGE).confidence == pytest.approx(0.4)


def test_layout_keeps_its_rate() -> None:
    assert calibrated(at(0.5, "speaker_turn"), JUDGE).confidence == 0.5
