"""Confidences that keep what they promise where the model and the rules have both run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.lexicons import load_lexicon
from onrecord.pipeline import rule_names
from onrecord.pipeline.annotations import Attribution


def calibrated(found: Attribution, rules: Sequence[Attribution]) -> Attribution:
    """The attribution with its confidence as the share of such findings that are right.

    A finding of the model that a rule shares is right more often than one of the same score that the
    model makes alone. Other rules keep the rates measured for their cues.

    Args:
        found: with the score of its finder as confidence.
        rules: what all the rules propose for the same doc.
    """
    if rule_names.is_learned(found):
        shared = found.cue is not None and any(r.cue and _touch(r.cue, found.cue) for r in rules)
        return _mapped(found, "agreed" if shared else "alone")
    return _mapped(found, "marked") if found.rule in rule_names.MARKED else found


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _mapped(found: Attribution, kind: str) -> Attribution:
    knots = load_lexicon("confidence")[kind]
    return replace(found, confidence=interpolated(found.confidence, knots["score"], knots["right"]))


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
