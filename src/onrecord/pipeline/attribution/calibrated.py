"""Confidences that keep what they promise where the model and the rules have both run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.arbiter import Arbiter


def calibrated(found: Attribution, judge: Arbiter) -> Attribution:
    """The attribution with its confidence as the share of such findings that are right.

    What the arbiter does not weigh, layout, keeps the rate measured for its rule and cue.

    Args:
        found: one of the likely ones, with the arbiter's chance as confidence.
        judge: the arbiter.
    """
    if found.rule in rule_names.LAYOUT | rule_names.SPOKEN:
        return found
    return replace(found, confidence=interpolated(found.confidence, *judge.knots))


def interpolated(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Linear between knots, level beyond them.

    Args:
        x: where.
        xs: rising places of the knots.
        ys: the values there, as many.
    """
    i = bisect_right(xs, x)
    if i in (0, len(xs)):
        return ys[0] if i == 0 else ys[-1]
    (left, right), (low, high) = list(pairwise(xs))[i - 1], list(pairwise(ys))[i - 1]
    return low + (high - low) * (x - left) / (right - left)
