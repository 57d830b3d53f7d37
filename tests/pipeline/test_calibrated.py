from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.calibrated import calibrated, interpolated


def at(score: float, rule: str = "learned") -> Attribution:
    return Attribution(((0, 3),), cue=(4, 5), confidence=score, rule=rule)


@pytest.mark.parametrize("kind", ["agreed", "alone", "marked"])
def test_more_score_is_never_less_confidence(kind: str) -> None:
    knots = load_lexicon("confidence")[kind]
    assert len(knots["score"]) == len(knots["right"])
    assert all(a < b for a, b in pairwise(knots["score"]))
    assert all(a <= b for a, b in pairwise(knots["right"]))
    assert 0 < knots["right"][0] <= knots["right"][-1] < 1


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.2), (0.1, 0.2), (0.3, 0.4), (0.5, 0.6), (1.0, 0.6)])
def test_values_lie_on_the_lines_between_knots(x: float, y: float) -> None:
    assert interpolated(x, (0.1, 0.5), (0.2, 0.6)) == pytest.approx(y)


def test_a_rule_with_the_same_cue_makes_a_finding_surer() -> None:
    rule = at(0.8, "that_clause")
    assert calibrated(at(0.6), [rule]).confidence > calibrated(at(0.6), []).confidence


def test_reported_statements_keep_the_rates_of_their_cues() -> None:
    assert calibrated(at(0.87, "that_clause"), []).confidence == 0.87
